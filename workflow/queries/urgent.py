"""Which cases say that something cannot wait: the mark alone. The words stay where they were written."""

import uuid
from collections.abc import Collection

from sqlalchemy import select

from forms.values import has_something
from models.database import OwnedSession
from models.submissions import Answer, Contribution, Submission

ASKED = ("pq_urgent", "rq_urgent")
NOTHING = ["none"]


def of_cases(session: OwnedSession, case_ids: Collection[uuid.UUID]) -> frozenset[uuid.UUID]:
    """Those of the cases whose sent request names something urgent. One query."""
    said = session.execute(
        select(Submission.case_id, Contribution.value)
        .join(Answer, Answer.submission_id == Submission.id)
        .join(Contribution, Contribution.answer_id == Answer.id)
        .where(
            Submission.case_id.in_(case_ids),
            Submission.state == "sent",
            Answer.path.in_(ASKED),
            Contribution.state == "current",
        )
    )
    return frozenset(case_id for case_id, value in said if case_id and has_something(value) and value != NOTHING)
