"""What a setting keeps about a child is told once: linked to its request, offered, counted, and fixed by sending."""

import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from sqlalchemy import select

from models.people import Setting
from models.submissions import Submission
from tests.web.conftest import Somebody
from tests.web.writing.conftest import Desk
from tests.web.writing.test_earlier import offered, take
from tests.web.writing.test_sending import fill_school, send
from workflow import clock
from workflow.coproduction import submissions

Keep = Callable[[str], Desk]
FEWER = "If there are fewer than two reviewed cycles, why?"
BEGAN, REVIEWED = (clock.london_day(clock.now()) - timedelta(weeks=weeks) for weeks in (20, 8))


def on(path: str, day: Any) -> dict[str, str]:
    return {f"{path}-day": str(day.day), f"{path}-month": str(day.month), f"{path}-year": str(day.year)}


def write_cycle(plan: Desk, weeks: int = 0) -> None:
    """A complete cycle in a plan's newest empty row."""
    page = plan.page("cycles")
    row = page["cy[]"][-1]
    cy = f"cy[{row}]"
    aim, do = page[f"{cy}.out[]"][0], page[f"{cy}.do[]"][0]
    moved = timedelta(weeks=weeks)
    plan.post(
        "cycles",
        {
            **page,
            **on(f"{cy}.from", BEGAN + moved),
            **on(f"{cy}.done_on", REVIEWED + moved),
            f"{cy}.base": "Reads three words.",
            f"{cy}.parent": "She loves stories.",
            f"{cy}.child": "I like books.",
            f"{cy}.who": ["parent", "senco"],
            f"{cy}.out[{aim}].can": "Read ten words.",
            f"{cy}.out[{aim}].know": "Count them.",
            f"{cy}.do[{do}].what": "Paired reading",
            f"{cy}.do[{do}].who": "A teaching assistant",
            f"{cy}.do[{do}].times": "3",
            f"{cy}.do[{do}].per": "week",
        },
    )
    page = plan.page("cycles")
    plan.post("cycles", {**page, f"{cy}.out[{aim}].result": "met", f"{cy}.do[{do}].per": "week", "add": "cy[]"})


def use(request: Desk, kept: Desk) -> Any:
    return request.client.submit(
        f"/forms/{request.form_id}/kept", {"kept": str(kept.form_id)}, page=f"/forms/{request.form_id}"
    )


def test_a_linked_plan_is_shown_and_its_cycles_are_offered_and_taken_once(
    schools_request: Desk, keep: Keep, values: Any
) -> None:
    plan = keep("sen-support-plan")
    write_cycle(plan)
    assert offered(schools_request, "tried") is None, "what nobody linked is not offered"
    use(schools_request, plan)
    html = schools_request.client.get(f"/forms/{schools_request.form_id}/page/tried").text
    assert "kept at the setting, and used here" in html and f"/forms/{plan.form_id}" in html
    take(schools_request, "tried")
    said = values(schools_request)
    (row,) = said["tr_cycle[]"]
    told = {name: said[f"tr_cycle[{row}].{name}"] for name in ("from", "to", "aim", "did", "result", "parent")}
    assert told == {
        "from": BEGAN.isoformat(),
        "to": REVIEWED.isoformat(),
        "aim": "Read ten words.",
        "did": "Paired reading, A teaching assistant, 3 times each week",
        "result": "Read ten words.: Met",
        "parent": "yes",
    }
    assert offered(schools_request, "tried") is None


def test_complete_cycles_of_a_linked_plan_count_and_none_counts_twice(schools_request: Desk, keep: Keep) -> None:
    plan = keep("sen-support-plan")
    write_cycle(plan)
    use(schools_request, plan)
    assert facts(schools_request)["complete_cycles"] == 1
    write_cycle(plan, 1)
    assert facts(schools_request)["complete_cycles"] == 2
    assert FEWER not in schools_request.client.get(f"/forms/{schools_request.form_id}/check").text
    take(schools_request, "tried")
    assert facts(schools_request)["complete_cycles"] == 0
    assert FEWER not in schools_request.client.get(f"/forms/{schools_request.form_id}/check").text


def facts(at: Desk) -> dict[str, Any]:
    """What the form's conditions know, as its writer opens it."""
    from workflow.access.relation import READ
    from workflow.queries.writing import open_form

    app = at.client.application
    authority = app.database.authority_of_host("localhost")  # type: ignore[attr-defined]
    with app.database.transaction(authority.id) as session:  # type: ignore[attr-defined]
        from workflow.access.actor import actor_for

        actor = actor_for(session, at.who.account_id, clock.london_day(clock.now()))
        assert actor is not None
        return dict(open_form(session, actor, at.form_id, READ, clock.now()).facts)


def test_without_a_plan_or_with_it_unlinked_again_the_reason_is_asked(schools_request: Desk, keep: Keep) -> None:
    check = f"/forms/{schools_request.form_id}/check"
    assert FEWER in schools_request.client.get(check).text
    plan = keep("sen-support-plan")
    for weeks in (0, 1):
        write_cycle(plan, weeks)
    use(schools_request, plan)
    assert FEWER not in schools_request.client.get(check).text
    here = f"/forms/{schools_request.form_id}"
    schools_request.client.submit(f"{here}/kept", {"stop": "sen-support-plan"}, page=here)
    assert FEWER in schools_request.client.get(check).text


def write_costs(costs: Desk) -> None:
    page = costs.page("support-rows")
    row = page["pm_row[]"][0]
    cells = {"cat": "e", "what": "A talking device", "price": "1250.50"}
    costs.post("support-rows", {**page, **{f"pm_row[{row}].{name}": value for name, value in cells.items()}})


def test_the_total_of_a_linked_map_is_told_and_fixed_by_sending(
    schools_request: Desk, keep: Keep, somebody: Callable[..., Somebody], client_for: Any
) -> None:
    costs = keep("provision-map")
    write_costs(costs)
    advice = f"/forms/{schools_request.form_id}/page/advice-tried"
    assert "£1,250.50" not in schools_request.client.get(advice).text
    use(schools_request, costs)
    assert "£1,250.50" in schools_request.client.get(advice).text
    fill_school(schools_request)
    assert "/sent" in send(schools_request).location
    page = costs.page("support-rows")
    costs.post("support-rows", {**page, f"pm_row[{page['pm_row[]'][0]}].price": "9999"})
    worker = client_for(somebody("staff", "caseworker"))
    shown = worker.get(f"/forms/{schools_request.form_id}/check").text
    assert "£1,250.50" in shown and "£9,999" not in shown
    assert worker.get(f"/forms/{costs.form_id}/check").status_code == 404, "what is kept at a setting is sent nowhere"
    again = use_raw(schools_request, costs)
    assert again.status_code != 200 and "kept" in facts(schools_request)


def use_raw(request: Desk, kept: Desk) -> Any:
    token = request.client.token(f"/forms/{kept.form_id}/page/support-rows")
    return request.client.post(f"/forms/{request.form_id}/kept", data={"csrf_token": token, "kept": str(kept.form_id)})


def test_nobody_links_what_another_setting_keeps(
    schools_request: Desk, keep: Keep, app: Any, authority_id: uuid.UUID, somebody: Callable[..., Somebody],
    acting: Any, desk: Any,
) -> None:  # fmt: skip
    with app.database.transaction(authority_id) as session:
        other = Setting(id=uuid.uuid4(), name="Another Primary", kind="school")
        session.add(other)
        other_id = other.id
    senco = somebody("professional", "senco", other_id)
    with app.database.transaction(authority_id) as session:
        theirs = submissions.begin(
            session, acting(senco), "sen-support-plan", create_token=uuid.uuid4(), now=clock.now(), setting_id=other_id
        ).id
    keep("sen-support-plan")
    assert use(schools_request, desk(senco, theirs)).status_code == 404
    with app.database.transaction(authority_id) as session:
        request = session.scalars(select(Submission).where(Submission.id == schools_request.form_id)).one()
        assert "kept" not in request.facts


def test_a_parent_who_takes_part_is_not_shown_what_the_setting_keeps(
    schools_request: Desk, keep: Keep, somebody: Callable[..., Somebody], desk: Any, invite: Any
) -> None:
    plan = keep("sen-support-plan")
    parent = somebody("family", name="Asha Iqbal")
    invite(schools_request, parent)
    use(schools_request, plan)
    html = desk(parent, schools_request.form_id).client.get(f"/forms/{schools_request.form_id}").text
    assert "Kept at your setting" not in html and str(plan.form_id) not in html


def test_outcomes_of_a_linked_plan_are_offered_in_the_costs_with_who_wrote_them(
    schools_request: Desk, keep: Keep
) -> None:
    plan, costs = keep("sen-support-plan"), keep("provision-map")
    write_cycle(plan)
    assert "Read ten words." not in costs.client.get(f"/forms/{costs.form_id}/page/support-rows").text
    use(costs, plan)
    html = costs.client.get(f"/forms/{costs.form_id}/page/support-rows").text
    assert '<option value="Read ten words."></option>' in html and "You, " in html.split("What was said before")[1]
