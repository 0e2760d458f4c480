"""Every process, and the one question the rest of the house asks of them."""

from law.errors import NotAllowed, UnknownProcess
from law.tables.advising import ROWS
from law.tables.amendment import AMENDMENT
from law.tables.assessment import ASSESSMENT
from law.tables.budget import BUDGET
from law.tables.ceasing import CEASING
from law.tables.details import DETAILS
from law.tables.disagreement import DISAGREEMENT
from law.tables.health_notice import HEALTH_NOTICE
from law.tables.move_in import MOVE_IN
from law.tables.move_out import MOVE_OUT
from law.tables.order import ORDER
from law.tables.phase import PHASE
from law.tables.reassessment import REASSESSMENT
from law.tables.review import REVIEW
from law.tables.shape import Process, Role, Transition
from law.tables.support import SUPPORT
from law.tables.topup import TOPUP
from law.tables.turn import TURN

__all__ = [
    "PROCESSES",
    "ROWS",
    "NotAllowed",
    "Process",
    "Role",
    "Transition",
    "next_step",
    "next_transition",
    "on_a_row",
    "process",
]

PROCESSES: dict[str, Process] = {
    table.name: table
    for table in (
        SUPPORT,
        TOPUP,
        ASSESSMENT,
        REVIEW,
        PHASE,
        AMENDMENT,
        REASSESSMENT,
        MOVE_IN,
        MOVE_OUT,
        DISAGREEMENT,
        ORDER,
        BUDGET,
        TURN,
        CEASING,
        HEALTH_NOTICE,
        DETAILS,
    )
}


def on_a_row(kind: str, act: str) -> bool:
    """Whether an act of a process is done to one request for advice, which it names in its facts."""
    return kind in ("assessment", "reassessment") and any(line.act == act for line in ROWS["advice"].transitions)


_BY_STAGE_AND_ACT = {
    (table.name, transition.from_, transition.act): transition
    for table in (*PROCESSES.values(), *ROWS.values())
    for transition in table.transitions
}


def process(name: str) -> Process:
    """One process by name. Raises UnknownProcess."""
    try:
        return PROCESSES[name]
    except KeyError:
        raise UnknownProcess(name) from None


def next_transition(process: Process | str, stage: str, act: str) -> Transition:
    """What an act does at a stage. Raises NotAllowed where the table has no such line."""
    name = process if isinstance(process, str) else process.name
    if name not in PROCESSES:
        raise UnknownProcess(name)
    try:
        return _BY_STAGE_AND_ACT[name, stage, act]
    except KeyError:
        raise NotAllowed(name, stage, act) from None


def next_step(row: str, stage: str, act: str) -> Transition:
    """What an act does to a row that has a small table of its own. Raises NotAllowed, UnknownProcess."""
    if row not in ROWS:
        raise UnknownProcess(row)
    try:
        return _BY_STAGE_AND_ACT[row, stage, act]
    except KeyError:
        raise NotAllowed(row, stage, act) from None
