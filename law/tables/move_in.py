"""A family with a plan moves into the area. SEND Regulations 2014, regs 15(3)-(7) and 16."""

from law.tables.shape import COUNCIL, DECIDERS, FAMILY, Process, Transition, at

HEALTH = ("move.commissioner_request",)
EVERYTHING = ("move.inform_family", *HEALTH)
HERE = ("transferred", "told")

TRANSITIONS = (
    Transition(
        "not_started",
        "hear_of_move",
        "expected",
        (*FAMILY, *COUNCIL, "system"),
        "The authority heard that the family is moving in with a plan",
    ),
    *at(
        ("not_started", "expected"),
        "receive_plan",
        "transferred",
        COUNCIL,
        "The plan was transferred from the old authority, and has been this authority's to maintain since then",
        records=("plan_transferred", "plan_made"),
        starts=("move.inform_family",),
        opens=("review",),
        begins="begin_after_move",
    ),
    # An assessment does not transfer, nor does its clock: this authority's own begins from its own first day.
    *at(
        ("not_started", "expected"),
        "find_unfinished_assessment",
        "no_plan_yet",
        COUNCIL,
        "The family moved in during an assessment, and the authority is now responsible",
        opens=("assessment",),
        begins="become_responsible",
    ),
    *at(
        ("not_started", "expected"),
        "find_plan_from_abroad",
        "no_plan_yet",
        COUNCIL,
        "The plan was made outside England and cannot be transferred; the authority is now responsible",
        opens=("assessment",),
        begins="become_responsible",
    ),
    Transition("expected", "learn_move_is_off", "not_coming", COUNCIL, "The family is not moving in after all"),
    *at(
        HERE,
        "correct_transfer_date",
        None,
        ("caseworker", "manager"),
        "The date of transfer was corrected",
        records=("plan_transferred",),
    ),
    *at(
        HERE,
        "place_for_now",
        None,
        COUNCIL,
        "Because the place named is not practicable from here, another was found until the plan is amended",
    ),
    Transition(
        "transferred",
        "tell_family",
        "told",
        COUNCIL,
        "The family was told that the plan was transferred, that there will be no assessment, and when the review is",
        meets=("move.inform_family",),
        notices=("plan_transferred",),
    ),
    Transition(
        "transferred",
        "tell_family_of_assessment",
        "told",
        DECIDERS,
        "The family was told that the plan was transferred, that it will be assessed afresh, and when the review is",
        meets=("move.inform_family",),
        notices=("plan_transferred",),
        opens=("reassessment",),
    ),
    *at(
        HERE,
        "record_new_commissioner",
        None,
        COUNCIL,
        "The new health commissioner became aware of its duties under the plan",
        records=("new_rcb_aware",),
        starts=HEALTH,
    ),
    *at(
        HERE,
        "hear_health_is_secured",
        None,
        COUNCIL,
        "The new health commissioner confirmed that it can secure the health provision",
        meets=HEALTH,
    ),
    # The authority must do what the commissioner asks.
    *(
        line
        for act, opened, asked in (
            ("take_request_to_reassess", "reassessment", "a re-assessment"),
            ("take_request_to_review", "review", "a review"),
        )
        for line in at(
            HERE,
            act,
            None,
            COUNCIL,
            f"The new health commissioner cannot secure the provision and asked for {asked}",
            meets=HEALTH,
            opens=(opened,),
        )
    ),
    Transition(
        "told",
        "settle",
        "settled",
        COUNCIL,
        "The move was settled: the family is told and every part of the plan is being provided",
        voids=HEALTH,
    ),
    *at(
        HERE,
        "close",
        "closed",
        ("manager", "system"),
        "The move was closed because the plan ended or passed to another authority",
        voids=EVERYTHING,
    ),
)

MOVE_IN = Process(
    name="move_in",
    title="Moving in with a plan",
    stages={
        "not_started": "Not started",
        "expected": "Expected",
        "transferred": "Plan transferred",
        "told": "Family told",
        "settled": "Settled",
        "no_plan_yet": "To be assessed here",
        "not_coming": "Not coming",
        "closed": "Closed",
    },
    start="not_started",
    ends=("settled", "no_plan_yet", "not_coming", "closed"),
    transitions=TRANSITIONS,
)
