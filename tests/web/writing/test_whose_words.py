"""Whose words are these, and in which language: said once, kept for the sitting, stored with each answer."""

import re
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select, update

from models.people import Person
from models.submissions import Contribution, Submission
from tests.web.conftest import Somebody
from tests.web.writing.conftest import Desk
from tests.web.writing.people import PART, ask, come
from workflow.signing_in import NAMELESS

__all__ = ["ask", "come"]


@pytest.fixture
def texts(app: Any, authority_id: uuid.UUID) -> Callable[[], list[Contribution]]:
    """What stands now, on every form."""

    def look() -> list[Contribution]:
        with app.database.transaction(authority_id) as session:
            found = list(session.scalars(select(Contribution).where(Contribution.state == "current")))
            session.expunge_all()
            return found

    return look


@pytest.fixture
def views(parents_request: Desk, app: Any, authority_id: uuid.UUID, desk: Any) -> Desk:
    """A parent's own views, beside their request."""
    with app.database.transaction(authority_id) as session:
        from workflow import clock
        from workflow.access.actor import Actor
        from workflow.access.relation import relation
        from workflow.coproduction import beginning, kinds

        root = session.get_one(Submission, (authority_id, parents_request.form_id))
        me = Actor("family", parents_request.who.person_id)
        theirs = relation(session, me, root, clock.now())
        form_id = beginning.begin_own(session, me, theirs, root, kinds.PARENTS_VIEWS, now=clock.now()).id
    return desk(parents_request.who, form_id)  # type: ignore[no-any-return]


def say(at: Desk, **chosen: str) -> Any:
    return at.client.submit(f"/forms/{at.form_id}/how", {"whose": "own", "language": "en", **chosen})


def test_until_something_is_said_words_are_ones_own_in_english(views: Desk, texts: Any) -> None:
    views.write("vp_great", vp_great="Kind.")
    text = texts()[0]
    assert (text.mode, text.language, text.author_id == text.entered_by) == ("own", "en", True)
    assert "app-how" not in views.client.get(f"/forms/{views.form_id}/page/vp_great").text


@pytest.mark.parametrize(
    "mode, shown, told",
    [
        ("scribed", "Someone is writing down what you say.", "written down for you"),
        ("observed", "Someone asks you, and writes what they see.", "What somebody saw who asked you"),
        ("believed", "what they think you would say.", "thinks you would say"),
    ],
)
def test_a_mode_is_shown_on_each_page_and_stored_with_each_answer(
    views: Desk, texts: Any, mode: str, shown: str, told: str
) -> None:
    assert say(views, whose=mode).status_code == 302
    assert shown in views.client.get(f"/forms/{views.form_id}/page/vp_great").text
    views.write("vp_great", vp_great="Kind.")
    assert texts()[0].mode == mode
    for path in ("check", "print"):
        assert told in views.client.get(f"/forms/{views.form_id}/{path}").text


def test_what_is_typed_and_saved_by_script_has_the_mode_too(views: Desk, texts: Any) -> None:
    say(views, whose="scribed", language="ar")
    views.autosave({"vp_great": {"value": "هي لطيفة", "base": 0}}, page="vp_great")
    assert (texts()[0].mode, texts()[0].language) == ("scribed", "ar")


def test_another_language_is_shown_beside_the_words_which_run_as_they_should(views: Desk) -> None:
    say(views, language="ar")
    assert "You are writing in Arabic." in views.client.get(f"/forms/{views.form_id}/page/vp_great").text
    views.write("vp_great", vp_great="هي لطيفة")
    for path in ("check", "print"):
        html = views.client.get(f"/forms/{views.form_id}/{path}").text
        assert '<p class="govuk-body said" dir="rtl" lang="ar">هي لطيفة</p>' in html and "(in Arabic)" in html


def test_the_choice_is_of_this_form_alone(views: Desk, parents_request: Desk) -> None:
    say(views, whose="scribed")
    page = next(p.id for p in _pages("ehcna-req-parent"))
    assert "app-how" not in parents_request.client.get(f"/forms/{parents_request.form_id}/page/{page}").text


@pytest.mark.parametrize("chosen", [{"whose": "said:" + str(uuid.uuid4())}, {"whose": "nobody"}, {"language": "xx"}])
def test_only_what_is_offered_can_be_chosen(views: Desk, chosen: dict[str, str]) -> None:
    assert say(views, **chosen).status_code == 422


def test_the_way_back_is_a_page_of_this_form_and_never_elsewhere(views: Desk) -> None:
    at = f"/forms/{views.form_id}"
    for then, back in ((f"{at}/page/vp_great", f"{at}/page/vp_great"), ("//evil.example/", at), (f"{at}/send", at)):
        page = f"{at}/how?then={then}"
        assert views.client.submit(page, {"whose": "own", "language": "en"}, page=page).location == back


def test_a_school_writes_down_what_a_parent_said_only_while_they_take_part(
    schools_request: Desk, invite: Any, somebody: Callable[..., Somebody], texts: Any, desk: Any
) -> None:
    parent = somebody("family", name="Priya Parent")
    said = f"said:{parent.person_id}"
    assert say(schools_request, whose=said).status_code == 422
    invite(schools_request, parent)
    assert say(schools_request, whose=said).status_code == 302
    assert (
        "You are writing down what Priya Parent says."
        in schools_request.client.get(f"/forms/{schools_request.form_id}/page/views").text
    )
    schools_request.write("views", vw_child_q="He told me at the gate.")
    text = texts()[0]
    assert (text.author_id, text.entered_by) == (parent.person_id, schools_request.who.person_id)
    html = desk(parent, schools_request.form_id).client.get(f"/forms/{schools_request.form_id}/page/views").text
    assert re.search(r"You said this, and Sam Senco wrote it down", html)


def test_once_the_parent_is_gone_the_words_are_the_schools_again(
    schools_request: Desk, invite: Any, somebody: Callable[..., Somebody], texts: Any, app: Any, authority_id: uuid.UUID
) -> None:
    from models.access import Grant
    from workflow import clock

    parent = somebody("family")
    invite(schools_request, parent)
    say(schools_request, whose=f"said:{parent.person_id}")
    with app.database.transaction(authority_id) as session:
        session.scalars(select(Grant).where(Grant.person_id == parent.person_id)).one().until_at = clock.now()
    schools_request.write("views", vw_child_q="Ours.")
    assert (texts()[0].mode, texts()[0].author_id) == ("own", schools_request.who.person_id)


def test_who_may_not_write_may_not_say_whose_words(
    views: Desk, somebody: Callable[..., Somebody], client_for: Any
) -> None:
    for who in (somebody("family"), somebody("professional"), somebody("staff", "caseworker")):
        assert client_for(who).get(f"/forms/{views.form_id}/how").status_code == 404


def _pages(form_id: str) -> Any:
    from forms import catalogue

    return catalogue.get(form_id).pages()


def test_what_a_helper_saw_is_the_helpers_and_their_name_goes_no_further_than_it_may(
    schools_request: Desk, invite: Any, somebody: Callable[..., Somebody], desk: Any, ask: Any, come: Any, texts: Any
) -> None:
    parent = somebody("family", name="Priya Parent")
    invite(schools_request, parent)
    at = f"/forms/{schools_request.form_id}"
    begun = desk(parent, schools_request.form_id).client.submit(f"{at}/begin/views-parent", page=at)
    own = desk(parent, uuid.UUID(begun.location.rpartition("/")[2]))
    friend = somebody("family", name="Ines Interpreter")
    come(friend, ask(own, "helper", friend.email, being="interpreter", parts=["every"]))
    helper = desk(friend, own.form_id)
    assert say(helper, whose="scribed", language="pl").status_code == 302
    helper.write("vp_great", vp_great="Jest wesoła.")
    say(helper, whose="observed")
    helper.write("vp_good", vp_good="She drew for an hour.")
    by_path = {text.value: text for text in texts()}
    assert by_path["Jest wesoła."].author_id == parent.person_id
    assert by_path["She drew for an hour."].author_id == friend.person_id
    own.client.submit(f"/forms/{own.form_id}/share", page=f"/forms/{own.form_id}")
    for reader, named in ((own.client, True), (schools_request.client, False)):
        for path in ("check", "print"):
            html = reader.get(f"/forms/{own.form_id}/{path}").text
            assert "(in Polish, interpreted)" in html and 'lang="pl"' in html
            assert ("Ines Interpreter" in html) == named
            assert named or ("written down by somebody who helps" in html and "What Somebody who helps saw" in html)


def test_nobody_writes_for_a_child_who_signs_in_for_themselves(
    parents_request: Desk, app: Any, authority_id: uuid.UUID, somebody: Callable[..., Somebody]
) -> None:
    at = f"/forms/{parents_request.form_id}"
    begun = parents_request.client.submit(f"{at}/begin/aam-secondary", page=at)
    assert parents_request.client.get(f"{begun.location}/hand-over").status_code == 200
    child = somebody("family")
    with app.database.transaction(authority_id) as session:
        form = session.scalars(select(Submission).where(Submission.form_id == "aam-secondary")).one()
        form.owner_id = child.person_id
    assert parents_request.client.get(f"{begun.location}/hand-over").status_code == 404


def test_a_parent_without_a_name_is_called_so_in_the_middle_of_a_sentence(
    parents_request: Desk,
    ask: Any,
    come: Any,
    somebody: Callable[..., Somebody],
    desk: Any,
    app: Any,
    authority_id: Any,
) -> None:
    with app.database.transaction(authority_id) as session:
        session.execute(
            update(Person).where(Person.id == parents_request.who.person_id).values(name=NAMELESS["parent"])
        )
    friend = somebody("family", name="Hana Helper")
    come(friend, ask(parents_request, "helper", friend.email, being="friend", parts=[PART], writes="write"))
    shown = desk(friend, parents_request.form_id).client.get(f"/forms/{parents_request.form_id}/how").text
    assert "I asked a parent or carer and wrote what I saw" in shown
    assert "A parent or carer said it and I wrote it down" in shown
