"""What a version of a plan changes in the plan in force: section by section, what it says now beside what it would."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from forms import plan as lettered
from models.database import OwnedSession
from workflow.access.actor import Actor
from workflow.access.relation import READ, relation
from workflow.cases import plans
from workflow.queries import plan_document
from workflow.queries.plan_document import Document, Parts, Statement


@dataclass(frozen=True)
class Changed:
    """One statement that differs: `before` or `after` is empty where it is new, or taken out."""

    letter: str
    section: str
    title: str
    before: Parts
    after: Parts


def against_the_plan_in_force(
    session: OwnedSession,
    actor: Actor,
    after: Document,
    now: datetime,
    titles: Mapping[str, str] = lettered.TITLES,
) -> tuple[Changed, ...]:
    """What a version changes in the plan that was in force when it was written, as this reader may read both; nothing
    where it is the first."""
    standing = plans.in_force(session, after.plan.case_id, before=after.plan) if after.plan.case_id else None
    if standing is None:
        return ()
    theirs = relation(session, actor, standing, now)
    if READ not in theirs.rights:
        return ()
    before = plan_document.document(session, actor, standing, theirs, now, titles)
    return tuple(between(before, after))


def between(before: Document, after: Document) -> Iterator[Changed]:
    """Every statement of two versions that differs, in the order of the plan. A draft names no place (s.38(5)), and
    that is no change."""
    for was, is_now in zip(before.sections, after.sections, strict=True):
        if was.letter == "I" and not after.final:
            continue
        old, new = _by_place(was.statements), _by_place(is_now.statements)
        for place in dict.fromkeys([*old, *new]):
            left, right = old.get(place), new.get(place)
            if left and right and left.parts == right.parts:
                continue
            yield Changed(
                is_now.letter,
                is_now.title,
                (right or left or EMPTY).title,
                _only(left, right),
                _only(right, left),
            )


def in_words(changes: tuple[Changed, ...]) -> str:
    """The changes as a letter says them. SEND Regulations 2014, reg 22(2)(a)."""
    return "\n\n".join(_said(each) for each in changes)


EMPTY = Statement("", "", (), ())


def _by_place(statements: tuple[Statement, ...]) -> dict[str, Statement]:
    return {each.place: each for each in statements}


def _only(one: Statement | None, other: Statement | None) -> Parts:
    """The parts of a statement that the other version has not; a statement that says one thing shows all of it."""
    there = other.parts if other else ()
    parts = tuple(part for part in (one.parts if one else ()) if part not in there)
    return parts or ((("", (one.title,)),) if one and not other else ())


def _said(each: Changed) -> str:
    lines = [f"Section {each.letter}, {each.section}: {each.title}"]
    if each.before:
        lines.append(f"{'It says now' if each.after else 'Taken out'}: {_flat(each.before)}")
    if each.after:
        lines.append(f"{'It would say' if each.before else 'New'}: {_flat(each.after)}")
    return "\n".join(lines)


def _flat(parts: Parts) -> str:
    return "; ".join(f"{text}: {', '.join(lines)}" if text else ", ".join(lines) for text, lines in parts)
