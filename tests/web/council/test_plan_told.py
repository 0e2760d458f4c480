"""The school writes about the plan's own outcomes and help: each is offered in its words, and taken with one press."""

import re
import uuid
from datetime import timedelta

from models.people import Setting
from tests.web.council.conftest import Office
from tests.web.writing.conftest import Desk
from tests.workflow.cases.planning import planning
from workflow import clock
from workflow.cases import plan_finishing, reviews


def reviewed(office: Office, school: uuid.UUID) -> uuid.UUID:
    """The review that waits after a final plan that names this school. Returns its process."""
    with office.world() as world:
        world.setting = world.session.get_one(Setting, (office.authority_id, school))
        world.now = clock.now() - timedelta(days=200)
        made = planning(world)
        made.serve()
        made.later(20)
        plan_finishing.issue(
            world.session, made.process, made.final(), world.staff("decider"), seen=made.seen(), now=world.now
        )
        review = reviews.waiting_review(world.session, made.case.id)
        assert review is not None
        return review.id


def test_the_plans_outcomes_and_help_are_offered_in_the_report_and_taken_with_one_press(
    office: Office, school: uuid.UUID
) -> None:
    process_id = reviewed(office, school)
    who = office.somebody("professional", "senco", school)
    senco = office.client_for(who)
    form = senco.submit(f"/school/reviews/{process_id}", {}, page="/school/").location
    desk = Desk(senco, who, uuid.UUID(form.rpartition("/")[2]))
    for page, words in (("progress", "By July Robin will read a page alone."), ("provision", "Reading aloud.")):
        html = senco.get(f"{form}/page/{page}").text
        offer = re.search(r'name="take" value="((?:rv_out|rv_pv)[^"]+)"', html)
        assert offer and words in html and "Education, health and care plan" in html
        assert desk.write(page, take=offer[1]).status_code == 302
        html = senco.get(f"{form}/page/{page}").text
        assert words in html and offer[0] not in html
