"""A review asks about the child's plan in the plan's own words: nobody types them anew."""

import pytest

from forms.definition import question
from models.submissions import Submission
from tests.workflow.cases.builders import World
from tests.workflow.cases.planning import Planning, amending, planning
from tests.workflow.cases.test_plan_changing import propose, rewrite
from workflow.access.actor import Actor
from workflow.cases import plan_finishing, reviews
from workflow.coproduction.contributions import Writer
from workflow.coproduction.taking import take
from workflow.queries.offers import Offer, offers
from workflow.queries.writing import Desk, open_form

OUTCOME, HELP = "By July Robin will read a page alone.", "Reading aloud."


@pytest.fixture
def final(world: World) -> Planning:
    """A case with a final plan and its first review waiting."""
    made = planning(world)
    made.serve()
    made.later(20)
    plan_finishing.issue(
        world.session, made.process, made.final(), world.staff("decider"), seen=made.seen(), now=world.now
    )
    made.later(200)
    return made


def report(made: Planning, by: Actor) -> Submission:
    world = made.world
    review = reviews.waiting_review(world.session, made.case.id)
    assert review is not None
    return reviews.begin_report(world.session, review, by, now=world.now)


def offered(made: Planning, by: Actor, form: Submission) -> tuple[Desk, dict[str, Offer]]:
    world = made.world
    desk = open_form(world.session, by, form.id, "read", world.now)
    asked = [question(desk.form, each) for each in ("rv_out[]", "rv_pv[]")]
    return desk, offers(world.session, desk, asked, world.now)


def test_each_outcome_and_each_kind_of_help_is_offered_and_taken_once(final: Planning) -> None:
    senco, world = final.world.senco(), final.world
    form = report(final, senco)
    desk, found = offered(final, senco, form)
    assert [row["rv_out[].row__title"] for row in found["rv_out[]"].rows or ()] == [OUTCOME]
    assert [row["rv_pv[].row__title"] for row in found["rv_pv[]"].rows or ()] == [HELP]
    assert "plan" in found["rv_out[]"].where
    for _ in range(2):
        take(
            world.session,
            desk.submission,
            desk.form,
            desk.theirs,
            Writer(senco.person, senco.person),
            found["rv_out[]"],
            now=world.now,
        )
    desk, found = offered(final, senco, form)
    (row,) = desk.values["rv_out[]"]
    assert desk.values[f"rv_out[{row}].row__title"] == OUTCOME and "rv_out[]" not in found


def test_words_that_are_only_proposed_are_not_the_childs_plan(world: World) -> None:
    made = amending(planning(world), kind="amendment")
    rewrite(made)
    propose(made)
    senco = world.senco()
    _, found = offered(made, senco, report(made, senco))
    assert [row["rv_pv[].row__title"] for row in found["rv_pv[]"].rows or ()] == [HELP]
