"""Tables. One file an aggregate; importing this package registers them all on `Base.metadata`."""

from models import (  # noqa: F401
    access,
    advice,
    authority,
    cases,
    decisions,
    files,
    office,
    operations,
    outbox,
    panels,
    people,
    plans,
    remarks,
    submissions,
    tasks,
)
from models.base import Base

__all__ = ["Base"]
