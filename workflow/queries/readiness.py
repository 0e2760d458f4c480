"""How ready requests are to be decided: read for a page of them at once."""

import uuid
from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any

from sqlalchemy import select

from law import age
from models.cases import Case, Deadline, Event
from models.database import OwnedSession
from models.people import Child
from models.submissions import Submission
from workflow.access.relation import READ, Relation
from workflow.cases import readiness
from workflow.coproduction import reading

AUTHORITY = Relation("caseworker", frozenset({"authority"}), frozenset({READ}))
DUTIES_TO_TELL = ("assess.notify_considering", "assess.notify_others")


def of_cases(
    session: OwnedSession, case_ids: Iterable[uuid.UUID], today: date
) -> dict[uuid.UUID, list[readiness.Line]]:
    """The readiness lines of several requests, in five queries however many there are.

    Only what the authority may read counts: a view nobody shared is not here, for nobody may look at it.
    """
    wanted = list(case_ids)
    rows = session.execute(select(Case.id, Child).join(Child, Child.id == Case.child_id).where(Case.id.in_(wanted)))
    people = {case_id: child for case_id, child in rows}
    sent = session.scalars(
        select(Submission)
        .where(Submission.case_id.in_(wanted), Submission.state == "sent")
        .order_by(Submission.sent_at)
    ).all()
    read = reading.read_all(session, ((each, AUTHORITY) for each in sent))
    told = _told(session, wanted)
    received, asked = _events(session, wanted)
    return {
        case_id: readiness.lines(
            readiness.Evidence(
                answers=_merged(read[each.id].values for each in sent if each.case_id == case_id),
                forms=frozenset(each.form_id for each in sent if each.case_id == case_id),
                told=case_id in told,
                received_on=received.get(case_id, today),
                age=max(0, age.age_on(child.born_on, max(today, child.born_on))),
                year=age.year_group_on(child.born_on, today),
                in_setting=child.setting_id is not None,
                asked=frozenset(asked[case_id]),
            )
        )
        for case_id, child in people.items()
    }


def _merged(several: Iterable[dict[str, Any]]) -> dict[str, Any]:
    together: dict[str, Any] = {}
    for answers in several:
        rows = {
            path: [*together.get(path, ()), *(value or ())] for path, value in answers.items() if path.endswith("[]")
        }
        together |= answers | rows
    return together


def _told(session: OwnedSession, case_ids: list[uuid.UUID]) -> set[uuid.UUID]:
    rows = session.execute(
        select(Deadline.case_id, Deadline.rule).where(
            Deadline.case_id.in_(case_ids), Deadline.rule.in_(DUTIES_TO_TELL), Deadline.satisfied_on.is_not(None)
        )
    )
    met: dict[uuid.UUID, set[str]] = defaultdict(set)
    for case_id, rule in rows:
        met[case_id].add(rule)
    return {case_id for case_id, rules in met.items() if rules == set(DUTIES_TO_TELL)}


def _events(
    session: OwnedSession, case_ids: list[uuid.UUID]
) -> tuple[dict[uuid.UUID, date], dict[uuid.UUID, set[str]]]:
    received: dict[uuid.UUID, date] = {}
    asked: dict[uuid.UUID, set[str]] = defaultdict(set)
    wanted = ("receive_request", "become_responsible", "correct_received_date", "ask_for_information")
    for event in session.scalars(
        select(Event).where(Event.case_id.in_(case_ids), Event.act.in_(wanted)).order_by(Event.seq)
    ):
        assert event.case_id
        for day in event.facts.get("triggers", {}).values():
            received[event.case_id] = date.fromisoformat(day)
        asked[event.case_id] |= set(event.facts.get("lines", ()))
    return received, asked
