"""Saying something about an answer, over the pages: the family, the school, and nobody else."""

import uuid
from collections.abc import Callable
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from sqlalchemy import select, update

from models.access import Grant, WebSession
from models.remarks import Remark
from tests.web.conftest import PageClient, Somebody
from tests.web.writing.conftest import Desk, fields_of
from tests.web.writing.test_sending import fill_school, send
from tests.web.writing.test_together import parent, queries, views
from workflow import clock

__all__ = ["parent", "views"]
PATH = "na_ci_hard"


def at(desk: Desk, what: str, path: str = PATH) -> str:
    return f"/forms/{desk.form_id}/{what}/{path}"


def say(desk: Desk, kind: str, words: str, path: str = PATH, **more: Any) -> Any:
    """Open the page for saying something, type, press the button."""
    page = at(desk, f"say/{kind}", path)
    fields = fields_of(desk.client.get(page).text)
    return desk.client.post(page, data={**fields, "words": words, **more})


def read(desk: Desk, path: str = PATH) -> str:
    response = desk.client.get(at(desk, "said", path))
    assert response.status_code == 200
    return unescape(response.text)


def remarks(app: Any, authority_id: uuid.UUID) -> list[Remark]:
    with app.database.transaction(authority_id) as session:
        return list(session.scalars(select(Remark).order_by(Remark.said_at)))


@pytest.fixture
def written(schools_request: Desk) -> Desk:
    schools_request.write("needs", na_ci_hard="Noise is hard.")
    return schools_request


def test_a_parent_finds_the_way_from_the_answer_and_says_something(parent: Desk, written: Desk) -> None:
    check = parent.client.get(f"/forms/{parent.form_id}/check").text
    assert at(parent, "said") in check and "Say something about this" in check
    response = say(parent, "comment", "At home too.")
    assert response.location == at(parent, "said")
    assert "Whoever may read this answer may read them" in read(parent)
    assert "Priya Parent said" in read(written) and "At home too." in read(written)


def test_the_writer_of_the_answer_sees_it_beside_the_question_and_on_the_list(parent: Desk, written: Desk) -> None:
    say(parent, "comment", "At home too.")
    assert "What people said (1)" in written.client.get(f"/forms/{written.form_id}/page/needs").text
    overview = written.client.get(f"/forms/{written.form_id}").text
    assert "Read what people said about the answers (1)" in overview
    assert "At home too." in written.client.get(f"/forms/{written.form_id}/print").text


def test_before_anything_was_said_the_page_says_so(parent: Desk, written: Desk) -> None:
    assert "Nobody has said anything about this yet." in read(parent)


def test_pressing_twice_says_it_once(parent: Desk, written: Desk, app: Any, authority_id: uuid.UUID) -> None:
    page = at(parent, "say/comment")
    fields = {**fields_of(parent.client.get(page).text), "words": "Once."}
    for _ in range(2):
        assert parent.client.post(page, data=fields).status_code == 302
    assert len(remarks(app, authority_id)) == 1


@pytest.mark.parametrize("kind", ["comment", "suggestion", "question"])
def test_nothing_typed_is_said_beside_the_box(parent: Desk, written: Desk, kind: str) -> None:
    response = say(parent, kind, "  ", asked=str(written.who.person_id))
    assert response.status_code == 422
    assert 'href="#words"' in response.text and 'id="words-error"' in response.text


def test_what_was_typed_stays_when_nobody_was_chosen(
    parent: Desk, written: Desk, somebody: Callable[..., Somebody], app: Any, authority_id: uuid.UUID, school: uuid.UUID
) -> None:
    somebody("professional", "head", school)
    response = say(parent, "question", "Is it every day?", asked="")
    assert response.status_code == 422 and 'href="#asked"' in response.text
    assert "Is it every day?" in response.text
    assert remarks(app, authority_id) == []


def test_what_was_typed_survives_being_signed_out(
    parent: Desk, written: Desk, app: Any, authority_id: uuid.UUID
) -> None:
    page = at(parent, "say/comment")
    fields = {**fields_of(parent.client.get(page).text), "words": "Kept words."}
    with app.database.transaction(authority_id) as session:
        session.execute(
            update(WebSession)
            .where(WebSession.account_id == parent.who.account_id)
            .values(ends_at=clock.now() - timedelta(seconds=1))
        )
    assert parent.client.post(page, data=fields).location == "/sign-in"
    assert remarks(app, authority_id) == []


def test_suggested_words_are_looked_at_beside_the_answer_and_used(
    parent: Desk, written: Desk, app: Any, authority_id: uuid.UUID
) -> None:
    page = parent.client.get(at(parent, "say/suggestion")).text
    assert ">\nNoise is hard.</textarea>" in page
    say(parent, "suggestion", "Loud rooms are hard.")
    remark = f"/remarks/{remarks(app, authority_id)[0].id}"
    assert remark in written.client.get(f"/forms/{written.form_id}").text
    seen = fields_of(written.client.get(remark).text)["seen"][0]
    assert parent.client.submit(remark, {"do": "accept", "seen": seen}).status_code == 422
    assert written.client.submit(remark, {"do": "accept", "seen": seen}).status_code == 302
    said = read(written)
    assert "You used these words" in said and "Loud rooms are hard." in said
    history = written.client.get(at(written, "history")).text
    assert "Noise is hard." in history and "Loud rooms are hard." in history


def test_words_for_an_answer_that_has_changed_show_both_and_say_so(
    parent: Desk, written: Desk, app: Any, authority_id: uuid.UUID
) -> None:
    say(parent, "suggestion", "Loud rooms are hard.")
    remark = f"/remarks/{remarks(app, authority_id)[0].id}"
    old = fields_of(written.client.get(remark).text)["seen"][0]
    written.write("needs", na_ci_hard="Noise and light are hard.")
    response = written.client.submit(remark, {"do": "accept", "seen": old})
    assert response.status_code == 422 and "Somebody wrote here since you opened this page" in response.text
    for words in ("has changed since", "Noise and light are hard.", "Loud rooms are hard.", "Noise is hard."):
        assert words in response.text, words


def test_no_thanks_with_a_word_of_why(parent: Desk, written: Desk, app: Any, authority_id: uuid.UUID) -> None:
    say(parent, "suggestion", "Loud rooms are hard.")
    remark = f"/remarks/{remarks(app, authority_id)[0].id}"
    written.client.submit(remark, {"do": "decline", "why": "It is all rooms."})
    said = read(parent)
    assert "Sam Senco said no thanks" in said and "It is all rooms." in said


def test_taking_it_back_leaves_that_something_was_said(
    parent: Desk, written: Desk, app: Any, authority_id: uuid.UUID
) -> None:
    say(parent, "comment", "Rather not.")
    remark = f"/remarks/{remarks(app, authority_id)[0].id}"
    assert written.client.submit(remark, {"do": "withdraw"}).status_code == 422
    parent.client.submit(remark, {"do": "withdraw"})
    assert "They took this back." in read(written) and "Rather not." not in read(written)


def test_the_owner_says_that_a_comment_is_dealt_with(
    parent: Desk, written: Desk, app: Any, authority_id: uuid.UUID
) -> None:
    say(parent, "comment", "At home too.")
    written.client.submit(f"/remarks/{remarks(app, authority_id)[0].id}", {"do": "resolve"})
    assert "Sam Senco says this is dealt with" in read(parent)


def test_an_act_that_is_none_is_not_found(parent: Desk, written: Desk, app: Any, authority_id: uuid.UUID) -> None:
    say(parent, "comment", "At home too.")
    remark = f"/remarks/{remarks(app, authority_id)[0].id}"
    assert parent.client.submit(remark, {"do": "delete"}).status_code == 404


def test_nobody_outside_reads_or_says_anything(
    parent: Desk,
    written: Desk,
    somebody: Callable[..., Somebody],
    client_for: Callable[..., PageClient],
    app: Any,
    authority_id: uuid.UUID,
) -> None:
    from models.people import Setting

    say(parent, "comment", "At home too.")
    with app.database.transaction(authority_id) as session:
        other = Setting(id=uuid.uuid4(), name="Other School", kind="school")
        session.add(other)
    remark = f"/remarks/{remarks(app, authority_id)[0].id}"
    outsiders = (somebody("family"), somebody("professional", "senco", other.id), somebody("staff", "caseworker"))
    for client in map(client_for, outsiders):
        for page in (at(written, "said"), at(written, "say/comment"), remark, f"/forms/{written.form_id}/sign"):
            assert client.get(page).status_code == 404, page


def test_nothing_more_after_a_grant_has_ended(parent: Desk, written: Desk, app: Any, authority_id: uuid.UUID) -> None:
    page = at(parent, "say/comment")
    fields = {**fields_of(parent.client.get(page).text), "words": "Too late."}
    with app.database.transaction(authority_id) as session:
        session.execute(update(Grant).where(Grant.person_id == parent.who.person_id).values(until_at=clock.now()))
    assert parent.client.post(page, data=fields).status_code == 404
    assert remarks(app, authority_id) == []


def test_the_other_parent_is_nowhere_by_name_or_as_a_parent(
    parent: Desk, written: Desk, somebody: Callable[..., Somebody], invite: Any, desk: Any
) -> None:
    who = somebody("family", name="Quentin Other")
    invite(written, who)
    say(desk(who, written.form_id), "comment", "I see it too.")
    pages = [read(parent), parent.client.get(at(parent, "say/question")).text]
    pages += [parent.client.get(f"/forms/{parent.form_id}/{page}").text for page in ("check", "print")]
    for page in pages:
        assert "Quentin" not in page and "nother parent" not in page
    assert "Somebody who takes part said" in pages[0]


def test_a_private_view_has_no_way_in_and_a_shared_one_may_be_asked_about(
    views: Desk, schools_request: Desk, app: Any, authority_id: uuid.UUID
) -> None:
    reader = Desk(schools_request.client, schools_request.who, views.form_id)
    for what in ("said", "say/question", "say/comment"):
        assert reader.client.get(at(reader, what, "vp_great")).status_code == 404
    assert "Say something" not in views.client.get(f"/forms/{views.form_id}/check").text
    views.client.submit(f"/forms/{views.form_id}/share", page=f"/forms/{views.form_id}")
    assert "Ask somebody about this" in reader.client.get(f"/forms/{views.form_id}/check").text
    assert reader.client.get(at(reader, "say/comment", "vp_great")).status_code == 302
    say(reader, "question", "Which song?", "vp_great", asked=str(views.who.person_id))
    remark = f"/remarks/{remarks(app, authority_id)[0].id}"
    assert views.client.submit(remark, {"do": "answer", "words": "All of them."}).status_code == 302
    assert "All of them." in read(reader, "vp_great")


def test_after_sending_all_of_it_is_read_by_the_council_and_nothing_is_added(
    parent: Desk, written: Desk, somebody: Callable[..., Somebody], client_for: Callable[..., PageClient]
) -> None:
    say(parent, "comment", "At home too.")
    page = at(parent, "say/comment")
    fields = {**fields_of(parent.client.get(page).text), "words": "Much too late."}
    fill_school(written)
    assert send(written).status_code == 302
    late = parent.client.post(page, data=fields)
    assert late.status_code == 422 and "has been sent" in late.text and "Much too late." in late.text
    officer = client_for(somebody("staff", "caseworker"))
    for page in ("check", "print"):
        html = officer.get(f"/forms/{written.form_id}/{page}").text
        assert "What people said about this" in html and "At home too." in html and "Priya Parent said" in html
    assert "This form has been sent" in read(parent)


def test_the_pages_ask_the_database_no_more_for_many_remarks(parent: Desk, written: Desk, app: Any) -> None:
    paths = ["", "/page/needs", "/check", "/print", f"/said/{PATH}", f"/say/question/{PATH}", "/sign"]
    say(parent, "comment", "One.")
    say(parent, "suggestion", "Two.")
    say(parent, "question", "Three?", asked=str(written.who.person_id))
    written.client.get("/school/")  # what it has to say of the last act is said, and forgotten
    few = [queries(app, written, path) for path in paths]
    for number in range(6):
        say(parent, "comment", f"Comment {number}.")
        say(parent, "comment", f"Comment {number}.", "na_ci_good")
        say(written, "question", f"Question {number}?", asked=str(parent.who.person_id))
    written.client.get("/school/")
    many = [queries(app, written, path) for path in paths]
    assert all(more <= before for before, more in zip(few, many, strict=True)), (few, many)
