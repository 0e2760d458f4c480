"""Changing a plan without a review. SEND Regulations 2014, reg 28, with reg 22 as after a review."""

from law.tables.parts import APPEAL, while_proposed
from law.tables.shape import COUNCIL, DECIDERS, FAMILY, SCHOOL, Process, Transition, at

AFTER_NOTICE = ("review.amend_representations", "amend.without_review")
EVERYTHING = (*AFTER_NOTICE, "consult.setting")
OPEN = ("asked", "preparing", "proposed", "meeting_owed")

TRANSITIONS = (
    Transition(
        "not_started",
        "ask_for_change",
        "asked",
        (*FAMILY, *SCHOOL, *COUNCIL, "system"),
        "A change to the plan, or an early review, was asked for",
    ),
    Transition("not_started", "prepare_change", "preparing", DECIDERS, "The authority decided to propose a change"),
    Transition("asked", "prepare_change", "preparing", DECIDERS, "The authority decided to propose the change"),
    Transition(
        "asked",
        "review_early",
        "under_review",
        DECIDERS,
        "It was decided to review the plan early",
        notices=("early_review",),
        opens=("review",),
    ),
    # No appeal lies against this, so the letter must show the other ways.
    Transition(
        "asked",
        "decline_change",
        "declined",
        DECIDERS,
        "The family was told that neither a change nor an early review will be begun, why, and what else it can do",
        notices=("change_declined",),
    ),
    Transition(
        "preparing",
        "give_up_change",
        "declined",
        DECIDERS,
        "The change was given up before anything was proposed",
        notices=("change_declined",),
    ),
    Transition(
        "preparing",
        "send_amend_notice",
        "proposed",
        COUNCIL,
        "The family was sent the plan, each change proposed and the evidence",
        records=("amend_notice_sent", "amend_notice_served"),
        starts=AFTER_NOTICE,
        notices=("amendment_proposed",),
    ),
    *while_proposed("proposed", "meeting_owed"),
    Transition(
        "proposed",
        "issue_amended",
        "amended",
        DECIDERS,
        "The amended final plan was issued",
        records=("amended_final_issued", "decision_sent"),
        starts=APPEAL,
        meets=AFTER_NOTICE,
        voids=("consult.setting",),
        notices=("amended_plan_family", "amended_plan_others"),
    ),
    Transition(
        "proposed",
        "decide_not_to_amend",
        "not_amended",
        DECIDERS,
        "The family was told that the plan will not change after all, and why",
        records=("decision_sent",),
        starts=APPEAL,
        meets=("amend.without_review",),
        voids=("review.amend_representations", "consult.setting"),
        notices=("not_amending",),
    ),
    *at(
        OPEN,
        "close",
        "closed",
        ("manager", "system"),
        "The change was closed because the plan ended or moved to another authority",
        voids=EVERYTHING,
    ),
)

AMENDMENT = Process(
    name="amendment",
    title="Change to a plan without a review",
    stages={
        "not_started": "Not started",
        "asked": "Asked for",
        "preparing": "Being prepared",
        "proposed": "Changes proposed",
        "meeting_owed": "Meeting asked for",
        "amended": "Plan changed",
        "not_amended": "Plan not changed",
        "under_review": "To be reviewed early",
        "declined": "Not taken further",
        "closed": "Closed",
    },
    start="not_started",
    ends=("amended", "not_amended", "under_review", "declined", "closed"),
    transitions=TRANSITIONS,
)
