"""The schema's history, and the three things done with it: upgrade, downgrade, check."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, create_engine, pool, text

from models.security import grant

HERE = Path(__file__).parent
MONTHS_AHEAD = 6


@contextmanager
def _configured(owner_url: str) -> Iterator[tuple[Config, Connection]]:
    engine = create_engine(owner_url, poolclass=pool.NullPool)
    with engine.connect() as connection:
        config = Config()
        config.set_main_option("script_location", str(HERE))
        config.attributes["connection"] = connection
        yield config, connection
    engine.dispose()


def upgrade(owner_url: str, app_role: str, *, today: date) -> None:
    """Bring the schema to its head, give the app role its privileges, and make room for the coming
    months of the read log."""
    with _configured(owner_url) as (config, connection):
        command.upgrade(config, "head")
        connection.commit()
        _add_months(connection, today)
        grant(connection, app_role)
        connection.commit()


def downgrade(owner_url: str, revision: str = "base") -> None:
    """Go back to a revision. For tests and for undoing a release."""
    with _configured(owner_url) as (config, connection):
        command.downgrade(config, revision)
        connection.commit()


def check(owner_url: str) -> None:
    """Raise `alembic.util.CommandError` when the models and the migrated schema differ."""
    with _configured(owner_url) as (config, _):
        command.check(config)


def revise(owner_url: str, message: str, number: str) -> None:
    """Draft the next migration from the difference between models and schema."""
    with _configured(owner_url) as (config, _):
        command.revision(config, message, autogenerate=True, rev_id=number)


def _add_months(connection: Connection, today: date) -> None:
    first = today.replace(day=1)
    for _ in range(MONTHS_AHEAD):
        following = date(first.year + first.month // 12, first.month % 12 + 1, 1)
        connection.execute(
            text(
                f"create table if not exists read_log_{first:%Y_%m} partition of read_log"
                f" for values from ('{first}') to ('{following}')"
            )
        )
        first = following
