"""Runs migrations as the owner, one at a time, and never waiting long for a lock."""

from typing import Literal

from alembic import context
from sqlalchemy import Connection, create_engine, pool, text

import models.database  # noqa: F401  (registers every table)
from models import Base
from models.crypto import Encrypted

LOCK = 7_262_026  # any number that nothing else locks


def include(item: object, name: str | None, kind: str, reflected: bool, other: object) -> bool:
    """Partitions of a declared table are not tables of their own."""
    return not (kind == "table" and reflected and name is not None and name.startswith("read_log_"))


def render(kind: str, item: object, _: object) -> str | Literal[False]:
    """Encrypted columns are bytes to the database."""
    return "sa.LargeBinary()" if kind == "type" and isinstance(item, Encrypted) else False


def run(connection: Connection) -> None:
    """Migrate on an open connection, under an advisory lock."""
    connection.execute(text("set lock_timeout = '1s'"))
    connection.execute(text("select pg_advisory_lock(:lock)"), {"lock": LOCK})
    connection.commit()
    context.configure(connection=connection, target_metadata=Base.metadata, include_object=include, render_item=render)
    with context.begin_transaction():
        context.run_migrations()


given = context.config.attributes.get("connection")
if given is not None:
    run(given)
else:
    engine = create_engine(context.config.get_main_option("sqlalchemy.url", ""), poolclass=pool.NullPool)
    with engine.connect() as own:
        run(own)
