"""A family reads the draft of a plan part by part, says what it thinks, asks for a meeting, and learns what became
of it."""

import uuid
from dataclasses import dataclass

import pytest
from sqlalchemy import select

from models.access import Grant
from models.cases import Case, Event, Process
from models.submissions import Submission
from tests.web.conftest import PageClient, Somebody
from tests.web.council.conftest import Office
from tests.workflow.cases.planning import Planning, planning
from workflow.access.actor import actor_for
from workflow.cases import plan_comments, plans


@dataclass
class Family:
    """A parent in front of a draft plan."""

    office: Office
    who: Somebody
    client: PageClient
    process_id: uuid.UUID
    plan_id: uuid.UUID

    @property
    def page(self) -> str:
        """The plan."""
        return f"/plans/{self.plan_id}"

    def think(self, row: str = "n", **more: str) -> str:
        """Say something about a part; where that leads."""
        answer = self.client.submit(f"{self.page}/parts/{row}", {"ok": "change", "change": "And of two.", **more})
        assert answer.status_code == 302, answer.text
        return str(answer.location)


@pytest.fixture
def family(office: Office) -> Family:
    who = office.somebody("family", name="Pat Example")
    with office.world() as world:
        actor = actor_for(world.session, who.account_id, world.today)
        made = planning(world, parent=actor)
        made.serve()
        ids = made.process.id, made.plan.id
    return Family(office, who, office.client_for(who), *ids)


def test_the_draft_is_read_part_by_part_with_the_days_left_and_the_law(family: Family) -> None:
    html = family.client.get(family.page).text
    assert "You have until the end of" in html and "15 days are left." in html and "reg 13(1)" in html
    assert "Reading words of one syllable." in html and "This part is left blank for now" in html
    assert "Help with learning" in html, "in plain words"


def test_a_young_person_is_spoken_to_as_the_one_who_decides(office: Office) -> None:
    who = office.somebody("family", name="Robin Example")
    with office.world() as world:
        made = planning(world)
        made.serve()
        plan_id = made.plan.id
        world.session.add(
            Grant(person_id=who.person_id, role="yp", case_id=made.case.id, rights=["read"], from_at=world.now,
                  granted_by=who.person_id, reason="test")
        )  # fmt: skip
    html = office.client_for(who).get(f"/plans/{plan_id}").text
    assert "What you say and hope for" in html and "you and your child say" not in html


def test_a_thought_about_a_part_is_kept_and_shown_beside_it_and_nobody_reads_it_yet(family: Family) -> None:
    assert family.think().endswith("#part-n")
    html = family.client.get(family.page).text
    assert "You want a change" in html and "And of two." in html and "Not sent yet." in html
    council = family.office.as_("caseworker").get(f"/council/plan/{family.process_id}/comments").text
    assert "And of two." not in council


@pytest.mark.parametrize(
    ("given", "says"), [({}, "Choose what you think."), ({"ok": "change"}, "Write what it should say.")]
)
def test_a_thought_without_words_comes_back(family: Family, given: dict[str, str], says: str) -> None:
    answer = family.client.submit(f"{family.page}/parts/n", given)
    assert answer.status_code == 422 and says in answer.text


def test_a_part_that_the_plan_has_not_is_not_found(family: Family) -> None:
    assert family.client.get(f"{family.page}/parts/gone").status_code == 404
    assert family.client.get(f"{family.page}/parts/all-B").status_code == 200


def test_the_reply_has_the_other_questions_and_is_sent_like_any_form(family: Family) -> None:
    family.think()
    opened = family.client.submit(f"{family.page}/reply", page=family.page)
    assert opened.status_code == 302
    response = uuid.UUID(str(opened.location).rsplit("/", 1)[-1])
    assert "What you think of the draft plan" in family.client.get(str(opened.location)).text
    with family.office.world() as world:
        form = world.session.get_one(Submission, (world.session.authority_id, response))
        actor = actor_for(world.session, family.who.account_id, world.today)
        assert actor is not None
        world.say(form, actor, {"de_name": "Pat", "de_role": "parent", "dr_meet": "phone"}, world.now)
    sent = family.client.submit(f"/forms/{response}/send")
    assert sent.status_code == 302, sent.text
    council = family.office.as_("caseworker").get(f"/council/plan/{family.process_id}/comments").text
    assert "And of two." in council
    with family.office.look() as session:
        assert session.scalars(select(Event).where(Event.act == "ask_for_meeting")).one()


def test_a_meeting_is_asked_for_on_the_page_once(family: Family) -> None:
    assert family.client.submit(f"{family.page}/meeting", {}, page=family.page).status_code == 422
    for _ in range(2):
        with family.office.look() as session:
            owed = session.scalars(select(Event.id).where(Event.act == "ask_for_meeting")).all()
        if not owed:
            asked = family.client.submit(f"{family.page}/meeting", {"how": "online"}, page=family.page)
            assert asked.status_code == 302
    assert "A meeting has been asked for" in family.client.get(family.page).text


def test_another_family_does_not_know_of_the_plan(family: Family) -> None:
    stranger = family.office.client_for(family.office.somebody("family"))
    assert stranger.get(family.page).status_code == 404
    assert stranger.get(f"{family.page}/parts/n").status_code == 404


def followed(family: Family) -> uuid.UUID:
    """The parent's comment is answered and a further draft sent."""
    with family.office.world() as world:
        plan = world.session.get_one(Submission, (world.session.authority_id, family.plan_id))
        process = world.session.get_one(Process, (world.session.authority_id, family.process_id))
        case = world.session.get_one(Case, (world.session.authority_id, process.case_id))
        parent = actor_for(world.session, family.who.account_id, world.today)
        assert parent is not None
        made = Planning(world, case, process, plan, parent)
        response = made.respond()
        plan_comments.answer(
            world.session, response, "dr_sec[n]", made.caseworker, taken="yes", letter="B",
            words="Section B now says two syllables.", now=world.now,
        )  # fmt: skip
        made.plan = plans.start(world.session, process, made.caseworker, now=world.now)
        made.serve()
        return made.plan.id


def test_what_became_of_what_i_said_is_told_with_the_next_version_and_to_nobody_else(family: Family) -> None:
    newer = followed(family)
    html = family.client.get(f"/plans/{newer}").text
    assert "What happened to what you said" in html and "Section B now says two syllables." in html
    assert "See what changed since the version before" in html
    assert family.client.get(f"/forms/{newer}/changes").status_code == 200
    assert "A newer version has been sent since." in family.client.get(family.page).text


def test_the_plan_can_be_printed_and_its_page_costs_the_same_however_long_it_is(family: Family) -> None:
    assert "Draft education, health and care plan" in family.client.get(f"{family.page}/print").text
    with family.office.count_queries() as sent:
        family.client.get(family.page)
    assert len(sent) <= 30
