"""Reviews: when each is due, and the decision after the meeting."""

import uuid
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from models.cases import Process
from tests.web.council.conftest import Office
from tests.workflow.cases.builders import REASONS
from workflow import clock
from workflow.cases import acts


def ready(office: Office) -> tuple[uuid.UUID, str]:
    """A review whose report came: its process and its version."""
    with office.world() as world:
        _, process = world.plan(made_on=world.today - timedelta(days=300))
        world.reported(process)
        return process.id, str(process.version)


def test_plans_stand_in_the_order_of_their_next_review_and_are_filtered(office: Office) -> None:
    with office.world() as world:
        world.plan(first="Soon", made_on=world.today - timedelta(days=340))
        world.plan(first="Overdue", made_on=world.today - timedelta(days=500))
        world.plan(first="Distant", made_on=world.today - timedelta(days=10))
        school = world.school().id
    client = office.as_("caseworker")
    everything = client.get("/council/reviews").text
    assert everything.index("Overdue Planned") < everything.index("Soon Planned") < everything.index("Distant Planned")
    soon = client.get(f"/council/reviews?when=three_months&setting={school}").text
    assert "Soon Planned" in soon and "Distant Planned" not in soon and "Overdue Planned" not in soon
    assert "1 plan" in client.get("/council/reviews?when=overdue").text
    assert "No review is due here" in client.get(f"/council/reviews?setting={uuid.uuid4()}").text


def test_where_each_review_stands_is_said_and_the_next_step_is_dated(office: Office) -> None:
    ready(office)
    with office.world() as world:
        late = world.plan(first="Late", made_on=world.today - timedelta(days=300), born="2023-03-05")[1]
        for act in ("arrange_meeting", "hold_meeting"):
            held = world.today - timedelta(days=20)
            acts.perform(world.session, late.id, act, world.staff("manager"), happened_on=held, now=world.now)
        arranged = world.plan(first="Dated", made_on=world.today - timedelta(days=300))[1]
        soon = {"review_meeting": world.today + timedelta(days=20)}
        manager = world.staff("manager")
        acts.perform(
            world.session,
            arranged.id,
            "arrange_meeting",
            manager,
            happened_on=world.today,
            now=world.now,
            triggers=soon,
        )
    client = office.as_("caseworker")
    page = client.get("/council/reviews").text
    for words in ("Report in: decision due", "Held: report late", "Meeting dated", "Under five: think about"):
        assert words in page
    held_only = client.get("/council/reviews?stage=held").text
    assert "Late Planned" in held_only and "Dated Planned" not in held_only
    month = (clock.london_day(clock.now()) + timedelta(days=64)).strftime("%Y-%m")
    assert "3 plans" in client.get(f"/council/reviews?month={month}").text
    assert "No review is due here" in client.get("/council/reviews?month=2001-01").text


@pytest.mark.parametrize(
    ("decision", "title"),
    [("keep", "The plan stays as it is"), ("end", "The plan is to end")],
)
def test_each_decision_is_previewed_then_sent_with_its_letters(office: Office, decision: str, title: str) -> None:
    process_id, seen = ready(office)
    client, page = office.as_("decider"), f"/council/reviews/{process_id}/decision"
    filled = {"seen": seen, "decision": decision, "reasons": REASONS}
    preview = client.submit(page, {**filled, "step": "preview"})
    assert preview.status_code == 200 and title in preview.text
    made = client.submit(page, {**filled, "step": "send"}, follow_redirects=True)
    assert "The decision is made" in made.text and title in made.text
    assert ("The next review must be complete by" in made.text) is (decision != "end")


def test_a_decision_to_change_leads_to_the_changes_and_their_letter(office: Office) -> None:
    process_id, seen = ready(office)
    client = office.as_("manager")
    filled = {"seen": seen, "decision": "change", "reasons": REASONS, "step": "send"}
    made = client.submit(f"/council/reviews/{process_id}/decision", filled, follow_redirects=True)
    page = f"/council/plan/{process_id}/changes"
    assert page in made.text
    changes = {"seen": str(int(seen) + 1), "plan": "Enclosed.", "evidence": "May report.", "step": "send"}
    lacking = client.submit(page, changes)
    assert lacking.status_code == 422 and 'href="#proposed_amendments"' in lacking.text
    preview = client.submit(page, {**changes, "proposed_amendments": "20 hours.", "step": "preview"})
    assert "The plan will change" in preview.text and "20 hours." in preview.text and REASONS[:30] in preview.text
    assert client.submit(page, {**changes, "proposed_amendments": "20 hours."}).status_code == 302
    assert "The plan will change" in client.get(f"/council/reviews/{process_id}/decision-made").text


def test_the_next_review_is_due_a_year_after_the_letter(office: Office) -> None:
    from law.calendar import months_from
    from law.explain import say_date

    process_id, seen = ready(office)
    client, page = office.as_("manager"), f"/council/reviews/{process_id}/decision"
    filled = {"seen": seen, "decision": "keep", "reasons": REASONS, "step": "send"}
    made = client.submit(page, filled, follow_redirects=True)
    today: date = clock.london_day(clock.now())
    assert say_date(months_from(today, 12)) in made.text


@pytest.mark.parametrize(
    ("more", "anchor"),
    [
        ({"decision": "keep", "reasons": " "}, "reasons"),
        ({"decision": "", "reasons": REASONS}, "decision-0"),
    ],
)
def test_what_is_missing_is_pointed_at_and_nothing_is_decided(
    office: Office, more: dict[str, str], anchor: str
) -> None:
    process_id, seen = ready(office)
    client, page = office.as_("decider"), f"/council/reviews/{process_id}/decision"
    answer = client.submit(page, {"seen": seen, "step": "send", **more})
    assert answer.status_code == 422 and f'href="#{anchor}"' in answer.text and f'id="{anchor}"' in answer.text
    with office.look() as session:
        assert session.scalars(select(Process.stage).where(Process.id == process_id)).one() == "reported"


def test_an_old_page_decides_nothing_and_says_who_did(office: Office) -> None:
    process_id, seen = ready(office)
    client, page = office.as_("decider"), f"/council/reviews/{process_id}/decision"
    filled = {"seen": seen, "decision": "keep", "reasons": REASONS, "step": "send"}
    token = client.token(page)
    office.client_for(office.somebody("staff", "manager", name="Mo Quick")).submit(page, filled)
    late = client.post(page, data={**filled, "csrf_token": token, "decision": "end", "reasons": "My words."})
    assert late.status_code == 422
    assert "Mo Quick decided this" in late.text and "My words." in late.text
