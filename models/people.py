"""People, their protected contact details, settings, children and the names they are found by."""

import uuid

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Day, Instant, Owned, Words, owned_key
from models.crypto import Encrypted


class Setting(Owned, Base):
    """A school, nursery or college."""

    __tablename__ = "setting"

    name: Mapped[str]
    kind: Mapped[str]  # early_years, school, post_16
    urn: Mapped[str | None]
    __table_args__ = (
        UniqueConstraint("authority_id", "name"),
        CheckConstraint("kind in ('early_years', 'school', 'post_16')", name="kind"),
    )


class Person(Owned, Base):
    """A human, whoever they are. Says nothing of how they sign in or what they may do."""

    __tablename__ = "person"

    name: Mapped[str]


class Contact(Owned, Base):
    """One way to reach one person. Shown to that person and to authority staff, and to nobody else."""

    __tablename__ = "contact"

    person_id: Mapped[uuid.UUID]
    kind: Mapped[str]  # email, phone, address
    value: Mapped[str] = mapped_column(Encrypted("contact.value"))
    verified_at: Mapped[Instant | None]
    dead_at: Mapped[Instant | None]
    __table_args__ = (
        owned_key("person_id", to="person"),
        CheckConstraint("kind in ('email', 'phone', 'address')", name="kind"),
        Index(None, "authority_id", "person_id"),
    )


class OnlineService(Owned, Base):
    """What a person answered when asked whether letters may be served on them here, until they answered anew.

    Who was never asked has not agreed. Rows are kept: a letter counts by what stood on the day it was read.
    """

    __tablename__ = "online_service"

    person_id: Mapped[uuid.UUID]
    agreed: Mapped[bool]
    said_at: Mapped[Instant]
    until_at: Mapped[Instant | None]
    __table_args__ = (
        owned_key("person_id", to="person"),
        CheckConstraint("until_at >= said_at", name="ends_after_it_began"),
        Index(
            "uq_online_service_one_stands",
            "authority_id",
            "person_id",
            unique=True,
            postgresql_where="until_at is null",
        ),
        Index(None, "authority_id", "person_id"),
    )


class Child(Owned, Base):
    """A child or young person. Names and birth date are plain, under row security, so they can be found."""

    __tablename__ = "child"

    person_id: Mapped[uuid.UUID]
    first: Mapped[str]
    last: Mapped[str]
    known_as: Mapped[str]
    born_on: Mapped[Day]
    setting_id: Mapped[uuid.UUID | None]
    __table_args__ = (
        owned_key("person_id", to="person"),
        owned_key("setting_id", to="setting"),
        UniqueConstraint("authority_id", "person_id"),
        Index(None, "authority_id", "born_on"),
    )


class NameToken(Owned, Base):
    """A folded or phonetic piece of a child's name. Equality only: row security hides other indexes."""

    __tablename__ = "name_token"

    child_id: Mapped[uuid.UUID]
    token: Mapped[str]
    __table_args__ = (
        owned_key("child_id", to="child"),
        Index(None, "authority_id", "token"),
        UniqueConstraint("authority_id", "child_id", "token"),
    )


class Fact(Owned, Base):
    """One thing known about a child (core record), with who said it, when, and on which form.

    A newer fact never overwrites: it is added, and supersedes. Where somebody else had said otherwise it is
    only proposed, until a caseworker settles which of them stands.
    """

    __tablename__ = "fact"

    child_id: Mapped[uuid.UUID]
    key: Mapped[str]  # a question id of a shared block
    value: Mapped[object] = mapped_column(Encrypted("fact.value"))
    said_by: Mapped[uuid.UUID]
    said_as: Mapped[str]  # the role they spoke in
    said_on: Mapped[Day]
    submission_id: Mapped[uuid.UUID | None]
    superseded_at: Mapped[Instant | None]
    proposed: Mapped[bool] = mapped_column(server_default="false")
    audience: Mapped[Words]
    __table_args__ = (
        owned_key("child_id", to="child"),
        owned_key("said_by", to="person"),
        owned_key("submission_id", to="submission"),
        Index(None, "authority_id", "child_id", "key"),
    )
