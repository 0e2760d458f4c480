"""Beginning a form, and the views that belong to it."""

import secrets
import uuid
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm.attributes import set_committed_value

from forms import catalogue
from forms.definition import Form
from models.database import OwnedSession
from models.submissions import Filled, Submission
from workflow.access.actor import SETTING_ROLES, STAFF_ROLES, Actor
from workflow.coproduction import grown_ups
from workflow.coproduction.kinds import OF_A_SETTING, PLANS, RECORDS
from workflow.errors import NotPermitted, Refused

UNSENT_LIFE = timedelta(days=365)


def form_of(submission: Filled) -> Form:
    """The definition this submission was begun on."""
    return catalogue.get(submission.form_id, submission.form_version)


def begin(
    session: OwnedSession,
    actor: Actor,
    form_id: str,
    *,
    create_token: uuid.UUID,
    now: datetime,
    setting_id: uuid.UUID | None = None,
    root: Submission | None = None,
    case_id: uuid.UUID | None = None,
    child_id: uuid.UUID | None = None,
    owner_id: uuid.UUID | None = None,
    facts: dict[str, Any] | None = None,
) -> Submission:
    """Begin a form. The same `create_token` (a double click, Back and resubmit) gives the same one.

    A setting's form needs a setting the actor works at. Raises `NotPermitted`, or KeyError for no such form.
    """
    if form_id in OF_A_SETTING and (setting_id not in actor.settings or not actor.roles & SETTING_ROLES):
        raise NotPermitted("Only people who work at a setting can start this form.")
    if form_id in RECORDS | PLANS and not actor.roles & STAFF_ROLES:
        raise NotPermitted("Only the council writes this.")
    return write_for(
        session,
        form_id,
        owner_id=owner_id or actor.person,
        create_token=create_token,
        now=now,
        setting_id=setting_id,
        root=root,
        case_id=case_id,
        child_id=child_id,
        facts=facts,
    )


def write_for(
    session: OwnedSession,
    form_id: str,
    *,
    owner_id: uuid.UUID,
    create_token: uuid.UUID,
    now: datetime,
    setting_id: uuid.UUID | None = None,
    root: Submission | None = None,
    case_id: uuid.UUID | None = None,
    child_id: uuid.UUID | None = None,
    facts: dict[str, Any] | None = None,
) -> Submission:
    """The same without asking who may: a paper that somebody keys in for its author has no right of its own."""
    form = catalogue.get(form_id)
    session.execute(
        insert(Submission)
        .values(
            form_id=form_id,
            form_version=form.version,
            root_id=root.id if root else None,
            case_id=case_id,
            child_id=child_id,
            setting_id=setting_id if form_id in OF_A_SETTING else None,
            owner_id=owner_id,
            facts=facts or {},
            created_at=now,
            changed_at=now,
            create_token=create_token,
        )
        .on_conflict_do_nothing(index_elements=["authority_id", "create_token"])
    )
    return session.scalars(select(Submission).where(Submission.create_token == create_token)).one()


def share(session: OwnedSession, submission: Submission, *, now: datetime) -> None:
    """Let the people of the form it belongs to read a view. It can still be changed until it is sent."""
    hold(session, submission)
    if submission.state == "sent":
        raise Refused("This form has already been sent.")
    submission.state = "shared"
    submission.shared_at = submission.shared_at or now
    session.flush()
    grown_ups.child_finished(session, submission, form_of(submission), now=now)


def take_back(session: OwnedSession, submission: Submission) -> None:
    """Make a shared view private again, while it has not been sent."""
    hold(session, submission)
    if submission.state == "sent":
        raise Refused("This form has been sent, so it cannot be taken back. Your caseworker can help.")
    submission.state = "draft"


def bundle(session: OwnedSession, root: Submission) -> list[Submission]:
    """A form and the views that belong to it, oldest first, held for this transaction: for sending them."""
    return list(
        session.scalars(
            select(Submission)
            .where((Submission.id == root.id) | (Submission.root_id == root.id))
            .order_by(Submission.created_at)
            .with_for_update(key_share=True)
            .execution_options(populate_existing=True)
        )
    )


_HELD = select(Submission.state).where(Submission.id == bindparam("id")).with_for_update(key_share=True)


def hold(session: OwnedSession, submission: Submission) -> None:
    """Take a form for this transaction. Whoever writes or sends takes it before anything else of it, so that
    nobody waits in a ring, and nothing is written behind the back of somebody who is sending."""
    session.flush()  # what is read below must not hide a state that is not written yet
    set_committed_value(submission, "state", session.scalars(_HELD, {"id": submission.id}).one())


def new_reference() -> str:
    """A reference to say on the phone: no letters that look alike, no meaning, no order."""
    alphabet = "23456789BCDFGHJKMNPQRSTVWXZ"
    letters = "".join(secrets.choice(alphabet) for _ in range(8))
    return f"{letters[:4]}-{letters[4:]}"
