"""A draft can be deleted for good by whoever it belongs to, and nothing of it stays but that it was done."""

import io
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import func, select

from models.access import Grant, Invitation, KeptText
from models.cases import Event
from models.files import Attachment
from models.outbox import Message
from models.submissions import Answer, Contribution, SaveReceipt, Submission
from tests.web.conftest import Somebody
from tests.web.writing.conftest import Desk
from workflow import audit, clock, web_sessions
from workflow.access.actor import SYSTEM

PAGE = "vp_great"


@pytest.fixture
def views(schools_request: Desk, somebody: Callable[..., Somebody], invite: Any, desk: Any) -> Desk:
    """A parent's own views beside a school's form, with words in them."""
    who = somebody("family", name="Priya Parent")
    invite(schools_request, who)
    parent = desk(who, schools_request.form_id)
    at = f"/forms/{parent.form_id}"
    begun = parent.client.submit(f"{at}/begin/views-parent", page=at)
    own: Desk = desk(who, uuid.UUID(begun.location.rpartition("/")[2]))
    own.write(PAGE, vp_great="PRIVATE MARK")
    return own


def counts(app: Any, authority_id: uuid.UUID, form_id: uuid.UUID) -> dict[str, int]:
    with app.database.transaction(authority_id) as session:
        answers = select(Answer.id).where(Answer.submission_id == form_id)
        return {
            model.__tablename__: session.scalar(select(func.count()).select_from(model).where(where))
            for model, where in (
                (Submission, Submission.id == form_id),
                (Answer, Answer.submission_id == form_id),
                (Contribution, Contribution.answer_id.in_(answers)),
                (SaveReceipt, SaveReceipt.submission_id == form_id),
                (Attachment, Attachment.submission_id == form_id),
                (Grant, Grant.submission_id == form_id),
                (Invitation, Invitation.submission_id == form_id),
                (Message, Message.submission_id == form_id),
                (KeptText, KeptText.path.contains(str(form_id))),
            )
        }


def test_a_deleted_view_is_gone_from_the_database_and_only_the_act_stays(
    views: Desk, app: Any, authority_id: uuid.UUID
) -> None:
    with app.database.transaction(authority_id) as session:
        web_sessions.keep_text(session, None, f"/forms/{views.form_id}/page/{PAGE}", [["a", "b"]], clock.now())
        all_before = session.scalar(select(func.count()).select_from(Contribution))
    page = f"/forms/{views.form_id}/delete"
    assert "Nobody can bring it back" in views.client.get(page).text
    assert views.client.submit(page).location == "/home"
    assert set(counts(app, authority_id, views.form_id).values()) == {0}
    with app.database.transaction(authority_id) as session:
        assert session.scalar(select(func.count()).select_from(Contribution)) < all_before
        event = session.scalars(select(Event).where(Event.act == "delete_draft")).one()
        assert event.facts == {"form": str(views.form_id), "kind": "views-parent"}
    assert views.client.get(f"/forms/{views.form_id}").status_code == 404


def test_the_bytes_of_its_files_are_gone_too(schools_request: Desk, app: Any, authority_id: uuid.UUID) -> None:
    at = f"/forms/{schools_request.form_id}"
    paper = {"csrf_token": schools_request.client.token(at), "file": (io.BytesIO(b"A note."), "note.txt")}
    schools_request.client.post(f"{at}/files/request__paper", data=paper)
    store = app.extensions["blobs"].root
    assert [path for path in store.rglob("*") if path.is_file()]
    schools_request.client.submit(f"{at}/delete")
    assert [path for path in store.rglob("*") if path.is_file()] == []
    assert set(counts(app, authority_id, schools_request.form_id).values()) == {0}


def test_what_others_began_beside_it_is_theirs_and_stays(
    parents_request: Desk, app: Any, authority_id: uuid.UUID
) -> None:
    at = f"/forms/{parents_request.form_id}"
    parents_request.client.submit(f"{at}/begin/aam-primary", page=at)
    assert parents_request.client.submit(f"{at}/delete").status_code == 302
    left = counts(app, authority_id, parents_request.form_id)
    assert left.pop("submission") == 1 and set(left.values()) == {0}
    assert parents_request.client.get(at).status_code == 404
    with app.database.transaction(authority_id) as session:
        assert session.scalars(select(Submission).where(Submission.form_id.startswith("aam"))).one()


def test_after_deleting_a_view_another_can_be_begun(views: Desk, schools_request: Desk) -> None:
    views.client.submit(f"/forms/{views.form_id}/delete")
    at = f"/forms/{schools_request.form_id}"
    begun = views.client.submit(f"{at}/begin/views-parent", page=at)
    assert views.client.get(begun.location).status_code == 200
    assert "PRIVATE MARK" not in views.client.get(begun.location + "/check").text


def test_after_deleting_a_view_that_the_record_of_acts_names_another_can_be_begun(
    views: Desk, schools_request: Desk, app: Any, authority_id: uuid.UUID
) -> None:
    with app.database.transaction(authority_id) as session:
        subject = audit.Subject(submission_id=views.form_id)
        audit.record(session, "remark", SYSTEM, subject, happened_on=clock.london_day(clock.now()), now=clock.now())
    views.client.submit(f"/forms/{views.form_id}/delete")
    at = f"/forms/{schools_request.form_id}"
    begun = views.client.submit(f"{at}/begin/views-parent", page=at)
    assert views.client.get(begun.location).status_code == 200


def test_what_others_can_read_is_taken_back_first(views: Desk) -> None:
    at = f"/forms/{views.form_id}"
    views.client.submit(f"{at}/share", page=at)
    assert "Take it back first" in views.client.get(f"{at}/delete").text
    token = {"csrf_token": views.client.token(at)}
    assert views.client.post(f"{at}/delete", data=token).status_code == 422
    assert "PRIVATE MARK" in views.client.get(f"{at}/check").text


def test_what_was_sent_is_never_deleted(views: Desk, app: Any, authority_id: uuid.UUID) -> None:
    token = {"csrf_token": views.client.token(f"/forms/{views.form_id}/delete")}
    with app.database.transaction(authority_id) as session:
        session.get_one(Submission, (authority_id, views.form_id)).state = "sent"
    assert views.client.post(f"/forms/{views.form_id}/delete", data=token).status_code == 422
    assert counts(app, authority_id, views.form_id)["contribution"] > 0


def test_nobody_else_deletes_a_draft(
    views: Desk, schools_request: Desk, somebody: Callable[..., Somebody], client_for: Any
) -> None:
    for who in (schools_request.who, somebody("family"), somebody("professional"), somebody("staff", "manager")):
        assert client_for(who).get(f"/forms/{views.form_id}/delete").status_code == 404
    # Nor does a parent who takes part in it delete the school's.
    assert views.client.get(f"/forms/{schools_request.form_id}/delete").status_code == 404


def test_a_setting_deletes_its_own_draft_unless_somebody_else_wrote_on_it(
    schools_request: Desk, somebody: Callable[..., Somebody], invite: Any, desk: Any, app: Any, authority_id: uuid.UUID
) -> None:
    who = somebody("family")
    invite(schools_request, who)
    at = f"/forms/{schools_request.form_id}"
    schools_request.write("views", vw_child_q="Ours.")
    assert "Yes, delete it" in schools_request.client.get(f"{at}/delete").text
    desk(who, schools_request.form_id).write("views", vw_child_q="Mine, too.")
    assert "not yours to delete" in schools_request.client.get(f"{at}/delete").text
    token = {"csrf_token": schools_request.client.token(at)}
    assert schools_request.client.post(f"{at}/delete", data=token).status_code == 422
    assert counts(app, authority_id, schools_request.form_id)["contribution"] > 1


def test_a_setting_alone_on_its_draft_deletes_it(schools_request: Desk, app: Any, authority_id: uuid.UUID) -> None:
    schools_request.write("views", vw_child_q="Ours.")
    assert schools_request.client.submit(f"/forms/{schools_request.form_id}/delete").location == "/school/"
    assert set(counts(app, authority_id, schools_request.form_id).values()) == {0}
