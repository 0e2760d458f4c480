"""What can be done on a case now, from the state tables, in words."""

from dataclasses import dataclass

from law import notices as law_notices
from law import tables
from law.rules import current
from law.tables import Transition
from models.cases import Process
from workflow.access.actor import Actor
from workflow.cases import acts, following

# Acts that are done elsewhere: by sending a form, on a page of their own, or by the service itself.
_OF_A_PLAN = frozenset(
    {
        "send_draft",
        "record_draft_served",
        "ask_for_meeting",
        "meet_family",
        "issue_final",
        "finish_asking",
        *(line.act for line in tables.ROWS["consultation"].transitions),
    }
)
ELSEWHERE: dict[str, frozenset[str]] = {
    "assessment": _OF_A_PLAN
    | frozenset(
        {
            "receive_request",
            "tell_family_considering",
            "tell_others_considering",
            "consult_family",
            "ask_for_information",
            "correct_received_date",
            "record_exception",
            "withdraw",
            "set_aside",
            "take_up_again",
            "agree_to_assess",
            "refuse_to_assess",
            "decide_no_plan",
        }
    ),
    "reassessment": _OF_A_PLAN,
    "review": frozenset(
        {
            "begin",
            "begin_after_review",
            "begin_after_move",
            "send_invitations",
            "send_report",
            "decide_keep",
            "decide_change",
            "decide_end",
            "send_amend_notice",
        }
    ),
    "amendment": frozenset({"send_amend_notice"}),
}
NOT_BY_HAND = frozenset({"record_exception"})  # takes the facts of the exception, which no plain page asks for


@dataclass(frozen=True)
class Listed:
    """One act: its name, what the record will say, the letters it owes, the dates it starts and meets."""

    act: str
    title: str
    says: str
    letters: tuple[str, ...]
    starts: tuple[str, ...]
    meets: tuple[str, ...]


@dataclass(frozen=True)
class Beginning:
    """A process that can be begun, and the ways to begin it."""

    kind: str
    title: str
    ways: tuple[Listed, ...]


def here(kind: str, act: str) -> bool:
    """Whether an act is done on the page that serves every act."""
    return kind in tables.PROCESSES and act not in ELSEWHERE.get(kind, frozenset()) | NOT_BY_HAND


def listed(process: Process, actor: Actor) -> list[Listed]:
    """What this actor may do on a process now, on the page that serves every act."""
    may = acts.possible(process, actor)
    lines = tables.PROCESSES[process.kind].acts_at(process.stage)
    return [_listed(line) for line in lines if line.act in may and here(process.kind, line.act)]


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


def _listed(line: Transition) -> Listed:
    return Listed(
        act=line.act,
        title=title(line.act),
        says=line.recorded_words,
        letters=letters(line),
        starts=tuple(current(rule).title for rule in line.starts),
        meets=tuple(current(rule).title for rule in line.meets),
    )
