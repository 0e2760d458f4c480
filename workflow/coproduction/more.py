"""Adding to what was sent: a new version beside the one that was sent, which stays for ever as it was."""

import uuid
from datetime import datetime

from sqlalchemy import select

from models.access import Grant
from models.database import OwnedSession
from models.submissions import Answer, Contribution, Submission
from workflow.access.actor import Actor
from workflow.access.relation import SEND, Relation
from workflow.coproduction import kinds, readers
from workflow.coproduction.submissions import hold
from workflow.errors import NotPermitted, Refused

STANDING = ("current", "rival", "beside")


def may_add(submission: Submission, theirs: Relation) -> bool:
    """Whether this person may write a new version of a form: it was sent to the council, and they may send it.

    The report of a review goes to everyone invited by law, so a correction of it is an act of its own; what is said
    about a draft plan is answered, and more is said in another.
    """
    sent_on = submission.state == "sent" and submission.case_id is not None
    return sent_on and SEND in theirs.rights and submission.form_id not in kinds.REPORTS | {kinds.ON_A_DRAFT}


def next_version(
    session: OwnedSession,
    actor: Actor,
    theirs: Relation,
    sent: Submission,
    *,
    now: datetime,
    words_of: Submission | None = None,
) -> Submission:
    """The draft that follows a sent form, begun with everything it said, each under its writer's name; or with what
    `words_of` said, where what was sent last came to nothing.

    There is one at a time: pressing twice opens the same. Raises `NotPermitted`, and `Refused` where a newer
    version was sent already.
    """
    hold(session, sent)
    if not may_add(sent, theirs):
        raise NotPermitted("A new version of this form cannot be written here.")
    following = session.scalars(select(Submission).where(Submission.follows_id == sent.id)).one_or_none()
    if following and following.state == "sent":
        raise Refused("A newer version has been sent. Add to that one.")
    return following or _begun(session, actor, sent, words_of or sent, now)


def _begun(session: OwnedSession, actor: Actor, sent: Submission, said: Submission, now: datetime) -> Submission:
    draft = Submission(
        id=uuid.uuid4(),
        form_id=sent.form_id,
        form_version=sent.form_version,
        layer_version=sent.layer_version,
        root_id=sent.root_id,
        follows_id=sent.id,
        child_id=sent.child_id,
        case_id=sent.case_id,
        setting_id=sent.setting_id,
        owner_id=sent.owner_id,
        facts=dict(sent.facts),
        created_at=now,
        changed_at=now,
        create_token=uuid.uuid5(sent.id, "next"),
    )
    session.add(draft)
    session.flush()
    _copy_words(session, said, draft)
    _copy_rights(session, actor, sent, draft, now)
    session.flush()
    return draft


def _copy_words(session: OwnedSession, sent: Submission, draft: Submission) -> None:
    answers: dict[uuid.UUID, Answer] = {}
    rows = session.execute(
        select(Answer, Contribution)
        .join(Contribution, Contribution.answer_id == Answer.id)
        .where(Answer.submission_id == sent.id, Contribution.state.in_(STANDING))
        .order_by(Answer.path, Contribution.version)
    )
    for answer, text in rows:
        if answer.id not in answers:
            answers[answer.id] = readers.again(session, answer, draft)
        session.add(
            Contribution(
                answer_id=answers[answer.id].id,
                author_id=text.author_id,
                entered_by=text.entered_by,
                mode=text.mode,
                language=text.language,
                value=text.value,
                version=text.version,
                based_on=text.based_on,
                state=text.state,
                taken_from=f"sent:{text.id}",
                started_at=text.started_at,
                saved_at=text.saved_at,
                frozen_at=text.frozen_at or text.saved_at,  # what was sent is nobody's sitting any more
            )
        )


def _copy_rights(session: OwnedSession, actor: Actor, sent: Submission, draft: Submission, now: datetime) -> None:
    """Those who may take part in the one that was sent, may in the next."""
    for grant in session.scalars(
        select(Grant).where(Grant.submission_id == sent.id, Grant.until_at.is_(None), ~Grant.until_sent)
    ):
        session.add(
            Grant(
                person_id=grant.person_id,
                role=grant.role,
                submission_id=draft.id,
                rights=list(grant.rights),
                sections=grant.sections,
                capacity=grant.capacity,
                from_at=now,
                granted_by=actor.person,
                reason="took part in the version before",
            )
        )
