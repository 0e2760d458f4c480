"""The people on a form: asked, let in as far as somebody chose, and stopped again."""

import re
import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from forms import catalogue
from models.access import Account, Grant, Invitation, Post
from models.cases import Event, Note
from models.outbox import Message
from models.submissions import Contribution, Submission
from tests.web.conftest import PageClient, Somebody
from tests.web.writing.conftest import Desk, fields_of
from workflow import clock, signing_in

PART = next(
    section.id
    for section in catalogue.get("ehcna-req-parent").sections
    if any(asked.type == "area" and asked.when is None for asked in section.questions)
)


@pytest.fixture
def ask(app: Any, authority_id: uuid.UUID) -> Callable[..., uuid.UUID]:
    """Ask somebody from the page of a form. Returns the invitation's id; its three words are in `ask.words`."""

    def from_page(at: Desk, kind: str, email: str, **chosen: Any) -> uuid.UUID:
        page = f"/forms/{at.form_id}/invite/{kind}"
        sent = at.client.post(
            page, data={**fields_of(at.client.get(page).text), "email": email, "again": email, **chosen}
        )
        assert sent.status_code == 302, sent.text
        shown = at.client.get(sent.location).text
        from_page.words = re.search(r'govuk-panel__title">(\w+ \w+ \w+)<', shown)[1]  # type: ignore[attr-defined, index]
        with app.database.transaction(authority_id) as session:
            return session.scalars(select(Invitation.id).order_by(Invitation.invited_at.desc())).first()  # type: ignore[return-value]

    return from_page


@pytest.fixture
def come(ask: Any, client_for: Callable[..., PageClient]) -> Callable[[Somebody, uuid.UUID], uuid.UUID]:
    """Accept as the page does. Returns the form where they begin."""

    def accept(who: Somebody, invitation: uuid.UUID) -> uuid.UUID:
        done = client_for(who).submit(f"/invitations/{invitation}/accept", {"words": ask.words})
        assert done.status_code == 302, done.text
        return uuid.UUID(done.location.rpartition("/")[2])

    return accept


@pytest.fixture
def helper(parents_request: Desk, ask: Any, come: Any, somebody: Callable[..., Somebody], desk: Any) -> Desk:
    """A friend who helps a parent with the first part of their request."""
    friend = somebody("family", name="Hana Helper")
    made = ask(parents_request, "helper", friend.email, being="friend", parts=[PART], writes="write")
    return desk(friend, come(friend, made))  # type: ignore[no-any-return]


def test_a_helper_opens_the_parts_that_were_chosen_and_no_others(parents_request: Desk, helper: Desk) -> None:
    assert helper.form_id == parents_request.form_id
    inside, _ = _area(helper, only=PART)
    elsewhere, _ = _area(helper, but=PART)
    assert helper.client.get(f"/forms/{helper.form_id}/page/{inside}").status_code == 200
    assert helper.client.get(f"/forms/{helper.form_id}/page/{elsewhere}").location.endswith("/check")


def test_a_helper_reads_nothing_of_the_other_parts(parents_request: Desk, helper: Desk) -> None:
    page, area = _area(helper, but=PART)
    parents_request.write(page, **{area: "NOT FOR HELPERS"})
    for path in ("", "/check", "/print", f"/history/{area}", "/people"):
        assert "NOT FOR HELPERS" not in helper.client.get(f"/forms/{helper.form_id}{path}").text, path


def test_what_a_helper_writes_down_is_the_parents_words_by_their_hand(
    parents_request: Desk, helper: Desk, app: Any, authority_id: uuid.UUID
) -> None:
    page, area = _area(helper, only=PART)
    assert (
        "You are writing down what Asha Iqbal says." in helper.client.get(f"/forms/{helper.form_id}/page/{page}").text
    )
    helper.write(page, **{area: "She said so."})
    with app.database.transaction(authority_id) as session:
        text = session.scalars(select(Contribution).where(Contribution.state == "current")).one()
        assert (text.author_id, text.entered_by) == (parents_request.who.person_id, helper.who.person_id)
        assert text.mode == "scribed"
    html = parents_request.client.get(f"/forms/{helper.form_id}/check").text
    assert "written down by Hana Helper" in html


def test_a_helper_neither_sends_nor_shares_nor_asks_nor_deletes(helper: Desk) -> None:
    token = {"csrf_token": helper.client.token(f"/forms/{helper.form_id}/how")}
    for path in ("send", "share", "invite/helper", "delete"):
        assert helper.client.post(f"/forms/{helper.form_id}/{path}", data=token).status_code == 404, path
    assert helper.client.get(f"/forms/{helper.form_id}/invite/helper").status_code == 404


def test_a_helper_is_stopped_at_once_and_their_words_stay(
    parents_request: Desk, helper: Desk, app: Any, authority_id: uuid.UUID
) -> None:
    page, area = _area(helper, only=PART)
    helper.write(page, **{area: "Kept."})
    people = f"/forms/{helper.form_id}/people"
    html = parents_request.client.get(people).text
    assert "Hana Helper" in html and "A friend" in html
    stop = re.search(rf'href="({people}/[0-9a-f-]+/stop)"', html)[1]  # type: ignore[index]
    assert "Stop this person taking part?" in parents_request.client.get(stop).text
    assert parents_request.client.submit(stop).status_code == 302
    assert helper.client.get(f"/forms/{helper.form_id}").status_code == 404
    assert "Kept." in parents_request.client.get(f"/forms/{helper.form_id}/check").text
    with app.database.transaction(authority_id) as session:
        event = session.scalars(select(Event).where(Event.act == "stop_access")).one()
        assert event.facts["person"] == str(helper.who.person_id)


def test_a_helpers_part_is_over_once_the_form_is_sent(helper: Desk, app: Any, authority_id: uuid.UUID) -> None:
    with app.database.transaction(authority_id) as session:
        session.get_one(Submission, (authority_id, helper.form_id)).state = "sent"
    assert helper.client.get(f"/forms/{helper.form_id}/check").status_code == 404


def test_a_helpers_part_is_over_on_the_day_that_was_chosen(
    parents_request: Desk, ask: Any, come: Any, somebody: Callable[..., Somebody], app: Any, authority_id: uuid.UUID
) -> None:
    friend, day = somebody("family"), clock.london_day(clock.now()) + timedelta(days=3)
    typed = {f"until-{part}": str(getattr(day, part)) for part in ("day", "month", "year")}
    come(friend, ask(parents_request, "helper", friend.email, being="advocate", parts=[PART], **typed))
    with app.database.transaction(authority_id) as session:
        grant = session.scalars(select(Grant).where(Grant.person_id == friend.person_id)).one()
        assert grant.until_at is not None
        assert clock.london_day(grant.until_at - timedelta(seconds=1)) == day


def test_every_part_can_be_opened_at_once(
    parents_request: Desk, ask: Any, come: Any, somebody: Callable[..., Somebody], desk: Any
) -> None:
    friend = somebody("family")
    form_id = come(friend, ask(parents_request, "helper", friend.email, being="relative", parts=["every"]))
    helper = desk(friend, form_id)
    for page in (_area(helper, only=PART)[0], _area(helper, but=PART)[0]):
        assert helper.client.get(f"/forms/{form_id}/page/{page}").status_code == 200


@pytest.mark.parametrize(
    "chosen, said",
    [
        ({"being": "friend"}, "Choose the parts they may see."),
        ({"parts": [PART]}, "Choose who they are."),
        ({"being": "friend", "parts": ["no-such-part"]}, "Choose the parts they may see."),
        (
            {"being": "friend", "parts": ["ask"], "until-day": "1", "until-month": "1", "until-year": "2020"},
            "still to come",
        ),
    ],
)
def test_who_a_helper_is_and_what_they_may_see_is_asked(
    parents_request: Desk, chosen: dict[str, Any], said: str
) -> None:
    page = f"/forms/{parents_request.form_id}/invite/helper"
    form = fields_of(parents_request.client.get(page).text)
    address = {"email": "hana@example.org", "again": "hana@example.org"}
    response = parents_request.client.post(page, data={**form, **address, **chosen})
    assert response.status_code == 422 and said in response.text


def test_ones_own_address_is_not_anothers(parents_request: Desk) -> None:
    mine = {"email": parents_request.who.email, "again": parents_request.who.email}
    response = parents_request.client.submit(f"/forms/{parents_request.form_id}/invite/parent", mine)
    assert response.status_code == 422 and "your own address" in response.text


def test_an_invitation_is_sent_again_with_new_words_and_taken_back(
    parents_request: Desk,
    ask: Any,
    somebody: Callable[..., Somebody],
    client_for: Any,
    app: Any,
    authority_id: uuid.UUID,
) -> None:
    other = somebody("family")
    first = ask(parents_request, "parent", other.email)
    people = f"/forms/{parents_request.form_id}/people"
    html = parents_request.client.get(people).text
    assert other.email in html
    again = re.search(rf'action="({people}/[0-9a-f-]+/again)"', html)[1]  # type: ignore[index]
    sent = parents_request.client.submit(again, page=people)
    assert re.search(r'govuk-panel__title">\w+ \w+ \w+<', parents_request.client.get(sent.location).text)
    assert client_for(other).get(f"/invitations/{first}/accept").status_code == 404
    html = parents_request.client.get(people).text
    back = re.findall(rf'action="({people}/[0-9a-f-]+/take-back)"', html)
    assert len(back) == 1
    parents_request.client.submit(back[0], page=people)
    assert "not here yet" not in parents_request.client.get(people).text
    with app.database.transaction(authority_id) as session:
        acts = list(session.scalars(select(Event.act).order_by(Event.seq)))
        assert acts == ["invite_to_form", "invite_to_form", "take_back_invitation"]


def test_the_mail_of_an_invitation_names_nobody(
    parents_request: Desk, ask: Any, app: Any, authority_id: uuid.UUID
) -> None:
    ask(parents_request, "parent", "mum@example.org")
    with app.database.transaction(authority_id) as session:
        message = session.scalars(select(Message).where(Message.template == "invitation")).one()
        assert message.words == {} and message.link_to.startswith("invitation:")


def test_the_other_parent_writes_their_own_and_knows_nothing_of_the_first(
    parents_request: Desk, ask: Any, come: Any, somebody: Callable[..., Somebody], client_for: Any
) -> None:
    other = somebody("family", name="Quentin Other")
    own = come(other, ask(parents_request, "parent", other.email))
    client = client_for(other)
    assert own != parents_request.form_id
    assert client.get(f"/forms/{own}").status_code == 200
    assert client.get(f"/forms/{parents_request.form_id}").status_code == 404
    assert "Asha" not in client.get(f"/forms/{own}/people").text
    # Nor is the first told the other's name, nor may they end their part.
    html = parents_request.client.get(f"/forms/{parents_request.form_id}/people").text
    assert "A parent or carer" in html and "Quentin" not in html and "/stop" not in html
    assert parents_request.client.get(f"/forms/{own}").status_code == 404


def test_a_parent_beside_a_schools_form_asks_the_other_parent_to_it(
    schools_request: Desk,
    invite: Any,
    ask: Any,
    come: Any,
    somebody: Callable[..., Somebody],
    desk: Any,
    client_for: Any,
) -> None:
    mine, other = somebody("family", name="Priya Parent"), somebody("family", name="Quentin Other")
    invite(schools_request, mine)
    parent = desk(mine, schools_request.form_id)
    begun = parent.client.submit(f"/forms/{parent.form_id}/begin/views-parent", page=f"/forms/{parent.form_id}")
    views = desk(mine, uuid.UUID(begun.location.rpartition("/")[2]))
    own = come(other, ask(views, "parent", other.email))
    assert own not in (views.form_id, schools_request.form_id)
    client = client_for(other)
    assert client.get(f"/forms/{schools_request.form_id}").status_code == 200
    assert client.get(f"/forms/{views.form_id}").status_code == 404
    for client_of, stranger in ((client, "Priya"), (parent.client, "Quentin")):
        html = client_of.get(f"/forms/{schools_request.form_id}/people").text
        assert "A parent or carer" in html and stranger not in html and "/stop" not in html


def test_one_parent_cannot_end_the_others_part_and_a_school_must_say_why(
    schools_request: Desk, invite: Any, somebody: Callable[..., Somebody], desk: Any, app: Any, authority_id: uuid.UUID
) -> None:
    first, second = somebody("family"), somebody("family")
    invite(schools_request, first)
    invite(schools_request, second)
    with app.database.transaction(authority_id) as session:
        grant = session.scalars(select(Grant.id).where(Grant.person_id == second.person_id)).one()
    stop = f"/forms/{schools_request.form_id}/people/{grant}/stop"
    parent = desk(first, schools_request.form_id)
    assert parent.client.get(stop).status_code == 404
    token = {"csrf_token": parent.client.token(f"/forms/{schools_request.form_id}/how"), "reason": "Because."}
    assert parent.client.post(stop, data=token).status_code == 404
    refused = schools_request.client.submit(stop)
    assert refused.status_code == 422 and "Say why" in refused.text
    assert schools_request.client.submit(stop, {"reason": "A court order came."}).status_code == 302
    assert desk(second, parent.form_id).client.get(f"/forms/{parent.form_id}").status_code == 404
    with app.database.transaction(authority_id) as session:
        assert session.scalars(select(Note.words).where(Note.kind == "why")).one() == "A court order came."


def test_a_teacher_without_a_post_writes_a_form_of_their_own_for_as_long_as_they_are_let_in(
    schools_request: Desk,
    ask: Any,
    come: Any,
    somebody: Callable[..., Somebody],
    desk: Any,
    app: Any,
    authority_id: uuid.UUID,
) -> None:
    teacher = somebody("professional", name="Tom Teacher")
    own = desk(teacher, come(teacher, ask(schools_request, "teacher", teacher.email)))
    assert own.client.get(f"/forms/{own.form_id}").status_code == 200
    assert own.client.get(f"/forms/{own.form_id}/page/{_form(own).pages()[0].id}").status_code == 200
    assert schools_request.client.get(f"/forms/{own.form_id}").status_code == 404  # private until shared
    with app.database.transaction(authority_id) as session:
        form = session.get_one(Submission, (authority_id, own.form_id))
        assert form.form_id == "views-education" and form.owner_id == teacher.person_id
        session.scalars(select(Grant).where(Grant.person_id == teacher.person_id)).one().until_at = clock.now()
    assert own.client.get(f"/forms/{own.form_id}").status_code == 404


def test_another_professional_reads_the_chosen_parts_and_writes_none(
    schools_request: Desk, ask: Any, come: Any, somebody: Callable[..., Somebody], desk: Any
) -> None:
    schools_request.write("request", rq_why_now="PART ONE")
    schools_request.write("views", vw_child_q="PART TWO")
    ep = somebody("professional", name="Eve Psychologist")
    part = next(p.section.id for p in _form(schools_request).pages() if p.id == "request")
    made = ask(schools_request, "professional", ep.email, being="ep", parts=[part])
    reader = desk(ep, come(ep, made))
    html = reader.client.get(f"/forms/{reader.form_id}/check").text
    assert "PART ONE" in html and "PART TWO" not in html
    assert reader.client.get(f"/forms/{reader.form_id}/page/request").location.endswith("/check")
    assert (
        reader.client.post(f"/forms/{reader.form_id}/page/request", data={"csrf_token": _token(reader)}).status_code
        == 404
    )


def test_a_teachers_part_has_an_end_and_opens_nothing_that_was_not_chosen(
    schools_request: Desk, ask: Any, come: Any, somebody: Callable[..., Somebody], app: Any, authority_id: uuid.UUID
) -> None:
    teacher = somebody("professional")
    come(teacher, ask(schools_request, "teacher", teacher.email))
    with app.database.transaction(authority_id) as session:
        grant = session.scalars(select(Grant).where(Grant.person_id == teacher.person_id)).one()
        assert grant.sections == [] and grant.until_at is not None


def test_a_young_person_is_asked_by_age_and_reads_their_own(
    parents_request: Desk,
    ask: Any,
    come: Any,
    somebody: Callable[..., Somebody],
    desk: Any,
    app: Any,
    authority_id: uuid.UUID,
) -> None:
    today = clock.london_day(clock.now())
    address = {"email": "kid@example.org", "again": "kid@example.org"}
    page = f"/forms/{parents_request.form_id}/invite/young"
    assert "date of birth" in parents_request.client.submit(page, address).text
    _born(parents_request, today.year - 6)
    assert "hand over the screen" in parents_request.client.submit(page, address).text
    _born(parents_request, today.year - 14)
    child = somebody("family", name="Kit")
    own = desk(child, come(child, ask(parents_request, "young", child.email)))
    assert own.client.get(f"/forms/{own.form_id}").status_code == 200
    assert own.client.get(f"/forms/{parents_request.form_id}").status_code == 404
    assert parents_request.client.get(f"/forms/{own.form_id}").status_code == 404
    with app.database.transaction(authority_id) as session:
        assert session.get_one(Submission, (authority_id, own.form_id)).form_id == "aam-secondary"


def test_a_new_senco_goes_on_with_the_old_ones_draft_and_the_old_one_no_longer_can(
    schools_request: Desk,
    school: uuid.UUID,
    somebody: Callable[..., Somebody],
    desk: Any,
    app: Any,
    authority_id: uuid.UUID,
) -> None:
    schools_request.write("views", vw_child_q="Old words.")
    with app.database.transaction(authority_id) as session:
        post = session.scalars(select(Post).where(Post.person_id == schools_request.who.person_id)).one()
        post.until_on = clock.london_day(clock.now()) - timedelta(days=1)
    new = desk(somebody("professional", "senco", school, name="Nia New"), schools_request.form_id)
    assert "Sam Senco wrote this" in new.client.get(f"/forms/{new.form_id}/page/views").text
    new.write("views", vw_child_q="New words.")
    history = new.client.get(f"/forms/{new.form_id}/history/vw_child_q").text
    assert "Sam Senco wrote" in history and "Old words." in history and "You wrote" in history
    for path in ("", "/page/views", "/people", "/check"):
        assert schools_request.client.get(f"/forms/{new.form_id}{path}").status_code == 404, path


def test_an_invitation_to_a_professional_opens_a_professional_account_behind_the_same_page(
    schools_request: Desk, ask: Any, client_for: Any, app: Any, authority_id: uuid.UUID
) -> None:
    made = ask(schools_request, "teacher", "tom@school.example")
    there, nowhere = client_for(None), client_for(None)
    pages = [each.get(f"/invitations/{key}").text for each, key in ((there, made), (nowhere, uuid.uuid4()))]
    tokens = [re.sub(r'value="[^"]+"|nonce="[^"]+"', "", page) for page in pages]
    assert tokens[0].replace(str(made), "") == re.sub(r"[0-9a-f-]{36}", "", tokens[1]).replace(str(made), "")
    with app.database.transaction(authority_id) as session:
        account = signing_in.open_account(session, "Tom", "tom@school.example", "professional", now=clock.now())
        assert session.get_one(Account, (authority_id, account.id)).kind == "professional"


def _token(at: Desk) -> str:
    return re.search(r'name="csrf_token" value="([^"]+)"', at.client.get(f"/forms/{at.form_id}/print").text)[1]  # type: ignore[index]


def _form(at: Desk) -> Any:
    title = re.search(r"Form ([a-z0-9-]+), version", at.client.get(f"/forms/{at.form_id}/print").text)
    assert title
    return catalogue.get(title[1])


def _area(at: Desk, *, only: str = "", but: str = "") -> tuple[str, str]:
    """A page and its first long text, in or outside a part."""
    for page in _form(at).pages():
        for asked in page.questions:
            here = page.section.id == only if only else page.section.id != but
            if asked.type == "area" and asked.when is None and page.section.when is None and here:
                return page.id, asked.id
    raise AssertionError("no long text")


def _born(at: Desk, year: int) -> None:
    page = next(p for p in _form(at).pages() if any(q.id == "ch_dob" for q in p.questions))
    fields = at.page(page.id)
    at.post(page.id, {**fields, "ch_dob-day": "1", "ch_dob-month": "10", "ch_dob-year": str(year)})
