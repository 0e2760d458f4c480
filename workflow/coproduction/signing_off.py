"""Signing a form as it stands: agree, partly agree or disagree, with a reason. It never stops a form from being
sent, and may come after: what was signed is known by a keyed hash of what the signer could read."""

import uuid
from datetime import datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.dialects.postgresql import insert

from forms.definition import Form
from forms.text import clean
from models.database import OwnedSession
from models.remarks import SignOff
from models.submissions import Answer, Contribution, Submission
from workflow import audit, rates
from workflow.access.actor import Actor
from workflow.access.relation import READ, Relation
from workflow.clock import london_day
from workflow.coproduction import answers, reading
from workflow.coproduction.reading import Read
from workflow.coproduction.sending import keyed_hash
from workflow.coproduction.submissions import form_of, hold
from workflow.errors import AlreadyDone, NotPermitted, Refused

VERDICTS = ("agree", "partly", "disagree")
SIGNERS = frozenset({"parent", "yp", "rep", "senco", "head"})
HOUR = timedelta(hours=1)


def may_sign(form: Form, theirs: Relation) -> bool:
    """Whether this person signs this form: somebody of the family or the setting, on a form written together."""
    return form.voice == "shared" and theirs.role in SIGNERS and READ in theirs.rights


def content_hash(read: Read) -> str:
    """The hash of every text that one reader may read, with its author and how it was said."""
    return keyed_hash(
        [
            [path, str(text.author_id), text.mode, text.value, text.state]
            for path, texts in sorted(read.texts.items())
            for text in texts
        ]
    )


def sign(
    session: OwnedSession,
    submission: Submission,
    theirs: Relation,
    actor: Actor,
    verdict: str,
    reason: str,
    *,
    seen: str,
    token: uuid.UUID,
    now: datetime,
) -> SignOff:
    """Sign a form as it stands. Signing again is a new sign-off; the earlier ones stay. Same `token`: one.

    `seen` is the content hash of what the signer had before them: raises `AlreadyDone` when it has changed since.
    `Refused` without a verdict, or without a reason for not agreeing; `NotPermitted`; `TooMany`. The signer's
    own sitting ends: what they write afterwards is a new contribution.
    """
    if not may_sign(form_of(submission), theirs):
        raise NotPermitted("This form is not for you to sign.")
    if repeated := _signed_before(session, token, actor):
        return repeated
    hold(session, submission)
    if verdict not in VERDICTS:
        raise Refused("Choose whether you agree.", "verdict")
    reason = clean(reason).strip()
    if verdict != "agree" and not reason:
        raise Refused("Write what you do not agree with, and why.", "reason")
    if len(reason) > answers.LONGEST:
        raise Refused(f"This has {len(reason):,} characters. The most is {answers.LONGEST:,}.", "reason")
    found = content_hash(reading.read(session, submission, theirs))
    if found != seen:
        raise AlreadyDone("Somebody wrote in the form since you opened this page. Read it again, then sign.")
    rates.count(session, "sign_off", str(actor.person), limit=30, window=HOUR, now=now)
    _end_sitting(session, submission, actor.person, now)
    signed = _keep(
        session,
        token,
        submission_id=submission.id,
        person_id=actor.person,
        role=theirs.role,
        readers=sorted(theirs.readers),
        sections=sorted(theirs.sections) if theirs.sections is not None else None,
        verdict=verdict,
        reason=reason or None,
        content_hash=found,
        signed_at=now,
    )
    sent = submission.state == "sent"
    audit.record(
        session,
        "sign_off",
        actor,
        # Before sending, the authority does not see what goes on in a form.
        audit.Subject(case_id=submission.case_id if sent else None, submission_id=submission.id),
        happened_on=london_day(now),
        now=now,
        facts={"sign_off": str(signed.id), "verdict": verdict, "content": found},
    )
    return signed


def readers_of(signed: SignOff) -> Relation:
    """What a signer could read when they signed: to ask what they would read now."""
    sections = frozenset(signed.sections) if signed.sections is not None else None
    return Relation(signed.role, frozenset(signed.readers), frozenset({READ}), sections, sections)


def _signed_before(session: OwnedSession, token: uuid.UUID, actor: Actor) -> SignOff | None:
    found = session.scalars(select(SignOff).where(SignOff.create_token == token)).one_or_none()
    if found is not None and found.person_id != actor.person_id:
        raise NotPermitted("Somebody else signed this.")
    return found


def _keep(session: OwnedSession, token: uuid.UUID, **values: object) -> SignOff:
    session.execute(
        insert(SignOff)
        .values(create_token=token, **values)
        .on_conflict_do_nothing(index_elements=["authority_id", "create_token"])
    )
    return session.scalars(select(SignOff).where(SignOff.create_token == token)).one()


def _end_sitting(session: OwnedSession, submission: Submission, person_id: uuid.UUID, now: datetime) -> None:
    own = select(Answer.id).where(Answer.submission_id == submission.id)
    session.execute(
        update(Contribution)
        .where(
            Contribution.answer_id.in_(own),
            Contribution.author_id == person_id,
            Contribution.frozen_at.is_(None),
        )
        .values(frozen_at=now)
    )
