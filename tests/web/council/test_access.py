"""Every route of the council and who may use it."""

import uuid

import pytest

from models.cases import Process
from tests.web.council.conftest import Office
from tests.workflow.cases.builders import World
from workflow.access.policy import AS_MANAGER
from workflow.cases import advice, deadlines
from workflow.cases.advisers import Adviser

ROLES = ("caseworker", "decider", "manager")
EVERY = frozenset(ROLES)
WORK = frozenset({"caseworker", "manager"})
DECIDE = frozenset({"decider", "manager"})
MANAGE = frozenset({"manager"})

WHO = {
    "queue": EVERY,
    "past_dates": EVERY,
    "work": EVERY,
    "work_queue": EVERY,
    "cases": EVERY,
    "search": EVERY,
    "case": EVERY,
    "write_note": EVERY,
    "invite": WORK,
    "invited": WORK,
    "compare": EVERY,
    "cover": EVERY,
    "end_cover": EVERY,
    "known_facts": EVERY,
    "settle": WORK,
    "begin_record": EVERY,
    "request_triage": EVERY,
    "receive": WORK,
    "received": WORK,
    "giving_out": MANAGE,
    "give_by_itself": MANAGE,
    "new_team": MANAGE,
    "team": MANAGE,
    "remove_team": MANAGE,
    "new_rule": MANAGE,
    "rule": MANAGE,
    "remove_rule": MANAGE,
    "move_rule": MANAGE,
    "try_rules": MANAGE,
    "giving_changes": MANAGE,
    "hand_overs": MANAGE,
    "hand_over": MANAGE,
    "take_back_hand_over": MANAGE,
    "declare_conflict": EVERY,
    "conflicts": MANAGE,
    "end_conflict": MANAGE,
    "allocate": WORK,
    "consulted": EVERY,
    "ask": EVERY,
    "correct": WORK,
    "exception": DECIDE,
    "end_exception": DECIDE,
    "join": WORK,
    "keep_apart": WORK,
    "part": WORK,
    "decision": DECIDE,
    "weigh": EVERY,
    "panels": EVERY,
    "new_panel": WORK,
    "panel": EVERY,
    "change_panel": WORK,
    "put_on_agenda": WORK,
    "panel_advice": EVERY,
    "look_again": DECIDE,
    "decision_made": EVERY,
    "withdrawal": WORK,
    "why_late": EVERY,
    "advice": EVERY,
    "ask_for_advice": EVERY,
    "advice_request": EVERY,
    "advice_act": EVERY,
    "invite_adviser": WORK,
    "adviser_invited": WORK,
    "turns_page": EVERY,
    "turn": EVERY,
    "invite_young_person": WORK,
    "moving": EVERY,
    "move_together": EVERY,
    "correct_cohort": EVERY,
    "reviews": EVERY,
    "review_decision": DECIDE,
    "review_decided": EVERY,
    "letters": EVERY,
    "print_letters": EVERY,
    "letters_pdf": EVERY,
    "posted": WORK,
    "unreached": EVERY,
    "reach": WORK,
    "messages": EVERY,
    "release_message": WORK,
    "drop_message": WORK,
    "release_messages": MANAGE,
    "import_plans": WORK,
    "upload_plans": WORK,
    "plans_preview": WORK,
    "bring_in": WORK,
    "plans_template": WORK,
    "acts_of": EVERY,
    "act": EVERY,
    "beginnings": EVERY,
    "begin": EVERY,
    "undo": EVERY,
    "past": EVERY,
    "plan": EVERY,
    "start_plan": EVERY,
    "put_in": EVERY,
    "put_in_all": EVERY,
    "list_papers": EVERY,
    "final_version": EVERY,
    "serve_plan": EVERY,
    "propose_changes": EVERY,
    "plan_served": EVERY,
    "plan_met": EVERY,
    "final_plan": DECIDE,
    "no_plan": DECIDE,
    "plan_comments_page": EVERY,
    "answer_comment": EVERY,
    "consultations": EVERY,
    "consult": EVERY,
    "consultation": EVERY,
    "consultation_act": EVERY,
    "name_place": EVERY,
}
PEOPLE = (*ROLES, "senco", "family", "nobody")


def asked_for(world: World, process_id: uuid.UUID) -> uuid.UUID:
    """A request for advice on an assessment."""
    process = world.session.get_one(Process, (world.session.authority_id, process_id))
    return advice.begin(world.session, process, Adviser("c", "The clinic"), token=uuid.uuid4(), now=world.now).id


def test_every_route_of_the_council_is_in_this_table(office: Office) -> None:
    ours = {name.split(".")[1] for name in office.app.view_functions if name.startswith("council.")}
    assert ours == set(WHO)


@pytest.mark.parametrize("person", PEOPLE)
def test_each_route_lets_in_whom_it_should_and_nobody_else(office: Office, school: uuid.UUID, person: str) -> None:
    who = {
        "senco": lambda: office.somebody("professional", "senco", school),
        "family": lambda: office.somebody("family"),
        "nobody": lambda: None,
    }.get(person, lambda: office.somebody("staff", person))()
    client = office.client_for(who)
    office.app.config["WTF_CSRF_ENABLED"] = False
    ((case_id, process_id),) = office.requests()
    with office.world() as world:
        asked = asked_for(world, process_id)
        deadline_id = deadlines.open_of(world.session, process_id)[0].id
        review_id = world.plan(made_on=world.today.replace(year=world.today.year - 1))[1].id
    known = {
        "case_id": case_id,
        "process_id": process_id,
        "message_id": uuid.uuid4(),
        "batch_id": uuid.uuid4(),
        "fact_id": uuid.uuid4(),
        "cover_id": uuid.uuid4(),
        "person_id": uuid.uuid4(),
        "submission_id": uuid.uuid4(),
        "team_id": uuid.uuid4(),
        "panel_id": uuid.uuid4(),
        "item_id": uuid.uuid4(),
        "rule_id": uuid.uuid4(),
        "conflict_id": uuid.uuid4(),
        "form_id": "la-triage",
        "event_id": uuid.uuid4(),
        "deadline_id": deadline_id,
        "kind": "ceasing",
        "response_id": uuid.uuid4(),
        "at": "dr_missing",
        "act": "chase",
        "request_id": asked,
        "consultation_id": uuid.uuid4(),
    }
    for rule in office.app.url_map.iter_rules():
        if not rule.endpoint.startswith("council."):
            continue
        name = rule.endpoint.split(".")[1]
        of_review = "review" in name or name in ("act", "propose_changes")
        doing = "record_last_review" if name == "act" else "consider_ending"
        values = {**known, "queue_id": "triage", "process_id": review_id if of_review else process_id, "act": doing}
        if name == "advice_act":
            values["act"] = "chase"
        with office.app.test_request_context("/"):
            address = office.app.url_for(rule.endpoint, **{each: values[each] for each in rule.arguments})
        for method in sorted((rule.methods or set()) & {"GET", "POST"}):
            response = client.open(address, method=method)
            if person == "nobody":
                assert response.status_code == 302 and "/sign-in" in response.location, (name, method)
            elif person in WHO[name]:
                missing = name in (
                    "plans_preview",
                    "bring_in",
                    "release_message",
                    "reach",
                    "hand_over",
                    "take_back_hand_over",
                    "end_exception",
                    "drop_message",
                    "join",
                    "keep_apart",
                    "settle",
                    "end_cover",
                    "received",
                    "team",
                    "rule",
                    "end_conflict",
                    "panel",
                    "change_panel",
                    "put_on_agenda",
                    "panel_advice",
                    "move_together",
                    "turn",
                    "start_plan",
                    "put_in",
                    "put_in_all",
                    "list_papers",
                    "final_version",
                    "serve_plan",
                    "final_plan",
                    "answer_comment",
                    "ask_for_advice",
                    "consult",
                    "consultation",
                    "consultation_act",
                    "name_place",
                )
                assert response.status_code in ((404, 302, 422) if missing else (200, 302, 422)), (name, method)
            else:
                assert response.status_code == 404, (name, method)


@pytest.mark.parametrize("address", ["cases/{}", "requests/{}", "requests/{}/decision", "cases/{}/papers"])
def test_what_does_not_exist_and_another_kind_of_process_look_alike(office: Office, address: str) -> None:
    assert office.as_("manager").get(f"/council/{address.format(uuid.uuid4())}").status_code == 404


def test_every_reading_of_a_case_is_on_record(office: Office) -> None:
    from sqlalchemy import select

    from models.operations import ReadLog
    from models.submissions import Submission

    somebody = office.somebody("staff", "manager")
    client = office.client_for(somebody)
    ((case_id, process_id),) = office.requests()
    with office.look() as session:
        form_id = session.scalars(select(Submission.id).where(Submission.case_id == case_id)).one()
    client.get(f"/council/cases/{case_id}")
    client.get(f"/council/requests/{process_id}")
    client.get(f"/council/cases/{case_id}/papers?left={form_id}")
    with office.look() as session:
        rows = session.execute(select(ReadLog.what, ReadLog.submission_id).where(ReadLog.case_id == case_id)).all()
        assert {what for what, _ in rows} == {"case", "request", f"form{AS_MANAGER}"}
        assert form_id in {submission for _, submission in rows}
