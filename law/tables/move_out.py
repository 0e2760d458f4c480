"""A family with a plan moves away. SEND Regulations 2014, regs 15(2) and 16.

Until the plan is transferred this authority maintains it.
"""

from law.tables.shape import COUNCIL, DECIDERS, FAMILY, Process, Transition, at

HEALTH = ("move.commissioner_notify",)
EVERYTHING = ("move.transfer", *HEALTH)

TRANSITIONS = (
    Transition(
        "not_started",
        "hear_of_move",
        "heard",
        (*FAMILY, *COUNCIL, "system"),
        "The authority heard that the family may move away",
    ),
    # What counts is the day the authority became aware, whoever in it heard first.
    *at(
        ("not_started", "heard"),
        "confirm_move",
        "leaving",
        (*COUNCIL, "system"),
        "The day the authority became aware of the move, and the day of the move, were recorded",
        records=("old_la_aware", "move_date"),
        starts=("move.transfer",),
    ),
    Transition(
        "leaving",
        "change_move_date",
        "leaving",
        (*FAMILY, *COUNCIL),
        "The day of the move was changed",
        records=("move_date",),
    ),
    Transition(
        "leaving",
        "correct_aware_date",
        "leaving",
        ("caseworker", "manager"),
        "The day the authority became aware of the move was corrected",
        records=("old_la_aware",),
    ),
    *at(
        ("leaving", "passed_on"),
        "record_old_commissioner",
        None,
        COUNCIL,
        "The health commissioner became aware that it will no longer be responsible",
        records=("old_rcb_aware",),
        starts=HEALTH,
    ),
    *at(
        ("leaving", "passed_on"),
        "hear_commissioner_told",
        None,
        COUNCIL,
        "The health commissioner told the new one",
        meets=HEALTH,
    ),
    Transition(
        "leaving",
        "transfer_plan",
        "passed_on",
        COUNCIL,
        "The plan was transferred to the new authority",
        records=("plan_transferred",),
        meets=("move.transfer",),
        notices=("plan_passed_on",),
    ),
    Transition(
        "passed_on",
        "confirm_arrival",
        "gone",
        (*COUNCIL, "system"),
        "The new authority confirmed that it has the plan, and the case ended here",
        voids=HEALTH,
    ),
    *at(
        ("heard", "leaving"),
        "learn_move_is_off",
        "staying",
        COUNCIL,
        "The family is not moving away after all",
        voids=EVERYTHING,
    ),
    Transition(
        "leaving",
        "leave_england",
        "left_england",
        DECIDERS,
        "The family moved out of England, where no authority can take the plan over",
        voids=EVERYTHING,
        opens=("ceasing",),
    ),
    *at(
        ("heard", "leaving", "passed_on"),
        "close",
        "closed",
        ("manager", "system"),
        "The move was closed because the plan ended",
        voids=EVERYTHING,
    ),
)

MOVE_OUT = Process(
    name="move_out",
    title="Moving away with a plan",
    stages={
        "not_started": "Not started",
        "heard": "Heard of",
        "leaving": "Leaving",
        "passed_on": "Plan transferred",
        "gone": "Gone",
        "left_england": "Left England",
        "staying": "Not moving",
        "closed": "Closed",
    },
    start="not_started",
    ends=("gone", "left_england", "staying", "closed"),
    transitions=TRANSITIONS,
)
