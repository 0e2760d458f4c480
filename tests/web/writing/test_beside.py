"""Forms begun beside another: each person's own views, All About Me by age, and a young person's own request."""

import re
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select

from models.access import Post
from models.cases import Case
from models.people import Child, Person
from models.submissions import Submission
from tests.web.conftest import PageClient, Somebody
from tests.web.writing.conftest import Desk
from tests.web.writing.test_together import parent
from web.application import Coproduce
from workflow import clock

__all__ = ["parent"]


def offered(at: Desk) -> list[str]:
    """The forms that a form's page offers to begin, in order."""
    return re.findall(r"/begin/([a-z0-9-]+)\"", at.client.get(f"/forms/{at.form_id}").text)


def begin(at: Desk, form_id: str) -> str:
    here = f"/forms/{at.form_id}"
    shown_on = here if at.client.get(here).status_code == 200 else f"{here}/sent"
    return str(at.client.submit(f"{here}/begin/{form_id}", page=shown_on).location)


def desk_at(of: Desk, where: str) -> Desk:
    return Desk(of.client, of.who, uuid.UUID(where.rsplit("/", 1)[-1]))


def say_born(at: Desk, year: int, page: str = "ch_dob") -> None:
    at.write(page, **{"ch_dob-day": "5", "ch_dob-month": "3", "ch_dob-year": str(year)})


@pytest.mark.parametrize(
    "years, form_id", [(2, "aam-early"), (8, "aam-primary"), (13, "aam-secondary"), (18, "aam-16plus")]
)
def test_the_about_me_for_the_age_is_offered_first_and_any_other_can_be_chosen(
    parents_request: Desk, years: int, form_id: str
) -> None:
    say_born(parents_request, clock.now().year - years - 1)
    about_me = [each for each in offered(parents_request) if each.startswith("aam-")]
    assert about_me[0] == form_id
    assert set(about_me) == {"aam-early", "aam-primary", "aam-secondary", "aam-16plus"}


def test_one_about_me_is_enough(parents_request: Desk) -> None:
    begin(parents_request, "aam-secondary")
    assert [each for each in offered(parents_request) if each.startswith("aam-")] == []


def test_the_early_about_me_is_written_by_somebody_who_knows_the_child(parents_request: Desk) -> None:
    own = desk_at(parents_request, begin(parents_request, "aam-early"))
    own.write("ae_called", ae_called="Bean")
    html = own.client.get(f"/forms/{own.form_id}").text
    assert "Hand over to the child" not in html and "Share" in html


@pytest.mark.parametrize("form_id", ["aam-secondary", "aam-16plus"])
def test_every_childs_form_can_be_handed_over_and_finished(
    parents_request: Desk, form_id: str, app: Coproduce, authority_id: uuid.UUID
) -> None:
    where = begin(parents_request, form_id)
    client, own = parents_request.client, where.rsplit("/", 1)[-1]
    client.submit(f"/child/{own}/hand-over", {"pin": "2580", "again": "2580"})
    client.submit(f"/child/{own}/finish")
    assert "Thank you" in client.get(f"/child/{own}/finish").text
    with app.database.transaction(authority_id) as session:
        assert session.get_one(Submission, (authority_id, uuid.UUID(own))).state == "shared"


def test_a_parent_begins_their_own_views_beside_their_request(parents_request: Desk) -> None:
    own = desk_at(parents_request, begin(parents_request, "views-parent"))
    assert own.write("vp_good", vp_good="Numbers").status_code == 302


def test_staff_write_their_own_views_beside_the_schools_form(
    schools_request: Desk, school: uuid.UUID, somebody: Callable[..., Somebody], client_for: Any
) -> None:
    own = desk_at(schools_request, begin(schools_request, "views-education"))
    page = own.page("about")
    assert own.post("about", {**page, "ve_role": "Class teacher, every day"}).status_code == 302
    head = Desk(client_for(somebody("professional", "head", school)), schools_request.who, own.form_id)
    assert head.client.get(f"/forms/{own.form_id}").status_code == 404, "private until it is shared"
    own.client.submit(f"/forms/{own.form_id}/share", page=f"/forms/{own.form_id}")
    assert "every day" in head.client.get(f"/forms/{own.form_id}/check").text


def test_staff_who_have_left_read_their_own_views_no_more(
    schools_request: Desk, app: Coproduce, authority_id: uuid.UUID
) -> None:
    own = desk_at(schools_request, begin(schools_request, "views-education"))
    with app.database.transaction(authority_id) as session:
        post = session.scalars(select(Post).where(Post.person_id == own.who.person_id)).one()
        post.until_on = post.from_on
    assert own.client.get(f"/forms/{own.form_id}").status_code == 404


def test_a_family_is_not_offered_what_staff_write(parent: Desk, schools_request: Desk) -> None:
    assert "views-education" not in offered(parent) and "views-education" in offered(schools_request)
    here = f"/forms/{parent.form_id}"
    assert parent.client.submit(f"{here}/begin/views-education", page=here).status_code == 404


@pytest.fixture
def own_request(somebody: Callable[..., Somebody], client_for: Callable[..., PageClient]) -> Desk:
    """A young person who asks for themself."""
    young = somebody("family", name="Jo Example")
    client = client_for(young)
    token = re.findall(r'name="token" value="([^"]+)"', client.get("/ask").text)[1]
    begun = client.submit("/ask", {"token": token, "asking": "self"})
    return desk_at(Desk(client, young, uuid.uuid4()), str(begun.location))


def test_a_young_person_asks_for_themself_and_is_the_child_on_record(
    own_request: Desk, app: Coproduce, authority_id: uuid.UUID
) -> None:
    at = own_request
    at.write("yq_ask", yq_ask=["yes"])
    at.write("yq_self", yq_self="me")
    at.write("ch_first", ch_first="Jo", ch_last="Example")
    say_born(at, clock.now().year - 18)
    at.write("de_name", de_name="Jo Example", de_role="yp")
    sent = at.client.submit(f"/forms/{at.form_id}/send")
    assert sent.status_code == 302, sent.text
    assert "6 weeks" in at.client.get(f"/forms/{at.form_id}/sent").text
    with app.database.transaction(authority_id) as session:
        child = session.scalars(select(Child).join(Case, Case.child_id == Child.id)).one()
        assert child.person_id == at.who.person_id


def test_a_young_person_writes_all_about_me_on_their_own_screen(own_request: Desk) -> None:
    say_born(own_request, clock.now().year - 18)
    own = desk_at(own_request, begin(own_request, "aam-16plus"))
    assert own.write("ax_good", ax_good="Bikes").status_code == 302
    assert "Hand over" not in own.client.get(f"/forms/{own.form_id}").text


def test_a_young_person_is_not_asked_for_a_parents_views(own_request: Desk) -> None:
    assert "views-parent" not in offered(own_request)


@pytest.mark.parametrize(("asking", "called"), [("self", "The young person"), ("child", "A parent or carer")])
def test_whoever_asks_without_an_account_is_called_what_they_are(
    asking: str, called: str, client_for: Callable[..., PageClient], app: Coproduce, authority_id: uuid.UUID
) -> None:
    client = client_for(None)
    token = re.findall(r'name="token" value="([^"]+)"', client.get("/ask").text)[asking == "self"]
    begun = client.submit("/ask", {"token": token, "asking": asking}, page="/ask")
    with app.database.transaction(authority_id) as session:
        form = session.scalars(select(Submission).where(Submission.id == str(begun.location).split("/")[2])).one()
        assert session.get_one(Person, (authority_id, form.owner_id)).name == called
