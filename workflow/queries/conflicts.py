"""Conflicts of interest on record, for managers."""

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from models.cases import Case
from models.database import OwnedSession
from models.office import Conflict
from models.people import Child, Person
from workflow.access.actor import Actor
from workflow.access.conflicts import kept_from
from workflow.queries.paging import Page


@dataclass(frozen=True)
class Declared:
    """A conflict on record, standing or ended."""

    conflict: Conflict
    person: str
    called: str
    declared_by: str
    ended_by: str | None


def declared(session: OwnedSession, actor: Actor, page: int) -> tuple[list[Declared], Page]:
    """A page of conflicts, those that stand first, without those of cases that are hidden from the reader."""
    by, ended = aliased(Person), aliased(Person)
    seen = ~kept_from(actor.person, Conflict.case_id)
    at = Page(page, session.scalars(select(func.count()).select_from(Conflict).where(seen)).one())
    rows = session.execute(
        select(Conflict, Person.name, Child.known_as, Child.last, by.name.label("by"), ended.name.label("ended"))
        .join(Person, Person.id == Conflict.person_id)
        .join(Case, Case.id == Conflict.case_id)
        .join(Child, Child.id == Case.child_id)
        .join(by, by.id == Conflict.declared_by)
        .outerjoin(ended, ended.id == Conflict.ended_by)
        .where(seen)
        .order_by(Conflict.ended_at.is_not(None), Conflict.declared_at.desc(), Conflict.id)
        .offset(at.offset)
        .limit(at.size)
    )
    return [
        Declared(row.Conflict, row.name, f"{row.known_as} {row.last}".strip(), row.by, row.ended) for row in rows
    ], at
