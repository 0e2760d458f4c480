"""Tell us once: what has been said before, offered where it is next needed, with who said it, when and where."""

import uuid
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any

from sqlalchemy import and_, func, select

from forms import catalogue, prefill, told_cycles, told_plan
from forms.definition import Form, Question, question
from forms.prefill import Wanted
from forms.values import has_something
from models.access import Account
from models.cases import Plan
from models.database import OwnedSession
from models.people import Fact, Person
from models.submissions import Answer, Contribution, Submission
from workflow.access.relation import Relation, relations
from workflow.clock import london_day
from workflow.coproduction import reading
from workflow.coproduction.kinds import PLANS
from workflow.coproduction.submissions import form_of
from workflow.queries.bundles import author_words
from workflow.queries.said_before import SaidBefore, about_the_same_child, may_travel, roles_on
from workflow.queries.writing import Desk
from workflow.signing_in import NAMELESS

MOST_FORMS = 8
RECORD = "The council's record"
Rows = list[dict[str, Any]]


@dataclass(frozen=True)
class Offer:
    """Earlier words for one question. `source` names where they stand; `own` tells that they are one's own.

    For a group, `rows` holds what each new row would say, by the ids of its cells.
    """

    question: Question
    source: str
    value: Any
    author: str
    said_on: date
    where: str
    own: bool
    rows: Rows | None = None


def offers(session: OwnedSession, desk: Desk, questions: Iterable[Question], now: datetime) -> dict[str, Offer]:
    """Offers for the questions of a page that nobody has answered and that this person writes.

    Only what they may read, the newest first; at most seven queries, however much there is.
    """
    open_ = [each for each in questions if _open(desk, each)]
    where = {each.id: prefill.wanted(each) for each in open_ if each.prefill}
    asked = [each for each in open_ if each.prefill]
    if not asked:
        return {}
    found: dict[str, Offer] = {}
    candidates = [
        *_on_record(session, desk, asked, where),
        *_on_forms(session, desk, asked, where, now),
        *_on_the_case(session, desk, asked, where),
        *_of_the_account(session, desk, asked, where, now),
    ]
    for each in sorted(candidates, key=lambda offer: offer.said_on, reverse=True):
        found.setdefault(each.question.id, each)
    return found


def _open(desk: Desk, asked: Question) -> bool:
    said = desk.values.get(asked.id)
    return desk.may_write(asked.id) and not has_something(said) and asked.id not in desk.read.texts


def _on_record(
    session: OwnedSession, desk: Desk, asked: list[Question], where: Mapping[str, Wanted]
) -> Iterator[Offer]:
    keys = {key for each in asked for key in where[each.id].core}
    if desk.submission.child_id is None or not keys:
        return
    rows = session.execute(
        select(Fact, Person.name, Answer.withheld)
        .join(Person, Person.id == Fact.said_by)
        .outerjoin(Answer, and_(Answer.submission_id == Fact.submission_id, Answer.path == Fact.key))
        .where(
            Fact.child_id == desk.submission.child_id, Fact.key.in_(keys), Fact.superseded_at.is_(None), ~Fact.proposed
        )
    ).all()
    for each in asked:
        for fact, name, withheld in rows:
            mine = fact.said_by == desk.actor.person_id
            readable = mine or (desk.theirs.readers - {"owner"}) & (set(fact.audience) - set(withheld or ()))
            if fact.key in where[each.id].core and readable and has_something(fact.value):
                author, _ = author_words(fact.said_by, name, desk.actor, desk.theirs, {fact.said_by: fact.said_as})
                yield Offer(each, f"fact:{fact.id}", fact.value, author, fact.said_on, RECORD, mine)


def _on_forms(
    session: OwnedSession, desk: Desk, asked: list[Question], where: Mapping[str, Wanted], now: datetime
) -> Iterator[Offer]:
    holding = frozenset().union(*(_forms_that_may_hold(desk.form.id, desk.form.version, each.id) for each in asked))
    if not holding:
        return
    newest = func.coalesce(Submission.sent_at, Submission.shared_at, Submission.changed_at).desc()
    others = session.scalars(
        about_the_same_child(desk, now).where(Submission.form_id.in_(holding)).order_by(newest).limit(MOST_FORMS)
    ).all()
    theirs = relations(session, desk.actor, others, now)
    places = {each.id: _places(asked, where, each, desk) for each in others}
    said = _said(session, others, theirs, places)
    roles = roles_on(session, others)
    for each in others:
        form = form_of(each)
        for target, source in places[each.id]:
            yield from _offered(desk, target, source, each, form, said[each.id], roles[each.id])


@cache
def _forms_that_may_hold(form_id: str, version: int, question_id: str) -> frozenset[str]:
    """The ids of the forms that may hold an answer to a question. Definitions never change, so it is kept."""
    asked = question(catalogue.get(form_id, version), question_id)
    where = prefill.wanted(asked)
    plans = PLANS if where.plan and asked.type == "repeat" else frozenset()
    held = (form.id for form in catalogue.every_version() if any(prefill.places(asked, where, form, own=True)))
    return plans | frozenset(held)


def _places(
    asked: list[Question], where: Mapping[str, Wanted], other: Submission, desk: Desk
) -> list[tuple[Question, Question]]:
    form = form_of(other)
    if form.id in PLANS:
        return _in_a_plan(asked, where, other, form)
    own = other.owner_id == desk.actor.person_id
    return [(each, found) for each in asked for found in prefill.places(each, where[each.id], form, own=own)]


def _in_a_plan(
    asked: list[Question], where: Mapping[str, Wanted], other: Submission, form: Form
) -> list[tuple[Question, Question]]:
    """The groups of a plan that say what is asked about. Only a final plan is the child's plan."""
    if not other.facts.get("final") or other.state != "sent":
        return []
    wanting = [each for each in asked if where[each.id].plan and each.type == "repeat"]
    return [(each, question(form, told_plan.group_of(where[each.id].plan))) for each in wanting]


def _said(
    session: OwnedSession,
    others: Iterable[Submission],
    theirs: Mapping[uuid.UUID, Relation],
    places: Mapping[uuid.UUID, list[tuple[Question, Question]]],
) -> dict[uuid.UUID, dict[str, SaidBefore]]:
    """The current answers to the questions that hold something, rows' cells too, that the reader may read."""
    forms = {each.id: each for each in others}
    tops = {source.id.removesuffix("[]") for pairs in places.values() for _, source in pairs}
    found: dict[uuid.UUID, dict[str, SaidBefore]] = {each: {} for each in forms}
    rows = session.execute(
        select(Answer, Contribution, Person.name)
        .join(Contribution, Contribution.answer_id == Answer.id)
        .join(Person, Person.id == Contribution.author_id)
        .where(
            Answer.submission_id.in_(forms),
            func.split_part(Answer.path, "[", 1).in_(tops),
            Contribution.state == "current",
        )
    )
    for answer, contribution, name in rows:
        if reading.may_read(forms[answer.submission_id], theirs[answer.submission_id], answer):
            found[answer.submission_id][answer.path] = SaidBefore(
                contribution.value, frozenset(answer.audience) - set(answer.withheld), contribution, name
            )
    return found


def _offered(
    desk: Desk,
    asked: Question,
    source: Question,
    other: Submission,
    form: Form,
    said: Mapping[str, SaidBefore],
    roles: Mapping[uuid.UUID, str],
) -> Iterator[Offer]:
    found = said.get(source.id)
    if found is None:
        return
    value, rows, quoted = prefill.fitted(asked, source, found.value), None, False
    if asked.id == told_cycles.TOLD and form.id == told_cycles.PLAN:
        rows = told_cycles.rows(form, _travelling(desk, asked, said))
        value = found.value if rows else None
    elif form.id in PLANS and asked.row_title:
        quoted = True
        rows = told_plan.rows(asked, {at: each.value for at, each in said.items()}, prefill.wanted(asked).plan)
        value = found.value if rows else None
    elif asked.type == source.type == "repeat":
        rows = _rows(asked, source, {address: each.value for address, each in said.items()})
        value = found.value if rows else None
    if value is None:
        return
    own = found.contribution.author_id == desk.actor.person_id
    # A review is of the outcomes and provision that the plan names (SEND Regulations 2014, regs 18 to 22): whoever
    # takes part in it is told those words, whoever else may read the plan.
    if not own and not quoted and not may_travel(desk, asked, found):
        return
    author, _ = author_words(found.contribution.author_id, found.author, desk.actor, desk.theirs, roles)
    title = form.title_for(family=desk.actor.kind in ("family", "child"))
    yield Offer(
        asked,
        f"words:{found.contribution.id}",
        value,
        author,
        london_day(found.contribution.saved_at),
        title,
        own,
        rows,
    )


def _travelling(desk: Desk, asked: Question, said: Mapping[str, SaidBefore]) -> dict[str, Any]:
    """The answers of a group that may be told where it is asked for: one's own, and what its readers may read."""
    mine = desk.actor.person_id
    return {
        address: each.value
        for address, each in said.items()
        if each.contribution.author_id == mine or may_travel(desk, asked, each)
    }


def _rows(asked: Question, source: Question, answers: Mapping[str, Any]) -> Rows:
    matching = prefill.cells(asked, source)
    theirs = {cell: ours for ours, cell in matching.items()}
    return [{theirs[cell]: value for cell, value in row.items()} for row in prefill.row_values(source, answers, theirs)]


def _on_the_case(
    session: OwnedSession, desk: Desk, asked: list[Question], where: Mapping[str, Wanted]
) -> Iterator[Offer]:
    dates = [each for each in asked if where[each.id].case and each.id in ("rv_plan_date", "rv_last")]
    if not dates or desk.submission.case_id is None:
        return
    plan = session.scalars(
        select(Plan).where(Plan.case_id == desk.submission.case_id).order_by(Plan.made_on.desc())
    ).first()
    for each in dates:
        day = plan and (plan.made_on if each.id == "rv_plan_date" else plan.last_review_on)
        if plan and day:
            yield Offer(each, f"plan:{plan.id}", day.isoformat(), "The council", plan.made_on, RECORD, False)


def _of_the_account(
    session: OwnedSession, desk: Desk, asked: list[Question], where: Mapping[str, Wanted], now: datetime
) -> Iterator[Offer]:
    about_me = [each for each in asked if where[each.id].account and each.type in ("text", "person", "repeat")]
    if not about_me or desk.actor.account_id is None:
        return
    name, email = session.execute(
        select(Person.name, Account.email)
        .join(Account, Account.person_id == Person.id)
        .where(Account.id == desk.actor.account_id)
    ).one()
    name = "" if name in NAMELESS.values() else name
    for each in about_me:
        if each.type == "repeat":
            said = {f"{each.id}.name": name, f"{each.id}.email": email}
            row = {cell.id: said[cell.id] for cell in each.rows if said.get(cell.id)}
            if row:
                yield Offer(each, "account", ["you"], "You", london_day(now), "Your account", True, [row])
            continue
        value = name if each.id == "de_name" else {"name": name, **({"email": email} if email else {})}
        if has_something(name) and (each.id == "de_name" or each.type == "person"):
            yield Offer(each, "account", value, "You", london_day(now), "Your account", True)
