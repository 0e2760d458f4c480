"""The ways in which a plan comes to be written: new, changed after a review, or changed without one.

Each is written, sent to the family, commented on and made final on the same pages; only the acts differ.
"""

from dataclasses import dataclass

from models.cases import Process


@dataclass(frozen=True)
class Course:
    """One way: the stages at which a version is written and at which the family has it, and what is then done.

    `send` sends it and `served` records the day it came; `served_day` is what both fix, from which `comment` counts.
    `issue` makes it final.
    """

    written: tuple[str, ...]
    with_family: tuple[str, ...]
    send: str
    served: str
    served_day: str
    comment: str
    issue: str
    changes: bool = True


_CHANGED = Course(
    written=("proposed", "meeting_owed"),
    with_family=("proposed", "meeting_owed"),
    send="send_amend_notice",
    served="record_amend_notice_served",
    served_day="amend_notice_served",
    comment="review.amend_representations",
    issue="issue_amended",
)
_NEW = Course(
    written=("assessing", "drafted"),
    with_family=("drafted",),
    send="send_draft",
    served="record_draft_served",
    served_day="draft_served",
    comment="plan.draft_representations",
    issue="issue_final",
    changes=False,
)
COURSES = {
    "assessment": _NEW,
    "reassessment": _NEW,
    "review": Course(**{**vars(_CHANGED), "written": ("changing", *_CHANGED.written)}),
    "amendment": Course(**{**vars(_CHANGED), "written": ("preparing", *_CHANGED.written)}),
}


def course_of(process: Process) -> Course:
    """How the plan of a process comes about. Raises `KeyError` for a process that makes none."""
    return COURSES[process.kind]


def being_written(process: Process) -> bool:
    """Whether a version of a plan can be written in this process now."""
    return process.kind in COURSES and process.stage in course_of(process).written


def with_family(process: Process) -> bool:
    """Whether the family has a draft, or the changes proposed, and can say what it thinks of them."""
    return process.kind in COURSES and process.stage in course_of(process).with_family
