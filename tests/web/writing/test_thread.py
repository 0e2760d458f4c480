"""The golden thread: for professionals writing and the caseworker reading; advice that never stops anybody."""

import uuid
from collections.abc import Callable
from typing import Any

from models.people import Setting
from tests.web.conftest import Somebody
from tests.web.writing.conftest import Desk
from tests.web.writing.test_sending import fill_school, send

LOOSE = "Communication and interaction: no help meets this need."


def needs_and_outcome(at: Desk) -> str:
    """A need, an outcome that answers it, and no help; the row of the outcome."""
    at.write("needs", na_ci_hard="Being understood by other children.")
    page = at.page("ahead-outcomes")
    row = page["ou[]"][0]
    at.post("ahead-outcomes", {**page, f"ou[{row}].can": "Ask another child to play.", f"ou[{row}].area": ["ci"]})
    return str(row)


def thread(at: Desk) -> str:
    return str(at.client.get(f"/forms/{at.form_id}/thread").text)


def test_what_is_tied_and_what_hangs_loose_is_shown_with_the_way_to_it(schools_request: Desk) -> None:
    row = needs_and_outcome(schools_request)
    shown = thread(schools_request)
    assert "Ask another child to play." in shown and "This is advice." in shown
    assert LOOSE in shown and "Outcome 1 has no help that works towards it." in shown
    assert "/page/needs#at-na_ci_hard" in shown and f"#at-ou-{row}-can" in shown
    for where in ("", "/check", "/page/needs"):
        page = schools_request.client.get(f"/forms/{schools_request.form_id}{where}").text
        assert f"/forms/{schools_request.form_id}/thread" in page and "3 things are not tied yet" in page


def test_help_ties_the_ends(schools_request: Desk) -> None:
    row = needs_and_outcome(schools_request)
    page = schools_request.page("ahead-provision")
    help_row = page["pv[]"][0]
    cells = {"what": "A small group for talking.", "need": "ci", "outcome": row}
    schools_request.post("ahead-provision", {**page, **{f"pv[{help_row}].{k}": v for k, v in cells.items()}})
    shown = thread(schools_request)
    assert "A small group for talking." in shown and LOOSE not in shown and "has no help" not in shown


def test_loose_ends_stop_nobody_sending_and_the_caseworker_sees_them(
    schools_request: Desk, somebody: Callable[..., Somebody], client_for: Any
) -> None:
    fill_school(schools_request)
    needs_and_outcome(schools_request)
    assert "/sent" in send(schools_request).location
    worker = client_for(somebody("staff", "caseworker"))
    assert "3 things are not tied yet" in worker.get(f"/forms/{schools_request.form_id}/check").text
    shown = worker.get(f"/forms/{schools_request.form_id}/thread").text
    assert LOOSE in shown and "/page/" not in shown.split("<main")[1]


def test_families_and_strangers_are_not_shown_it(
    schools_request: Desk, somebody: Callable[..., Somebody], desk: Any, invite: Any, app: Any, authority_id: uuid.UUID
) -> None:
    parent = somebody("family", name="Asha Iqbal")
    invite(schools_request, parent)
    assert (
        desk(parent, schools_request.form_id).client.get(f"/forms/{schools_request.form_id}/thread").status_code == 404
    )
    with app.database.transaction(authority_id) as session:
        elsewhere = Setting(id=uuid.uuid4(), name="Another Primary", kind="school")
        session.add(elsewhere)
        elsewhere_id = elsewhere.id
    stranger = desk(somebody("professional", "senco", elsewhere_id), schools_request.form_id)
    assert stranger.client.get(f"/forms/{schools_request.form_id}/thread").status_code == 404


def test_a_form_without_outcomes_has_no_thread(schools_request: Desk, keep: Callable[[str], Desk]) -> None:
    form_id = keep("provision-map").form_id
    assert schools_request.client.get(f"/forms/{form_id}/thread").status_code == 404
    assert "/thread" not in schools_request.client.get(f"/forms/{form_id}").text


def test_nothing_written_is_not_blamed(schools_request: Desk) -> None:
    assert "Nothing is written here yet." in thread(schools_request)
    assert "/thread" not in schools_request.client.get(f"/forms/{schools_request.form_id}").text


def test_each_cycle_of_a_plan_has_a_thread_of_its_own(keep: Callable[[str], Desk]) -> None:
    plan = keep("sen-support-plan")
    page = plan.page("cycles")
    cycle = page["cy[]"][0]
    aim = page[f"cy[{cycle}].out[]"][0]
    plan.post("cycles", {**page, f"cy[{cycle}].out[{aim}].can": "Read ten words.", "add": "cy[]"})
    shown = thread(plan)
    assert "Cycle 1" in shown and "Read ten words." in shown and "Aim 1 has no help that works towards it." in shown
