"""Rows that several processes share, written once."""

from law.tables.advising import consulting
from law.tables.shape import COUNCIL, FAMILY, Transition, at

APPEAL = ("appeal.lodge", "mediation.contact")
WITH_DRAFT = ("plan.draft_representations", "plan.meeting", "consult.setting")


def while_drafted(stage: str) -> tuple[Transition, ...]:
    """What is done while the family has a draft plan: further drafts, meetings, consulting settings."""
    return (
        Transition(
            stage,
            "send_draft",
            stage,
            COUNCIL,
            "A further draft plan was sent to the family",
            records=("draft_served",),
            starts=("plan.draft_representations",),
            notices=("draft_plan",),
        ),
        Transition(
            stage,
            "record_draft_served",
            stage,
            (*COUNCIL, "system"),
            "The day the draft plan reached the family was recorded",
            records=("draft_served",),
        ),
        Transition(
            stage,
            "ask_for_meeting",
            stage,
            (*FAMILY, *COUNCIL),
            "The family asked for a meeting about the draft",
            records=("meeting_requested",),
            starts=("plan.meeting",),
        ),
        Transition(
            stage,
            "meet_family",
            stage,
            COUNCIL,
            "The family was met about the draft",
            meets=("plan.meeting",),
        ),
        *consulting(stage),
    )


def while_proposed(stage: str, meeting_owed: str) -> tuple[Transition, ...]:
    """What is done while the family has proposed changes to a plan. Reg 22(2).

    The plan cannot be finished while the family waits for the meeting it asked for: that is a stage of its own.
    """
    return (
        *at(
            (stage, meeting_owed),
            "record_amend_notice_served",
            None,
            (*COUNCIL, "system"),
            "The day the notice of changes reached the family was recorded",
            records=("amend_notice_served",),
        ),
        *at(
            (stage, meeting_owed),
            "say_views",
            None,
            (*FAMILY, *COUNCIL, "system"),
            "The family said what it thinks of the changes",
        ),
        Transition(
            stage,
            "ask_for_meeting",
            meeting_owed,
            (*FAMILY, *COUNCIL),
            "The family asked for a meeting about the changes",
        ),
        Transition(meeting_owed, "meet_family", stage, COUNCIL, "The family was met about the changes"),
        Transition(meeting_owed, "need_no_meeting", stage, COUNCIL, "The family no longer wanted the meeting"),
        *(line for each in (stage, meeting_owed) for line in consulting(each)),
    )
