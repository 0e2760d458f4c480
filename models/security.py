"""Row security and privileges: which table is guarded how. Alembic compares none of it, so it is applied
by migrations (`guard`) and by every upgrade (`grant`), and held by a test over the database's own catalogue."""

from sqlalchemy import Connection, text

from models.base import CURRENT_AUTHORITY, Base

GLOBAL = {"authority", "authority_host", "due_hint", "job_run", "canary"}
"""Tables without a tenant: how one is found, and the machinery. No case data."""

APPEND_ONLY = {"consideration", "event", "office_setting", "read_log", "sign_off", "snapshot"}
"""The app role may add and read, never change or delete."""

READ_ONLY = {"authority", "authority_host"}


def guard(connection: Connection, table: str) -> None:
    """Force row security on a table of case data: no tenant set means no rows, even for the owner."""
    for statement in (
        f'alter table "{table}" enable row level security',
        f'alter table "{table}" force row level security',
        f'create policy tenant on "{table}" using (authority_id = {CURRENT_AUTHORITY})'
        f" with check (authority_id = {CURRENT_AUTHORITY})",
    ):
        connection.execute(text(statement))


def refuse_change(connection: Connection, table: str) -> None:
    """Triggers that refuse to change, delete or empty an append-only table, whoever asks."""
    connection.execute(
        text(
            "create or replace function refuse_change() returns trigger language plpgsql as"
            " $$ begin raise exception 'append-only: % on %', tg_op, tg_table_name; end $$"
        )
    )
    for when, each in (("update or delete", "row"), ("truncate", "statement")):
        name = f"{table}_append_only_{each}"
        connection.execute(
            text(f'create trigger {name} before {when} on "{table}" for each {each} execute function refuse_change()')
        )


def grant(connection: Connection, app_role: str) -> None:
    """Give the app role exactly what it needs on every table. Safe to repeat."""
    quoted = connection.dialect.identifier_preparer.quote(app_role)
    connection.execute(text(f"grant usage on schema public to {quoted}"))
    for table in Base.metadata.tables:
        connection.execute(text(f'revoke all on "{table}" from {quoted}'))
        connection.execute(text(f'grant {_privileges(table)} on "{table}" to {quoted}'))


def _privileges(table: str) -> str:
    if table in READ_ONLY:
        return "select"
    if table in APPEND_ONLY:
        return "select, insert"
    return "select, insert, update, delete"
