"""What every table shares: naming, column types, and the authority that owns each row."""

import uuid
from datetime import date, datetime
from typing import Annotated, Any, cast

from sqlalchemy import (
    Date,
    DateTime,
    ForeignKey,
    ForeignKeyConstraint,
    MetaData,
    Table,
    Text,
    text,
)
from sqlalchemy.dialects.postgresql import ARRAY, JSONB, UUID
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

# Constraint names are part of the contract: `workflow.errors` turns them into sentences.
NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}

Instant = Annotated[datetime, mapped_column(DateTime(timezone=True))]
Day = Annotated[date, mapped_column(Date)]
Words = Annotated[list[str], mapped_column(ARRAY(Text), server_default="{}")]
Facts = Annotated[dict[str, Any], mapped_column(JSONB, server_default="{}")]


class Base(DeclarativeBase):
    """The declarative base. `str` columns are `text`: PostgreSQL gains nothing from shorter ones."""

    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map = {str: Text, uuid.UUID: UUID(as_uuid=True)}  # noqa: RUF012


# The tenant the current transaction works for; empty after a `SET LOCAL` has ended, hence nullif.
CURRENT_AUTHORITY = "nullif(current_setting('app.authority', true), '')::uuid"


class Owned:
    """A row of one authority. The key carries the authority, so that foreign keys do too:
    foreign-key checks ignore row security, and a key across authorities must be impossible."""

    authority_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("authority.id"), server_default=text(CURRENT_AUTHORITY), primary_key=True, sort_order=-20
    )
    id: Mapped[uuid.UUID] = mapped_column(
        default=uuid.uuid4, server_default=text("gen_random_uuid()"), primary_key=True, sort_order=-19
    )


def table(model: type[Base]) -> Table:
    """The table of a model. Statements about tables alone, which make no objects, are found in SQLAlchemy's cache in
    half the time: for those that are asked at every request or pause in typing."""
    return cast(Table, model.__table__)


def owned_key(*columns: str, to: str) -> ForeignKeyConstraint:
    """A foreign key to another row of the same authority: `owned_key("case_id", to="case")`."""
    return ForeignKeyConstraint(["authority_id", *columns], [f"{to}.authority_id", f"{to}.id"])
