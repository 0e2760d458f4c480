"""Settings consulted on a plan: the council's pages, and the setting's own."""

import re
import uuid
from datetime import timedelta

import pytest
from sqlalchemy import select

from models.advice import Consultation
from models.cases import Notice, Process
from models.people import Setting
from models.submissions import Submission
from tests.web.conftest import PageClient
from tests.web.council.conftest import Made
from tests.web.council.test_triage import day
from workflow import clock
from workflow.access.actor import Actor
from workflow.access.relation import relation
from workflow.cases import consulting, plans
from workflow.clock import london_day


@pytest.fixture
def asks(served: Made) -> PageClient:
    return served.office.as_("caseworker")


def send(client: PageClient, made: Made, setting: uuid.UUID | None = None, **more: str) -> Consultation:
    """Consult a setting on the page."""
    page = f"{made.page}/consultations"
    token = re.search(r'name="token" value="([^"]+)"', client.get(page).text)
    assert token
    typed = {"setting": str(setting or ""), "standing": "listed", "token": token[1], **more}
    assert client.submit(page, typed, page=page).status_code == 302
    with made.office.look() as session:
        found = session.scalars(select(Consultation).order_by(Consultation.made_at.desc())).first()
        assert found is not None
        return found


def test_a_setting_reads_the_draft_and_replies_and_the_council_sees_it_beside_the_others(
    asks: PageClient,
    served: Made,
    school: uuid.UUID,
) -> None:
    office = served.office
    row = send(asks, served, school, preferred="y")
    sam = office.client_for(office.somebody("professional", "senco", school))
    page = f"/consultations/{row.id}"
    assert page in sam.get("/school/").text
    shown = sam.get(page).text
    assert "The family asked for your setting to be named" in shown and f"/plans/{row.plan_id}" in shown
    draft = sam.get(f"/plans/{row.plan_id}").text
    assert "Reading words of one syllable." in draft and "Left blank" in sam.get(f"/plans/{row.plan_id}/print").text
    form = sam.submit(f"{page}/write", {}, page=page).location
    assert sam.get(form).status_code == 200
    with office.world() as world:
        found = world.session.get_one(Submission, (world.session.authority_id, uuid.UUID(form.rsplit("/", 1)[-1])))
        them = world.person("professional")
        senco = Actor(them.kind, them.person_id, them.account_id, frozenset({"senco"}), frozenset({school}))
        signed = {"cr_can": "no", "cr_others_why": "A class of 34.", "cr_others": "yes"}
        world.say(found, senco, {**signed, "cr_sign": {"name": "Head", "at": "2026-11-22T10:00Z"}}, world.now)
        theirs = relation(world.session, senco, found, world.now)
        consulting.send_reply(world.session, found, theirs, senco, now=world.now)
    side_by_side = asks.get(f"{served.page}/consultations").text
    assert "A class of 34." in side_by_side and "wish</strong>" in side_by_side
    assert "You replied on" in sam.get(page).text
    assert sam.get(f"/plans/{row.plan_id}").status_code == 404


def test_a_place_of_another_council_is_put_on_the_register_and_its_council_is_told(
    asks: PageClient,
    served: Made,
) -> None:
    row = send(asks, served, name="Far Away School", kind="school", home_authority="Otherwell Council", standing="s41")
    with served.office.look() as session:
        assert session.get_one(Setting, (session.authority_id, row.setting_id)).name == "Far Away School"
        told = set(session.scalars(select(Notice.to_name).where(Notice.kind == "consult_setting")))
    assert told == {"Head teacher", "Otherwell Council"}
    assert "s.41" in asks.get(f"/council/consultations/{row.id}").text


def test_without_a_place_nothing_is_sent_and_the_page_says_what_is_missing(
    asks: PageClient,
    served: Made,
) -> None:
    page = f"{served.page}/consultations"
    done = asks.submit(page, {"standing": "listed", "token": str(uuid.uuid4())}, page=page)
    assert done.status_code == 422 and 'href="#setting"' in done.text


def test_what_can_be_done_about_one(asks: PageClient, served: Made, school: uuid.UUID) -> None:
    row = send(asks, served, school)
    page, today = f"/council/consultations/{row.id}", london_day(clock.now())
    for act, typed, said in (
        ("chase", {}, "written to again"),
        ("reached", day(today, "reached-reached_on"), "Their 15 days run from that day"),
    ):
        assert said in asks.submit(f"{page}/{act}", typed, page=page, follow_redirects=True).text
    early = asks.submit(f"{page}/reached", day(today - timedelta(days=1), "reached-reached_on"), page=page)
    assert early.status_code == 422 and 'href="#reached-reached_on-day"' in early.text
    typed = {**day(today, "reply-received_on"), "reply-by": "Hana Head", "reply-can": "yes", "reply-words": "We can."}
    assert "We can." in asks.submit(f"{page}/reply", typed, page=page, follow_redirects=True).text


def test_a_withdrawn_consultation_says_so_to_the_setting(
    asks: PageClient,
    served: Made,
    school: uuid.UUID,
) -> None:
    row = send(asks, served, school)
    page = f"/council/consultations/{row.id}"
    asks.submit(f"{page}/withdraw", {"withdraw-why": "The family changed its mind."}, page=page)
    sam = served.office.client_for(served.office.somebody("professional", "senco", school))
    shown = sam.get(f"/consultations/{row.id}").text
    assert "You are no longer asked" in shown and "/plans/" not in shown
    assert sam.submit(f"/consultations/{row.id}/write", {}, page="/school/").status_code == 422


@pytest.mark.parametrize("who", ["another school", "a family", "nobody"])
def test_nobody_else_finds_it(asks: PageClient, served: Made, school: uuid.UUID, who: str) -> None:
    office = served.office
    row = send(asks, served, school)
    with office.world() as world:
        other = Setting(id=uuid.uuid4(), name="Other School", kind="school")
        world.session.add(other)
        world.session.flush()
        other_id = other.id
    somebody = {
        "another school": lambda: office.somebody("professional", "senco", other_id),
        "a family": lambda: office.somebody("family"),
        "nobody": lambda: None,
    }[who]()
    expected = 302 if who == "nobody" else 404
    assert office.client_for(somebody).get(f"/consultations/{row.id}").status_code == expected


def test_the_replies_are_offered_when_section_i_is_written(
    asks: PageClient,
    served: Made,
    school: uuid.UUID,
) -> None:
    row = send(asks, served, school)
    with served.office.world() as world:
        process = world.session.get_one(Process, (world.session.authority_id, served.process_id))
        plan = plans.start(world.session, process, world.staff("caseworker"), now=world.now)
        plans.set_final(world.session, plan, final=True)
        name = world.session.get_one(Setting, (world.session.authority_id, school)).name
    assert "Name it in Section I<" in asks.get(served.page).text
    done = asks.submit(f"{served.page}/place", {"consultation": str(row.id)}, page=served.page, follow_redirects=True)
    assert done.status_code == 200 and done.text.count(name) >= 2


def test_the_page_costs_no_more_queries_with_more_settings(
    asks: PageClient,
    served: Made,
    school: uuid.UUID,
) -> None:
    page = f"{served.page}/consultations"
    send(asks, served, school)
    asks.get(page)
    with served.office.count_queries() as few:
        asks.get(page)
    for number in range(3):
        send(asks, served, name=f"School {number}", kind="school")
    asks.get(page)
    with served.office.count_queries() as many:
        asks.get(page)
    assert len(many) == len(few)
