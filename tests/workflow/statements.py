"""Counting what a piece of work asks of the database."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import event

from models.database import OwnedSession


@contextmanager
def counted(session: OwnedSession) -> Iterator[list[str]]:
    """The statements that are sent while it is open."""
    session.flush()
    found: list[str] = []

    def count(connection: Any, cursor: Any, statement: str, *_: Any) -> None:
        found.append(statement)

    event.listen(session.connection().engine, "before_cursor_execute", count)
    try:
        yield found
    finally:
        event.remove(session.connection().engine, "before_cursor_execute", count)
