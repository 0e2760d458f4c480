"""The office's queues as data: nobody puts a case into one or takes it out. What is open and by when says it."""

from dataclasses import dataclass
from datetime import timedelta

from law.rules import RULE_IDS, current

TRIBUNAL = ("appeal.", "order.", "unopposed.", "mediation.")


@dataclass(frozen=True)
class WorkQueue:
    """What waits for one kind of work: open dates of these rules, of processes at these stages.

    stages: none means any. within: how far ahead of its day a thing comes into the queue; None means at once.
    pages: by rule, the page where the work is done, an endpoint that takes `process_id`; otherwise `acts`.
    """

    id: str
    title: str
    why: str
    rules: tuple[str, ...]
    stages: tuple[str, ...] = ()
    within: timedelta | None = None
    pages: tuple[tuple[str, str], ...] = ()

    def page(self, rule: str) -> str:
        """The endpoint where what this rule owes is done."""
        return dict(self.pages).get(rule, "council.acts_of")


def owed_in(*groups: str) -> tuple[str, ...]:
    """What the authority itself owes by a day, of rules whose ids begin so."""
    ours = (each for each in RULE_IDS if each.startswith(groups))
    return tuple(sorted(each for each in ours if _owed_here(each)))


def _owed_here(rule: str) -> bool:
    return current(rule).owed_by == "authority" and current(rule).bearing == "deadline"


QUEUES = (
    WorkQueue(
        "triage",
        "Requests to triage",
        "A request came and nobody has decided yet whether to assess.",
        ("assess.decide",),
        stages=("requested",),
        pages=(("assess.decide", "council.request_triage"),),
    ),
    WorkQueue(
        "decisions",
        "Decisions due",
        "The family must be told of a decision within two weeks, or should have been already.",
        (
            "assess.decide",
            "detained.decide",
            "plan.decide_not_to_issue",
            "review.decide",
            "reassess.decide",
            "reassess.no_change",
            "review.decide_not_to_amend",
            "health_notice.consider",
            "move.during_assessment",
            "topup.decide",
        ),
        stages=("requested", "assessing", "held", "reported", "proposed", "received", "talking", "expected", "asked"),
        within=timedelta(days=14),
        pages=(("assess.decide", "council.decision"), ("review.decide", "council.review_decision")),
    ),
    WorkQueue(
        "advice",
        "Advice late",
        "Somebody was asked for advice and their six weeks are over, or end within a week.",
        ("advice.respond", "advice.respond_setting", "reassess.advice"),
        within=timedelta(days=7),
        pages=(("advice.respond", "council.advice"), ("advice.respond_setting", "council.advice")),
    ),
    WorkQueue(
        "drafts",
        "Drafts to write",
        "A draft plan, or a notice of changes, must reach the family within six weeks.",
        ("plan.issue_draft", "review.amend_notice", "order.make_plan_draft", "unopposed.make_plan_draft"),
        stages=("assessing", "changing", "to_draft", "preparing"),
        within=timedelta(days=42),
        pages=(("plan.issue_draft", "council.plan"),),
    ),
    WorkQueue(
        "comments",
        "Comments to answer",
        "A draft is with the family: answer what they say of it, then make the plan final.",
        (
            "plan.finalise",
            "review.amended_final",
            "amend.without_review",
            "reassess.finalise",
            "order.make_plan_final",
            "order.assess_final",
            "unopposed.make_plan_final",
            "unopposed.assess_final",
        ),
        stages=("drafted", "proposed", "meeting_owed"),
        pages=(("plan.finalise", "council.plan_comments_page"),),
    ),
    WorkQueue(
        "reviews",
        "Reviews to plan",
        "A review is due within three months and no meeting is arranged.",
        ("review.annual", "review.first", "move.review"),
        stages=("waiting",),
        within=timedelta(days=92),
    ),
    WorkQueue(
        "tribunal",
        "Mediation and tribunal",
        "Mediation, an appeal or an order asks something of us by a day.",
        owed_in(*TRIBUNAL),
    ),
    WorkQueue(
        "moves",
        "Families who move",
        "A plan comes from another authority, or goes to one.",
        ("move.inform_family", "move.transfer"),
    ),
)
BY_ID = {queue.id: queue for queue in QUEUES}
