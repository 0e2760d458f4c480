"""Tell us once: what was said before is offered with its giver, taken by a person, and goes no further than allowed."""

import re
import uuid
from typing import Any

import pytest
from sqlalchemy import select

from forms.definition import question
from models.people import Child, Fact
from models.submissions import Answer, Contribution, Submission
from tests.web.writing.conftest import Desk
from tests.web.writing.test_beside import begin, desk_at
from tests.web.writing.test_sending import fill, send
from tests.web.writing.test_together import parent, views
from web.application import Coproduce
from workflow import clock
from workflow.access.relation import WRITE
from workflow.coproduction.contributions import Writer
from workflow.coproduction.taking import take as take_offer
from workflow.queries.offers import offers
from workflow.queries.writing import open_form

__all__ = ["parent", "views"]


def offered(at: Desk, page: str) -> str | None:
    """The first offer on a page, as its button would send it."""
    found = re.search(r'name="take" value="([^"]+)"', at.client.get(f"/forms/{at.form_id}/page/{page}").text)
    return found[1] if found else None


def take(at: Desk, page: str, **typed: Any) -> Any:
    return at.post(page, {**at.page(page), **typed, "take": offered(at, page)})


@pytest.fixture
def own_views(parents_request: Desk) -> Desk:
    """A parent's views beside the request they sent."""
    parents_request.write("pq_hard", pq_hard="Reading")
    fill(parents_request)
    send(parents_request)
    return desk_at(parents_request, begin(parents_request, "views-parent"))


def test_what_a_parent_said_on_one_form_is_offered_on_the_next(own_views: Desk, values: Any) -> None:
    html = own_views.client.get(f"/forms/{own_views.form_id}/page/pr").text
    assert "You told us this" in html and "Asha Iqbal" in html
    assert values(own_views) == {}, "an offer is never a silent copy"


def test_people_are_asked_to_check_what_is_known_only_where_something_is(own_views: Desk) -> None:
    shown = {page: own_views.client.get(f"/forms/{own_views.form_id}/page/{page}").text for page in ("pr", "ac_how")}
    check = "Check what we already know"
    assert (check in shown["pr"], check in shown["ac_how"]) == (True, False)
    own_views.write("ac_how", ac_how=["talking"])
    assert check in own_views.client.get(f"/forms/{own_views.form_id}/page/ac_how").text


def test_views_beside_a_request_do_not_ask_what_they_are_for(own_views: Desk) -> None:
    at = f"/forms/{own_views.form_id}"
    assert "/page/vp_alone" in own_views.client.get(at).text
    assert "What is this for?" not in own_views.client.get(f"{at}/check").text


def test_taking_an_offer_of_rows_writes_each_row_once(own_views: Desk, values: Any) -> None:
    page = {**own_views.page("pr"), "take": offered(own_views, "pr")}
    assert own_views.post("pr", page).status_code == 302
    own_views.post("pr", {**own_views.page("pr"), "take": page["take"]})
    said = values(own_views)
    (row,) = said["pr[]"]
    assert said[f"pr[{row}].name"] == "Asha Iqbal"


def test_taking_an_offer_twice_at_once_writes_its_rows_once(
    own_views: Desk, values: Any, app: Coproduce, authority_id: uuid.UUID, acting: Any
) -> None:
    actor = acting(own_views.who)
    with app.database.transaction(authority_id) as session:
        desk = open_form(session, actor, own_views.form_id, WRITE, clock.now())
        (offer,) = offers(session, desk, [question(desk.form, "pr[]")], clock.now()).values()
        for _ in range(2):  # the second was looked up before the first was written
            writer = Writer(actor.person, actor.person)
            take_offer(session, desk.submission, desk.form, desk.theirs, writer, offer, now=clock.now())
    assert len(values(own_views)["pr[]"]) == 1


def test_where_taken_words_came_from_is_kept(own_views: Desk, app: Coproduce, authority_id: uuid.UUID) -> None:
    take(own_views, "pr")
    with app.database.transaction(authority_id) as session:
        kept = session.scalars(
            select(Contribution)
            .join(Answer, Answer.id == Contribution.answer_id)
            .where(Answer.submission_id == own_views.form_id, Answer.path.endswith(".name"))
        ).one()
        assert (kept.taken_from or "").startswith("words:")


def test_what_was_typed_beside_an_offer_is_kept_when_it_is_taken(schools_request: Desk, values: Any) -> None:
    take(schools_request, "request", rq_why_now="It has got harder")
    said = values(schools_request)
    assert said["rq_why_now"] == "It has got harder" and said["rq_by"]["name"] == "Sam Senco"


def test_an_offer_that_is_not_there_writes_nothing(own_views: Desk, values: Any) -> None:
    own_views.post("pr", {**own_views.page("pr"), "take": f"pr[]|words:{uuid.uuid4()}"})
    assert values(own_views).get("pr[]") in (None, [])


def test_a_private_view_is_offered_to_nobody_else(views: Desk, schools_request: Desk) -> None:
    row = views.page("pr")["pr[]"][0]
    views.post("pr", {**views.page("pr"), f"pr[{row}].name": "Asha Iqbal", f"pr[{row}].phone": "01632 960001"})
    html = schools_request.client.get(f"/forms/{schools_request.form_id}/page/people").text
    assert "01632 960001" not in html


def test_shared_words_about_oneself_are_not_offered_to_the_school(views: Desk, schools_request: Desk) -> None:
    row = views.page("pr")["pr[]"][0]
    views.post("pr", {**views.page("pr"), f"pr[{row}].name": "Asha Iqbal", f"pr[{row}].phone": "01632 960001"})
    views.client.submit(f"/forms/{views.form_id}/share", page=f"/forms/{views.form_id}")
    for page in ("child", "people"):
        assert "01632 960001" not in schools_request.client.get(f"/forms/{schools_request.form_id}/page/{page}").text


def test_a_childs_words_are_not_offered_where_more_people_would_read_them(
    parents_request: Desk, app: Coproduce, authority_id: uuid.UUID
) -> None:
    where = begin(parents_request, "aam-primary")
    client, own = parents_request.client, uuid.UUID(where.rsplit("/", 1)[-1])
    client.submit(f"/child/{own}/hand-over", {"pin": "2580", "again": "2580"})
    from tests.web.child.test_handing_over import answer

    answer(client, own, "ap_who_sees", ap_who_sees=["family"])
    answer(client, own, "ap_called", ap_called="Bean")
    client.submit(f"/child/{own}/finish")
    client.submit(f"/child/{own}/leave", {"pin": "2580"}, page=f"/child/{own}/stop")
    early = desk_at(parents_request, begin(parents_request, "aam-early"))
    assert offered(early, "ae_called") is None


def test_another_account_of_the_record_is_a_proposal_until_it_is_settled(
    own_views: Desk, app: Coproduce, authority_id: uuid.UUID
) -> None:
    from datetime import date

    from workflow import clock
    from workflow.cases import opening

    with app.database.transaction(authority_id) as session:
        form = session.get_one(Submission, (authority_id, own_views.form_id))
        child = session.get_one(Child, (authority_id, form.child_id))
        said = {"ch_gp": "Hill Surgery"}
        given = {"said_on": date(2026, 5, 1), "now": clock.now()}
        opening.remember(session, child, form, said, own_views.who.person_id, "parent", **given)  # type: ignore[arg-type]
        session.flush()
        opening.remember(session, child, form, {"ch_gp": "Low Surgery"}, child.person_id, "senco", **given)  # type: ignore[arg-type]
        session.flush()
        opening.remember(session, child, form, {"ch_gp": "New Surgery"}, own_views.who.person_id, "parent", **given)  # type: ignore[arg-type]
        session.flush()
        facts = session.scalars(select(Fact).where(Fact.key == "ch_gp").order_by(Fact.id)).all()
        standing = {f.value: (f.superseded_at is None, f.proposed) for f in facts}
    assert standing == {
        "Hill Surgery": (False, False),
        "Low Surgery": (True, True),
        "New Surgery": (True, False),
    }
