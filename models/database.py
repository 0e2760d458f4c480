"""The engine, and the one way to open a transaction for an authority."""

import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from psycopg import Cursor
from psycopg.rows import TupleRow
from sqlalchemy import Connection, Engine, create_engine, event, exc, select, text
from sqlalchemy.orm import Session, SessionTransaction

from models.authority import Authority, AuthorityHost
from models.base import Owned
from models.crypto import Keyring, current_keyring, unwrap


class _Cursor(Cursor[TupleRow]):
    """A cursor that tells its columns as plain tuples. SQLAlchemy asks every result for them and reads the name and
    the type; psycopg would make an object of each, with a look into the types, and that is as dear as reading a row."""

    @property
    def description(self) -> Any:
        """Each column's name and type, as the DB-API has them."""
        result = self.pgresult
        if result is None or not result.nfields:
            return super().description
        return [
            (str(result.fname(at), "utf-8"), result.ftype(at), None, None, None, None, None)  # type: ignore[arg-type]
            for at in range(result.nfields)
        ]


CONNECT = {
    "cursor_factory": _Cursor,
    "connect_timeout": 5,
    "tcp_user_timeout": 5000,
    "options": "-c statement_timeout=15000 -c lock_timeout=3000 -c idle_in_transaction_session_timeout=30000"
    " -c timezone=UTC",
}

NAME_THE_TENANT = text("select set_config('app.authority', :id, true)")
HOSTS_KNOWN_FOR = 5.0  # seconds in which a process asks once whose a host name is; only an operator changes that

AWAY = (exc.OperationalError, exc.InterfaceError, exc.TimeoutError)
"""How a database says, or shows, that it is not there."""


class UnsafeRole(RuntimeError):
    """The database role the service would use could see every authority's rows."""


class OwnedSession(Session):
    """A session bound to at most one authority, named in `info["authority_id"]`."""

    @property
    def authority_id(self) -> uuid.UUID:
        """The authority this session works for. `KeyError` outside `Database.transaction`."""
        found: uuid.UUID = self.info["authority_id"]
        return found


@event.listens_for(OwnedSession, "after_begin")
def _name_the_tenant(session: Session, transaction: SessionTransaction, connection: Connection) -> None:
    # Inside the transaction (true): a session-wide setting would survive into the pool's next user.
    authority_id = session.info.get("authority_id")
    connection.execute(NAME_THE_TENANT, {"id": str(authority_id) if authority_id else ""})


@event.listens_for(OwnedSession, "before_flush")
def _stamp_the_owner(session: Session, context: Any, instances: Any) -> None:
    # Composite keys need the value in Python before the row exists.
    for row in session.new:
        if isinstance(row, Owned) and row.authority_id is None:
            row.authority_id = session.info["authority_id"]


class Database:
    """An engine with the keys to read it."""

    def __init__(self, url: str, master_key: bytes, *, pool_size: int = 5) -> None:
        self.engine: Engine = create_engine(
            url, pool_pre_ping=True, pool_size=pool_size, max_overflow=5, connect_args=CONNECT
        )
        self._master = master_key
        self._keyrings: dict[uuid.UUID, Keyring] = {}
        self._hosts: dict[str, tuple[float, Authority]] = {}
        self._role_is_safe = False

    @contextmanager
    def transaction(self, authority_id: uuid.UUID | None) -> Iterator[OwnedSession]:
        """One transaction for one authority (None: only the global tables have rows).

        Commits when the block ends, rolls back when it raises. Nothing else commits. The first one of a
        process raises `UnsafeRole` rather than work under a role that row security does not bind.
        """
        if not self._role_is_safe:
            self.refuse_unsafe_role()
            self._role_is_safe = True
        session = OwnedSession(self.engine, expire_on_commit=False, info={"authority_id": authority_id})
        token = current_keyring.set(self._keyring(session, authority_id)) if authority_id else None
        try:
            with session:
                yield session
                session.commit()
        finally:
            if token:
                current_keyring.reset(token)

    def _keyring(self, session: Session, authority_id: uuid.UUID) -> Keyring:
        if authority_id not in self._keyrings:
            wrapped = session.scalars(select(Authority.wrapped_key).where(Authority.id == authority_id)).one()
            self._keyrings[authority_id] = unwrap(self._master, authority_id, wrapped)
        return self._keyrings[authority_id]

    def authority_of_host(self, host: str) -> Authority | None:
        """The authority served under a host name (no port), or None.

        What is found is remembered for `HOSTS_KNOWN_FOR` seconds. What is not, is asked again: a new authority
        is there at once, and names that anybody makes up take no room.
        """
        host = host.lower()
        asked_at, known = self._hosts.get(host, (0.0, None))
        if known is not None and time.monotonic() - asked_at < HOSTS_KNOWN_FOR:
            return known
        with self.transaction(None) as session:
            found = session.scalars(
                select(Authority).join(AuthorityHost).where(AuthorityHost.host == host)
            ).one_or_none()
        self._hosts.pop(host, None)
        if found is not None:
            self._hosts[host] = (time.monotonic(), found)
        return found

    def authorities(self) -> list[uuid.UUID]:
        """Every authority's id, for work that must visit each."""
        with self.transaction(None) as session:
            return list(session.scalars(select(Authority.id).order_by(Authority.slug)))

    def refuse_unsafe_role(self) -> None:
        """Raise `UnsafeRole` unless the role is bound by row-level security on every table."""
        with self.engine.connect() as connection:
            role = connection.execute(
                text(
                    "select rolsuper, rolbypassrls, exists (select 1 from pg_class where relowner = pg_roles.oid"
                    " and relkind in ('r', 'p')) from pg_roles where rolname = current_user"
                )
            ).one()
        if any(role):
            raise UnsafeRole(
                "DATABASE_URL names a role that is superuser, has BYPASSRLS or owns tables. "
                "Give it a plain role; name the owner in MIGRATION_DATABASE_URL."
            )
