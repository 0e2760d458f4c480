"""Sending a form: what was said is frozen as it stands, with its authors, under a keyed hash."""

import hashlib
import hmac
import json
import uuid
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from forms.completeness import Missing, missing_to_send
from models.crypto import current_keyring
from models.database import OwnedSession
from models.submissions import Answer, Contribution, Snapshot, Submission
from workflow import audit
from workflow.access.actor import Actor
from workflow.access.relation import Relation
from workflow.clock import london_day
from workflow.coproduction import grown_ups, kept, kinds, on_record, reading
from workflow.coproduction.facts import facts_of
from workflow.coproduction.submissions import form_of, new_reference
from workflow.errors import Refused


def missing(
    session: OwnedSession, submission: Submission, answers: Mapping[str, Any], now: datetime
) -> tuple[Missing, ...]:
    """What stops sending."""
    return missing_to_send(form_of(submission), answers, facts_of(session, submission, answers, now))


def require_sendable(session: OwnedSession, submission: Submission, theirs: Relation, now: datetime) -> None:
    """Raises `Refused` with the first thing that stops sending. Only what the law and reason need does."""
    answers = reading.read(session, submission, theirs).values
    for each in missing(session, submission, answers, now):
        raise Refused(each.say, each.path)


def freeze(session: OwnedSession, submission: Submission, actor: Actor, *, now: datetime) -> Snapshot:
    """Mark a form as sent and keep it as it is now. Two texts for one answer are both kept."""
    kept.fix(session, submission, _values(content := _content(session, submission)), now)
    number = (
        session.scalars(select(func.max(Snapshot.number)).where(Snapshot.submission_id == submission.id)).one() or 0
    ) + 1
    snapshot = Snapshot(
        id=uuid.uuid4(),
        submission_id=submission.id,
        number=number,
        content=content,
        content_hash=keyed_hash(content),
        taken_at=now,
    )
    session.add(snapshot)
    submission.state, submission.sent_at, submission.sent_by = "sent", now, actor.person
    submission.reference = submission.reference or new_reference()
    session.flush()
    grown_ups.child_finished(session, submission, form_of(submission), now=now)
    return snapshot


def send_view(session: OwnedSession, submission: Submission, theirs: Relation, actor: Actor, *, now: datetime) -> None:
    """Send by itself one's own view, or a new version of what was sent: whatever has a case already.

    Sending twice is harmless.

    Raises `Refused` for what must be there, and before the form it belongs to was sent.
    """
    locked = session.get_one(
        Submission, (session.authority_id, submission.id), with_for_update={"key_share": True}, populate_existing=True
    )
    if locked.state == "sent":
        return
    if locked.case_id is None:
        raise Refused("Share this instead: it goes to the council together with the form it belongs to.")
    require_sendable(session, locked, theirs, now)
    freeze(session, locked, actor, now=now)
    subject = audit.Subject(case_id=locked.case_id, submission_id=locked.id)
    act = "send_new_version" if locked.follows_id else "send_view"
    audit.record(session, act, actor, subject, happened_on=london_day(now), now=now)


def keyed_hash(content: Any) -> str:
    """A hash of content under the authority's key, so that short answers cannot be guessed from it."""
    canonical = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hmac.new(current_keyring.get().key, canonical.encode(), hashlib.sha256).hexdigest()


def _values(content: Mapping[str, Any]) -> dict[str, Any]:
    return {each["path"]: each["value"] for each in content["answers"] if each["state"] == "current"}


def _content(session: OwnedSession, submission: Submission) -> dict[str, Any]:
    rows = session.execute(
        select(Answer, Contribution)
        .join(Contribution, Contribution.answer_id == Answer.id)
        .where(Answer.submission_id == submission.id, Contribution.state.in_(("current", "rival", "beside")))
        .order_by(Answer.path, Contribution.version)
        .with_for_update(of=Answer)
    ).all()
    if submission.form_id in kinds.PLANS and not submission.facts.get("final"):
        place = {
            asked.id for each in form_of(submission).sections if each.id == kinds.PLACE for asked in each.questions
        }
        rows = [row for row in rows if row[0].path not in place]
    for _, text in rows:
        text.frozen_at = text.frozen_at or submission.changed_at
    return {
        "form": submission.form_id,
        "version": submission.form_version,
        "layer": submission.layer_version,
        "answers": [
            {
                "path": answer.path,
                "audience": [reader for reader in answer.audience if reader not in answer.withheld],
                "value": text.value,
                "author": str(text.author_id),
                "entered_by": str(text.entered_by),
                "mode": text.mode,
                "language": text.language,
                "saved_at": text.saved_at.isoformat(),
                "state": text.state,
            }
            for answer, text in rows
        ],
        "remarks": on_record.remarks(session, submission),
        "sign_offs": on_record.sign_offs(session, submission),
        **({"sources": on_record.sources(session, submission)} if submission.form_id in kinds.PLANS else {}),
    }
