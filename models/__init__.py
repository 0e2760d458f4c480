"""Tables. One file an aggregate; importing this package registers them all on `Base.metadata`."""

from models import access, authority, cases, files, operations, outbox, people, submissions, tasks  # noqa: F401
from models.base import Base

__all__ = ["Base"]
