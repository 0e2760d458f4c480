"""A child's own form, and the grown-ups around it."""

from tests.web.child.handed import begun, handed  # noqa: F401  (fixtures)
from tests.web.writing.conftest import (  # noqa: F401  (fixtures)
    acting,
    app,
    desk,
    invite,
    parents_request,
    schools_request,
    values,
)
