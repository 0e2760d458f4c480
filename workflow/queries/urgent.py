"""Requests in triage that somebody must look at today. That they do is told, never what was said."""

import uuid
from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from sqlalchemy import and_, select

from forms.values import has_something
from models.cases import Process
from models.database import OwnedSession
from models.submissions import Answer, Contribution, Submission

TRIAGED = "lt_urgent"
ASKED = ("pq_urgent", "rq_urgent")


def cases(session: OwnedSession) -> set[uuid.UUID]:
    """The cases in triage with a same-day matter, in one query.

    What a caseworker found at triage counts; until then, what the family or the setting said is urgent. The words
    themselves stay with whoever may read them.
    """
    rows = session.execute(
        select(Submission.case_id, Answer.path, Contribution.value)
        .join(Process, and_(Process.case_id == Submission.case_id, Process.kind == "assessment"))
        .join(Answer, Answer.submission_id == Submission.id)
        .join(Contribution, Contribution.answer_id == Answer.id)
        .where(
            Process.stage == "requested",
            Submission.state == "sent",
            Answer.path.in_((TRIAGED, *ASKED)),
            Contribution.state == "current",
        )
        .order_by(Submission.sent_at)
    )
    said: dict[uuid.UUID, dict[str, Any]] = defaultdict(dict)
    for case_id, path, value in rows:
        said[case_id][path] = value
    return {case_id for case_id, answers in said.items() if _today(answers)}


def _today(answers: Mapping[str, Any]) -> bool:
    if has_something(answers.get(TRIAGED)):
        return bool(answers[TRIAGED] == "yes")
    return any(has_something(answers.get(each)) and answers[each] != ["none"] for each in ASKED)
