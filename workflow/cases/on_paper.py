"""A reply that came on paper, by email or by telephone, keyed in by the council as a form of its author's."""

import uuid
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from models.advice import AdviceRequest, Consultation
from models.cases import Case
from models.database import OwnedSession
from models.people import Person
from models.submissions import Submission
from workflow.access.actor import Actor
from workflow.coproduction import contributions, readers, sending, submissions
from workflow.coproduction.contributions import Writer


def reply(
    session: OwnedSession,
    row: AdviceRequest | Consultation,
    form_id: str,
    by: str,
    actor: Actor,
    *,
    role: str,
    facts: Mapping[str, Any],
    said: Mapping[str, Any],
    now: datetime,
) -> Submission:
    """The form that answers a row, sent under the name of whoever wrote the paper, and scribed by the actor."""
    author = Person(id=uuid.uuid4(), name=by.strip())
    session.add(author)
    session.flush()
    form = submissions.write_for(
        session,
        form_id,
        owner_id=author.id,
        create_token=uuid.uuid5(row.id, "on paper"),
        now=now,
        setting_id=row.setting_id,
        case_id=row.case_id,
        child_id=session.get_one(Case, (session.authority_id, row.case_id)).child_id,
        facts={**facts, "role": role, "on_paper": True},
    )
    definition = submissions.form_of(form)
    writer = Writer(author.id, actor.person, "scribed")
    for where, value in said.items():
        head = readers.head(session, form, definition, role, where)
        contributions.put(session, head, value, writer, now)
    sending.freeze(session, form, actor, now=now)
    return form
