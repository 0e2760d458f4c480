"""Plans to test with, made by the verbs that people use."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import update

from models.access import Account
from models.cases import Case, Process
from models.submissions import Submission
from tests.workflow.cases.builders import REASONS, World
from workflow.access.actor import Actor
from workflow.access.relation import relation
from workflow.cases import acts, plan_comments, plan_finishing, plan_serving, plans, reviews

SECTIONS: dict[str, Any] = {
    "pa[]": ["a"], "pa[a].part": "hopes", "pa[a].says": "I want to be a vet.",
    "nd[]": ["n"], "nd[n].area": "cl", "nd[n].what": "Reading words of one syllable.",
    "ou[]": ["o"], "ou[o].can": "By July Robin will read a page alone.", "ou[o].hope": "a",
    "pv[]": ["p"], "pv[p].need": "n", "pv[p].outcome": "o", "pv[p].section": "f", "pv[p].what": "Reading aloud.",
}  # fmt: skip


@dataclass
class Planning:
    """A case being assessed, its family, and the plan that is written."""

    world: World
    case: Case
    process: Process
    plan: Submission
    parent: Actor

    @property
    def caseworker(self) -> Actor:
        """Who writes the plan."""
        return self.world.staff("caseworker")

    def later(self, days: int) -> None:
        """Let days pass."""
        self.world.now = self.world.now + timedelta(days=days)

    def seen(self) -> int:
        """The process's version now."""
        self.world.session.refresh(self.process)
        return self.process.version

    def serve(self, **more: Any) -> None:
        """Send the draft that is being written."""
        plan_serving.serve(
            self.world.session, self.process, self.plan, self.caseworker, seen=self.seen(), now=self.world.now, **more
        )
        self.world.session.flush()

    def respond(self, place: str = "nd[n]", by: Actor | None = None, **more: Any) -> Submission:
        """Say on one part of the draft that it should change, and send it with whatever else is said."""
        actor, world = by or self.parent, self.world
        response = plan_comments.comment(
            world.session, self.plan, place, actor, ok="change", change="And of two syllables.", now=world.now
        )
        world.say(response, actor, {"de_name": "Pat Example", "de_role": "parent", **more}, world.now)
        theirs = relation(world.session, actor, response, world.now)
        plan_comments.send_response(world.session, response, theirs, actor, now=world.now)
        world.session.flush()
        return response

    def final(self, **place: Any) -> Submission:
        """The next version, with Section I written."""
        world = self.world
        plan = plans.start(world.session, self.process, self.caseworker, now=world.now)
        plans.set_final(world.session, plan, final=True)
        said = place or {"pi_name": world.school().name, "pi_type": "Mainstream primary school"}
        world.say(plan, self.caseworker, said, world.now)
        return plan


def amending(made: Planning, *, kind: str = "review") -> Planning:
    """The same case when its plan is final and is to be changed, after a review or without one."""
    world = made.world
    made.serve()
    made.later(20)
    plan_finishing.issue(
        world.session, made.process, made.final(), world.staff("decider"), seen=made.seen(), now=world.now
    )
    made.later(200)
    process = reviews.waiting_review(world.session, made.case.id)
    assert process is not None
    if kind == "review":
        world.reported(process)
        reviews.decide(
            world.session,
            process,
            world.staff("decider"),
            reviews.Outcome("change", REASONS),
            seen=process.version,
            now=world.now,
        )
    else:
        process, _ = acts.start(
            world.session,
            made.case,
            "amendment",
            "prepare_change",
            world.staff("decider"),
            happened_on=world.today,
            now=world.now,
        )
    plan = plans.start(world.session, process, made.caseworker, now=world.now)
    return Planning(world, made.case, process, plan, made.parent)


def planning(world: World, *, posted: bool = False, parent: Actor | None = None) -> Planning:
    """A parent's request that will be assessed, with a plan that says something in each section."""
    parent = parent or world.person("family")
    case, process = world.request(by=parent)
    if posted:
        world.session.execute(update(Account).where(Account.id == parent.account_id).values(closed_at=world.now))
    world.decide(process, assess=True)
    world.session.refresh(process)
    actor = world.staff("caseworker")
    plan = plans.start(world.session, process, actor, now=world.now)
    world.say(plan, actor, SECTIONS, world.now)
    return Planning(world, case, process, plan, parent)
