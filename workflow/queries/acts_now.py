"""What can be done on a case now, from the state tables, in words."""

from dataclasses import dataclass

from law import notices as law_notices
from law import tables
from law.rules import current
from law.tables import Transition
from models.cases import Process
from workflow.access.actor import Actor
from workflow.cases import acts, following
from workflow.cases.plan_courses import COURSES


def _of_a_plan(kind: str) -> dict[str, str]:
    course = COURSES[kind]
    pages = {course.send: "council.plan", course.served: "council.plan_served", course.issue: "council.plan"}
    return pages | {"meet_family": "council.plan_met"}


_EXCEPTION = dict.fromkeys(("record_exception", "end_exception"), "council.exception")
# Acts that are done on a page of their own, which asks for more than the one that serves every act: an endpoint that
# takes `process_id`.
OWN_PAGES: dict[str, dict[str, str]] = {
    "assessment": _of_a_plan("assessment")
    | _EXCEPTION
    | {
        "consult_family": "council.request_triage",
        "ask_for_information": "council.request_triage",
        "correct_received_date": "council.request_triage",
        "withdraw": "council.withdrawal",
        "agree_to_assess": "council.decision",
        "refuse_to_assess": "council.decision",
        "decide_no_plan": "council.no_plan",
    },
    "reassessment": _of_a_plan("reassessment") | _EXCEPTION,
    "review": _of_a_plan("review")
    | dict.fromkeys(("decide_keep", "decide_change", "decide_end"), "council.review_decision"),
    "amendment": _of_a_plan("amendment"),
    "order": _EXCEPTION,
}
# Acts that are done by sending a form, on the page of one row, or by the service itself.
_OF_A_DRAFT = frozenset(
    {"ask_for_meeting", "finish_asking", *(line.act for line in tables.ROWS["consultation"].transitions)}
)
_OTHERWISE: dict[str, frozenset[str]] = {
    "assessment": _OF_A_DRAFT
    | {"receive_request", "tell_family_considering", "tell_others_considering", "set_aside", "take_up_again"},
    "reassessment": _OF_A_DRAFT,
    "review": frozenset({"begin", "begin_after_review", "begin_after_move", "send_invitations", "send_report"}),
}
ELSEWHERE = {kind: frozenset(OWN_PAGES.get(kind, ())) | _OTHERWISE.get(kind, frozenset()) for kind in tables.PROCESSES}


@dataclass(frozen=True)
class Listed:
    """One act: its name, what the record will say, the letters it owes, the dates it starts and meets.

    page: the endpoint of its own page, "" where it is done on the one that serves every act.
    """

    act: str
    title: str
    says: str
    letters: tuple[str, ...]
    starts: tuple[str, ...]
    meets: tuple[str, ...]
    page: str = ""


@dataclass(frozen=True)
class Beginning:
    """A process that can be begun, and the ways to begin it."""

    kind: str
    title: str
    ways: tuple[Listed, ...]


def here(kind: str, act: str) -> bool:
    """Whether an act is done on the page that serves every act."""
    return kind in tables.PROCESSES and act not in ELSEWHERE[kind]


def listed(process: Process, actor: Actor) -> list[Listed]:
    """What this actor may do on a process now, by hand: on the page that serves every act, or on one of its own."""
    may = acts.possible(process, actor)
    lines = tables.PROCESSES[process.kind].acts_at(process.stage)
    own = OWN_PAGES.get(process.kind, {})
    return [
        _listed(line, own.get(line.act, ""))
        for line in lines
        if line.act in may and (line.act in own or here(process.kind, line.act))
    ]


def beginnings(actor: Actor) -> list[Beginning]:
    """Everything this actor could begin on a case. A review begins with the plan, and waits already."""
    found = [
        Beginning(
            kind,
            table.title,
            tuple(_listed(line) for line in following.first_acts(kind, actor) if here(kind, line.act)),
        )
        for kind, table in tables.PROCESSES.items()
        if kind != "review"
    ]
    return [each for each in found if each.ways]


def title(act: str) -> str:
    """An act's name as a heading or a button has it."""
    return act.replace("_", " ").capitalize()


def letters(transition: Transition) -> tuple[str, ...]:
    """The titles of the letters an act owes."""
    return tuple(dict.fromkeys(law_notices.notice(each).title for each in transition.notices))


def _listed(line: Transition, page: str = "") -> Listed:
    return Listed(
        act=line.act,
        title=title(line.act),
        says=line.recorded_words,
        letters=letters(line),
        starts=tuple(current(rule).title for rule in line.starts),
        meets=tuple(current(rule).title for rule in line.meets),
        page=page,
    )
