"""Ending a plan: consulting, deciding, and waiting until the time to appeal is over. CFA 2014, s.45; regs 29-31."""

from law.tables.parts import APPEAL
from law.tables.shape import COUNCIL, DECIDERS, FAMILY, SCHOOL, Process, Transition, at

BEFORE = ("considering", "consulted")
AFTER = ("decided", "appealed")

TRANSITIONS = (
    Transition(
        "not_started",
        "consider_ending",
        "considering",
        COUNCIL,
        "The authority began to consider whether the plan is still needed",
        records=("ceasing_considered",),
        starts=("cease.consult",),
    ),
    Transition(
        "considering",
        "consult_on_ending",
        "consulted",
        COUNCIL,
        "The family and the setting were told that the plan may end, and asked what they think",
        meets=("cease.consult",),
        notices=("considering_ending_family", "considering_ending_setting"),
    ),
    Transition(
        "consulted",
        "say_views",
        "consulted",
        (*FAMILY, *SCHOOL, *COUNCIL, "system"),
        "Views on ending the plan were received",
    ),
    # From 18, leaving education is no ground until a review has asked whether they wish to return. Reg 30.
    *at(
        BEFORE,
        "review_first",
        "under_review",
        COUNCIL,
        "A review was needed before anything can be decided about ending the plan",
        voids=("cease.consult",),
        opens=("review",),
    ),
    Transition(
        "considering",
        "think_no_further",
        "kept",
        DECIDERS,
        "The authority found, before consulting anybody, that the plan is still needed",
        voids=("cease.consult",),
    ),
    Transition(
        "consulted",
        "keep_plan",
        "kept",
        DECIDERS,
        "The family and the setting were told that the plan goes on",
        notices=("plan_goes_on",),
    ),
    Transition(
        "consulted",
        "decide_to_end",
        "decided",
        DECIDERS,
        "The family, the setting and health were told that the plan is to end, and why",
        records=("decision_sent",),
        starts=(*APPEAL, "cease.not_before"),
        notices=("ending_family", "ending_others"),
    ),
    Transition(
        "not_started",
        "take_over_from_review",
        "decided",
        (*COUNCIL, "system"),
        "A review decided that the plan is to end, and the wait for the time to appeal began",
        records=("decision_sent",),
        starts=("cease.not_before",),
        takes=("cease.not_before",),
    ),
    Transition(
        "decided",
        "record_certificate",
        "decided",
        (*COUNCIL, "system"),
        "The family's mediation certificate was recorded, and with it the later end of the time to appeal",
        records=("certificate_issued",),
    ),
    Transition(
        "decided",
        "hear_of_appeal",
        "appealed",
        (*COUNCIL, "system"),
        "The family appealed, so the plan goes on until the appeal is over",
        voids=("cease.not_before",),
    ),
    *at(
        AFTER,
        "take_back_decision",
        "kept",
        DECIDERS,
        "The decision to end the plan was taken back, and the family and the setting were told that it goes on",
        voids=("cease.not_before",),
        notices=("plan_goes_on",),
    ),
    Transition(
        "appealed",
        "learn_appeal_was_won",
        "kept",
        (*COUNCIL, "system"),
        "The tribunal decided that the plan goes on",
    ),
    Transition(
        "decided",
        "end_plan",
        "ended",
        (*DECIDERS, "system"),
        "The time to appeal was over, and the plan ended",
        meets=("cease.not_before",),
        notices=("plan_ended_family", "plan_ended_others"),
    ),
    Transition(
        "appealed",
        "end_plan",
        "ended",
        DECIDERS,
        "The appeal was withdrawn or struck out, and the plan ended",
        notices=("plan_ended_family", "plan_ended_others"),
    ),
    # Carrying out the order, with its letters, is a process of its own.
    Transition(
        "appealed",
        "learn_appeal_was_lost",
        "ended",
        (*COUNCIL, "system"),
        "The tribunal dismissed the appeal, and the plan ended under its order",
    ),
    # Nothing is decided here and nobody is written to unasked: what happened has ended the plan.
    *at(
        ("not_started", *BEFORE, *AFTER),
        "record_end",
        "ended",
        DECIDERS,
        "The plan ended by itself, by death, by leaving England or at the upper age",
        voids=("cease.consult", "cease.not_before"),
    ),
    *at(
        (*BEFORE, *AFTER),
        "close",
        "closed",
        ("manager", "system"),
        "Ending the plan was closed because the plan passed to another authority",
        voids=("cease.consult", "cease.not_before"),
    ),
)

CEASING = Process(
    name="ceasing",
    title="Ending a plan",
    stages={
        "not_started": "Not started",
        "considering": "Being considered",
        "consulted": "Family and setting asked",
        "decided": "To end after the time to appeal",
        "appealed": "Under appeal",
        "ended": "Plan ended",
        "kept": "Plan goes on",
        "under_review": "To be reviewed first",
        "closed": "Closed",
    },
    start="not_started",
    ends=("ended", "kept", "under_review", "closed"),
    transitions=TRANSITIONS,
)
