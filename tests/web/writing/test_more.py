"""Adding to what was sent: a new version beside the old one, and what is different."""

import uuid
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import func, select

from models.cases import Case
from models.submissions import Answer, Contribution, Snapshot, Submission
from tests.web.conftest import Somebody
from tests.web.writing.conftest import Desk
from tests.web.writing.test_beside import desk_at
from tests.web.writing.test_sending import cases, fill, send
from web.application import Coproduce


@pytest.fixture
def sent(parents_request: Desk) -> Desk:
    """A parent's request that was sent."""
    fill(parents_request)
    parents_request.write("pq_hard", pq_hard="Reading")
    assert send(parents_request).status_code == 302
    return parents_request


def again(of: Desk) -> Desk:
    """Press the button for a new version."""
    here = f"/forms/{of.form_id}"
    return desk_at(of, str(of.client.submit(f"{here}/new-version", page=f"{here}/sent").location))


def test_a_new_version_begins_with_everything_that_was_sent(sent: Desk, values: Any) -> None:
    assert values(again(sent)) == values(sent)


def test_pressing_twice_opens_the_same_version(sent: Desk) -> None:
    assert again(sent).form_id == again(sent).form_id


def test_what_was_sent_stays_as_it_was(sent: Desk, values: Any, app: Coproduce, authority_id: uuid.UUID) -> None:
    before = values(sent)
    with app.database.transaction(authority_id) as session:
        kept = session.scalars(select(Snapshot.content_hash)).one()
    draft = again(sent)
    draft.write("pq_hard", pq_hard="Reading, and now writing as well")
    send(draft)
    assert values(sent) == before and values(draft)["pq_hard"].endswith("as well")
    with app.database.transaction(authority_id) as session:
        assert kept in session.scalars(select(Snapshot.content_hash)).all()


def test_a_new_version_opens_no_second_case(sent: Desk, app: Coproduce, authority_id: uuid.UUID) -> None:
    assert send(again(sent)).status_code == 302
    assert cases(app, authority_id) == 1


def test_the_council_reads_a_new_version_only_once_it_is_sent(
    sent: Desk, somebody: Callable[..., Somebody], client_for: Any
) -> None:
    officer = client_for(somebody("staff", "caseworker"))
    draft = again(sent)
    draft.write("pq_hard", pq_hard="Reading, and now writing as well")
    assert officer.get(f"/forms/{draft.form_id}/check").status_code == 404
    send(draft)
    html = officer.get(f"/forms/{draft.form_id}/changes").text
    assert "Reading, and now writing as well" in html and "What do you find" not in html


def test_only_what_is_different_is_shown_side_by_side(sent: Desk) -> None:
    draft = again(sent)
    draft.write("pq_hard", pq_hard="Writing")
    html = draft.client.get(f"/forms/{draft.form_id}/changes").text
    assert "Reading" in html and "Writing" in html and "Asha Iqbal" not in html


def test_a_form_that_follows_none_has_no_changes_page(sent: Desk) -> None:
    assert sent.client.get(f"/forms/{sent.form_id}/changes").status_code == 404


def test_nobody_else_writes_a_new_version(sent: Desk, somebody: Callable[..., Somebody], client_for: Any) -> None:
    stranger = client_for(somebody("family"))
    reply = stranger.post(f"/forms/{sent.form_id}/new-version", data={"csrf_token": stranger.token("/home")})
    assert reply.status_code == 404


def test_words_of_the_version_before_keep_their_writers(sent: Desk, app: Coproduce, authority_id: uuid.UUID) -> None:
    draft = again(sent)
    with app.database.transaction(authority_id) as session:

        def written(form_id: uuid.UUID) -> list[tuple[str, Any]]:
            rows = session.execute(
                select(Answer.path, Contribution.author_id)
                .join(Contribution, Contribution.answer_id == Answer.id)
                .where(Answer.submission_id == form_id)
                .order_by(Answer.path)
            )
            return [(path, author) for path, author in rows]

        assert written(draft.form_id) == written(sent.form_id)
        assert session.scalar(select(func.count()).select_from(Case)) == 1
        assert session.get_one(Submission, (authority_id, draft.form_id)).state == "draft"
