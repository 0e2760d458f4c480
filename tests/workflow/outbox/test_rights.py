"""Rights are asked again at the moment of sending: invitations, letters and other mail about a case or a form."""

import uuid
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import event, select, update

from models.access import Grant, Invitation, Post
from models.cases import Case
from models.database import Database, OwnedSession
from models.outbox import Message
from models.people import Child
from models.submissions import Submission
from tests.workflow.outbox.builders import (
    NOON,
    TODAY,
    FakeMailer,
    case,
    message,
    officer,
    parent,
    person,
    senco,
    setting,
)
from workflow.outbox.rights import NOT_THEIRS, still_let_in

Own = tuple[Database, uuid.UUID]
Send = Callable[..., dict[str, int]]
HOUR = timedelta(hours=1)


def outcome(own: Own, send: Send, mailer: FakeMailer | None = None) -> list[tuple[str, str | None]]:
    """(state, reason) of every message once it was tried."""
    send(mailer or FakeMailer())
    database, authority = own
    with database.transaction(authority) as session:
        return [(row.state, row.reason) for row in session.scalars(select(Message).order_by(Message.created_at))]


def change(own: Own, table: Any, **values: Any) -> None:
    database, authority = own
    with database.transaction(authority) as session:
        session.execute(update(table).values(**values))


def invite(session: OwnedSession) -> None:
    """An invitation to a case, and its mail."""
    invitation = Invitation(
        id=uuid.uuid4(),
        case_id=case(session).id,
        role="parent",
        email="invited@example.org",
        secret_hash="",
        invited_by=officer(session),
        invited_at=NOON,
        expires_at=NOON + timedelta(days=30),
    )
    session.add(invitation)
    session.flush()
    message(session, importance="invitation", template="invitation", link_to=f"invitation:{invitation.id}")


def tell(session: OwnedSession, of: Case, who: uuid.UUID) -> None:
    """A letter about a case, to somebody who may read it today."""
    message(session, importance="statutory", template="decision", person_id=who, case_id=of.id)


def form(session: OwnedSession, owner: uuid.UUID, **given: Any) -> Submission:
    """A draft of a form."""
    values = {"form_id": "request", "form_version": 1, "state": "shared", "facts": {}, **given}
    made = {"created_at": NOON, "changed_at": NOON, "create_token": uuid.uuid4()}
    found = Submission(id=uuid.uuid4(), owner_id=owner, **made, **values)
    session.add(found)
    session.flush()
    return found


# Invitations


def test_z17_an_invitation_that_stands_is_sent(own_database: Own, send: Send) -> None:
    database, authority = own_database
    with database.transaction(authority) as session:
        invite(session)
    assert outcome(own_database, send) == [("accepted", None)]


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ({"accepted_at": NOON - HOUR}, "the invitation was accepted"),
        ({"expires_at": NOON - HOUR}, "the invitation was taken back or has run out"),
    ],
)
def test_z17_an_invitation_that_was_accepted_or_taken_back_is_not_sent(
    own_database: Own, send: Send, values: dict[str, Any], reason: str
) -> None:
    database, authority = own_database
    with database.transaction(authority) as session:
        invite(session)
    change(own_database, Invitation, **values)
    mailer = FakeMailer()
    assert (outcome(own_database, send, mailer), mailer.sent) == ([("cancelled", reason)], [])


def test_z17_an_invitation_that_is_gone_is_not_sent(own_database: Own, send: Send) -> None:
    database, authority = own_database
    with database.transaction(authority) as session:
        message(session, importance="invitation", link_to=f"invitation:{uuid.uuid4()}")
    assert outcome(own_database, send) == [("cancelled", "the invitation is gone")]


# Letters and other mail about a case


def test_z17_a_letter_goes_to_a_parent_whose_grant_holds(own_database: Own, send: Send) -> None:
    database, authority = own_database
    with database.transaction(authority) as session:
        of = case(session)
        tell(session, of, parent(session, of))
    assert outcome(own_database, send) == [("accepted", None)]


def test_z17_a_letter_to_a_parent_whose_grant_has_ended_is_cancelled_and_says_why(
    own_database: Own, send: Send
) -> None:
    database, authority = own_database
    with database.transaction(authority) as session:
        of = case(session)
        tell(session, of, parent(session, of))
    change(own_database, Grant, until_at=NOON)
    mailer = FakeMailer()
    assert (outcome(own_database, send, mailer), mailer.sent) == ([("cancelled", NOT_THEIRS)], [])


def test_z17_a_grant_on_another_case_lets_nobody_hear_of_this_one(own_database: Own, send: Send) -> None:
    database, authority = own_database
    with database.transaction(authority) as session:
        tell(session, case(session), parent(session, case(session)))
    assert outcome(own_database, send) == [("cancelled", NOT_THEIRS)]


def test_z10_once_the_child_has_left_the_school_its_mail_goes_no_more(own_database: Own, send: Send) -> None:
    database, authority = own_database
    with database.transaction(authority) as session:
        old, new = setting(session), setting(session)
        of = case(session, setting_id=old)
        tell(session, of, senco(session, old))
    change(own_database, Child, setting_id=new)
    assert outcome(own_database, send) == [("cancelled", NOT_THEIRS)]


def test_z10_somebody_who_has_left_the_school_hears_no_more(own_database: Own, send: Send) -> None:
    database, authority = own_database
    with database.transaction(authority) as session:
        school = setting(session)
        of = case(session, setting_id=school)
        stays, leaves = senco(session, school), senco(session, school)
        tell(session, of, stays)
        tell(session, of, leaves)
        session.execute(update(Post).where(Post.person_id == leaves).values(until_on=date(2026, 11, 22)))
    assert sorted(outcome(own_database, send)) == [("accepted", None), ("cancelled", NOT_THEIRS)]


def test_z10_a_school_grant_that_still_runs_tells_nobody_who_has_left_or_whose_pupil_has(
    own_database: Own, send: Send
) -> None:
    database, authority = own_database
    with database.transaction(authority) as session:
        of = case(session, setting_id=setting(session))
        tell(session, of, parent(session, of))
        session.execute(update(Grant).values(role="senco", until_at=NOON + timedelta(days=180)))
    assert outcome(own_database, send) == [("cancelled", NOT_THEIRS)]


def test_z17_staff_in_post_are_told_and_those_who_left_are_not(own_database: Own, send: Send) -> None:
    database, authority = own_database
    with database.transaction(authority) as session:
        of, stays, left = case(session), officer(session), officer(session)
        tell(session, of, stays)
        tell(session, of, left)
        session.execute(update(Post).where(Post.person_id == left).values(until_on=TODAY - timedelta(days=1)))
    assert sorted(outcome(own_database, send)) == [("accepted", None), ("cancelled", NOT_THEIRS)]


def test_a_body_without_an_account_is_told_by_its_address(own_database: Own, send: Send) -> None:
    database, authority = own_database
    with database.transaction(authority) as session:
        message(session, importance="statutory", address="ehc@health.example", case_id=case(session).id)
    assert outcome(own_database, send) == [("accepted", None)]


# Mail about a form


def test_z17_mail_about_a_form_goes_to_its_owner_its_setting_and_those_let_in(session: OwnedSession) -> None:
    school = setting(session)
    colleague, owner, guest, stranger = senco(session, school), person(session), person(session), person(session)
    root = form(session, owner, setting_id=school)
    views = form(session, owner, root_id=root.id)
    session.add(
        Grant(
            person_id=guest,
            role="parent",
            submission_id=root.id,
            rights=["read"],
            from_at=NOON - HOUR,
            granted_by=owner,
            reason="test",
        )
    )
    session.flush()

    def told(who: uuid.UUID, about: Submission) -> str | None:
        planned = message(session, person_id=who, submission_id=about.id)
        return still_let_in(session, session.get_one(Message, (session.authority_id, planned)), NOON)

    assert [told(who, root) for who in (owner, colleague, guest, stranger)] == [None, None, None, NOT_THEIRS]
    assert [told(who, views) for who in (owner, guest, stranger)] == [None, None, NOT_THEIRS]


def test_rights_are_asked_in_one_query_a_message(session: OwnedSession) -> None:
    of = case(session, setting_id=setting(session))
    planned = message(session, importance="statutory", person_id=parent(session, of), case_id=of.id)
    about = session.get_one(Message, (session.authority_id, planned))
    asked: list[str] = []
    engine = session.get_bind()
    note = lambda *args: asked.append(args[2])  # noqa: E731  (removed again below)
    event.listen(engine, "before_cursor_execute", note)
    try:
        assert still_let_in(session, about, NOON) is None
    finally:
        event.remove(engine, "before_cursor_execute", note)
    assert len(asked) == 1
