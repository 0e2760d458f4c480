"""The council's pages of a plan: written with its sources, sent, answered, made final, or refused."""

import re
import uuid
from typing import Any

import pytest
from sqlalchemy import select

from models.cases import Notice, Process
from models.plans import PlanReply, PlanSource
from models.submissions import Submission
from tests.web.council.conftest import Made
from tests.workflow.cases.builders import INSTEAD, REASONS
from workflow.access.relation import relation
from workflow.cases import plan_comments, plans


def test_the_page_shows_each_section_what_was_said_for_it_and_what_hangs_loose(made: Made) -> None:
    html = made.office.as_("caseworker").get(made.page).text
    assert "Reading words of one syllable." in html and "Section H2" in html
    assert "Blank, as the law wants of every draft" in html
    assert "Provision 1 does not say" in html and "Statements without a source (4)" in html
    assert "What people said for Section" in html


def test_what_somebody_said_is_put_in_with_its_source(made: Made) -> None:
    client = made.office.as_("caseworker")
    html = client.get(made.page).text
    words = re.findall(r'name="words" value="([^"]+)"', html)
    answer = client.submit(f"{made.page}/put-in", {"words": words[0]}, page=made.page, follow_redirects=True)
    assert answer.status_code == 200 and "From:" in answer.text and "In the plan" in answer.text
    with made.office.look() as session:
        assert len(session.scalars(select(PlanSource)).all()) == 1


def test_only_staff_who_work_on_cases_write_and_nobody_else_sees_the_page(made: Made, school: uuid.UUID) -> None:
    office = made.office
    for person in (office.somebody("family"), office.somebody("professional", "senco", school)):
        client = office.client_for(person)
        assert client.get(made.page).status_code in (403, 404)
        assert client.get(f"/forms/{made.plan_id}").status_code == 404
        assert client.get(f"/plans/{made.plan_id}").status_code == 404


def test_the_plan_is_written_on_the_pages_of_every_form_and_leads_back(made: Made) -> None:
    client = made.office.as_("caseworker")
    html = client.get(f"/forms/{made.plan_id}").text
    assert made.page in html and "Section I: the place" not in html
    assert client.get(f"/forms/{made.plan_id}/page/place").status_code == 302, "the place is not asked in a draft"
    assert client.get(f"/forms/{made.plan_id}/page/needs").status_code == 200


def test_the_letter_is_seen_before_the_draft_goes_and_nothing_is_sent_yet(made: Made) -> None:
    client = made.office.as_("caseworker")
    preview = client.submit(f"{made.page}/serve", {"seen": made.seen(), "step": "preview"})
    assert preview.status_code == 200 and "left blank" in preview.text and "You have until the end of" in preview.text
    assert made.stage() == "assessing"


def test_a_longer_time_that_was_chosen_survives_the_preview(made: Made) -> None:
    client = made.office.as_("caseworker")
    given = {"seen": made.seen(), "step": "preview"} | {"reply_by-day": "5", "reply_by-month": "3"}
    preview = client.submit(f"{made.page}/serve", {**given, "reply_by-year": "2030"})
    assert '<input type="hidden" name="reply_by-year" value="2030">' in preview.text


def test_sending_the_draft_writes_to_the_family(served: Made) -> None:
    assert served.stage() == "drafted"
    with served.office.look() as session:
        letter = session.scalars(select(Notice).where(Notice.kind == "draft_plan")).one()
    html = served.office.as_("caseworker").get(f"/letters/{letter.id}").text
    assert f"/plans/{served.plan_id}" in html
    assert served.office.as_("caseworker").get(f"/plans/{served.plan_id}").status_code == 200


def commented(served: Made) -> Submission:
    with served.office.world() as world:
        plan = world.session.get_one(Submission, (world.session.authority_id, served.plan_id))
        from models.access import Account, Grant
        from workflow.access.actor import actor_for

        person = world.session.scalars(select(Grant.person_id).where(Grant.case_id == served.case_id)).first()
        account = world.session.scalars(select(Account.id).where(Account.person_id == person)).one()
        parent = actor_for(world.session, account, world.today)
        assert parent is not None
        response = plan_comments.comment(
            world.session, plan, "nd[n]", parent, ok="change", change="And of two.", now=world.now
        )
        world.say(response, parent, {"de_name": "Pat", "de_role": "parent"}, world.now)
        theirs = relation(world.session, parent, response, world.now)
        plan_comments.send_response(world.session, response, theirs, parent, now=world.now)
        return response


def test_each_comment_is_answered_on_one_page(served: Made) -> None:
    response = commented(served)
    client, page = served.office.as_("caseworker"), f"{served.page}/comments"
    assert "And of two." in client.get(page).text
    to = f"{page}/{response.id}/dr_sec[n]"
    wrong = client.submit(to, {"taken": "yes", "letter": "", "words": "Done."}, page=page)
    assert wrong.status_code == 422 and "Choose the section" in wrong.text and "Done." in wrong.text
    right = client.submit(to, {"taken": "yes", "letter": "B", "words": "Done."}, page=page, follow_redirects=True)
    assert "Taken" in right.text
    with served.office.look() as session:
        assert session.scalars(select(PlanReply.letter)).one() == "B"


def test_the_final_page_says_what_the_law_still_wants_and_refuses(served: Made) -> None:
    commented(served)
    with served.office.world() as world:
        process = world.session.get_one(Process, (world.session.authority_id, served.process_id))
        actor = world.staff("caseworker")
        plan = plans.start(world.session, process, actor, now=world.now)
        plans.set_final(world.session, plan, final=True)
        world.say(plan, actor, {"pi_type": "Mainstream primary school"}, world.now)
    client, page = served.office.as_("decider"), f"{served.page}/final"
    html = client.get(page).text
    assert "until the end of" in html and "no answer yet: 1" in html
    refused = client.submit(page, {"seen": served.seen(), "step": "send"})
    assert refused.status_code == 422 and served.stage() == "drafted"


def test_the_final_plan_is_issued_once_everything_is_there(served: Made) -> None:
    client = served.office.as_("decider")
    client.submit(f"{served.page}/start", page=served.page)
    client.submit(f"{served.page}/final-version", {"final": "yes"}, page=served.page)
    with served.office.look() as session:
        draft = session.scalars(
            select(Submission.id).where(Submission.state == "draft", Submission.form_id == "ehcp-0-13")
        ).one()
    assert client.get(f"/forms/{draft}/page/place").status_code == 200
    with served.office.world() as world:
        plan = world.session.get_one(Submission, (world.session.authority_id, draft))
        world.say(plan, world.staff("caseworker"), {"pi_type": "Mainstream primary school"}, world.now)
        today = world.today
    agreed = {"agreed": "Please finish it.", "agreed_on-day": str(today.day), "agreed_on-month": str(today.month)}
    given: dict[str, Any] = {**agreed, "agreed_on-year": str(today.year), "seen": served.seen()}
    preview = client.submit(f"{served.page}/final", {**given, "step": "preview"})
    assert "Section I names: Mainstream primary school" in preview.text
    done = client.submit(f"{served.page}/final", {**given, "step": "send"})
    assert done.status_code == 302 and served.stage() == "plan_issued"


def refusal(made: Made, **changed: Any) -> dict[str, Any]:
    with made.office.look() as session:
        sent = session.scalars(
            select(Submission.id).where(Submission.case_id == made.case_id, Submission.state == "sent")
        )
        papers = [str(each) for each in sent]
    filled = {"considered": papers, "necessary": "no", "reasons": REASONS, "instead": INSTEAD, "seen": made.seen()}
    return {**filled, "step": "send", **changed}


def test_a_refusal_is_seen_before_it_goes_and_then_sent(made: Made) -> None:
    client, page = made.office.as_("decider"), f"{made.page}/refusal"
    preview = client.submit(page, refusal(made, step="preview"))
    assert "will not make an education, health and care plan" in preview.text
    assert client.submit(page, refusal(made)).status_code == 302
    assert made.stage() == "no_plan"


@pytest.mark.parametrize(
    ("changed", "anchor"),
    [({"considered": []}, "considered-0"), ({"necessary": "yes"}, "necessary"), ({"reasons": ""}, "reasons")],
)
def test_a_refusal_without_what_it_needs_stays_on_the_page(made: Made, changed: dict[str, Any], anchor: str) -> None:
    answer = made.office.as_("decider").submit(f"{made.page}/refusal", refusal(made, **changed))
    assert answer.status_code == 422 and f'href="#{anchor}"' in answer.text
    assert made.stage() == "assessing"


def test_the_page_costs_the_same_however_much_the_plan_says(made: Made) -> None:
    client = made.office.as_("caseworker")
    client.submit(f"{made.page}/put-in-all", {"letter": "B"}, page=made.page)
    client.get(made.page)
    with made.office.count_queries() as few:
        client.get(made.page)
    for letter in ("A", "F"):
        client.submit(f"{made.page}/put-in-all", {"letter": letter}, page=made.page)
    client.get(made.page)
    with made.office.count_queries() as many:
        client.get(made.page)
    assert len(many) == len(few) <= 32
