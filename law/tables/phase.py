"""A move to the next phase of education, in time for its cut-off. SEND Regulations 2014, reg 18.

The review itself, its letters and the appeal are the business of the review that this process opens.
"""

from law.tables.advising import consulting
from law.tables.shape import COUNCIL, DECIDERS, FAMILY, Process, Transition, at

# Each begins from the date of birth, until an actual date of transfer is known.
MOVES = {
    "begin_early_years": ("phase.early_years", "The move from early years to school was begun"),
    "begin_infant_junior": ("phase.infant_junior", "The move from infant to junior school was begun"),
    "begin_primary_middle": ("phase.primary_middle", "The move from primary to middle school was begun"),
    "begin_secondary": ("phase.secondary", "The move from primary to secondary school was begun"),
    "begin_middle_secondary": ("phase.middle_secondary", "The move from middle to secondary school was begun"),
    "begin_post16": ("phase.post16", "The move from school to a post-16 institution was begun"),
}
BETWEEN_COLLEGES = "phase.post16_to_post16"
CUT_OFFS = (*(rule for rule, _ in MOVES.values()), BETWEEN_COLLEGES)
EVERYTHING = (*CUT_OFFS, "consult.setting")
OPEN = ("asking", "preferred", "reviewing")

TRANSITIONS = (
    *(
        Transition(
            "not_started",
            act,
            "asking",
            (*COUNCIL, "system"),
            words,
            starts=(rule,),
            notices=("phase_preferences",),
        )
        for act, (rule, words) in MOVES.items()
    ),
    Transition(
        "not_started",
        "begin_between_colleges",
        "asking",
        (*COUNCIL, "system"),
        "The move from one post-16 institution to another was begun",
        records=("transfer_date",),
        starts=(BETWEEN_COLLEGES,),
        notices=("phase_preferences",),
    ),
    *at(
        OPEN,
        "set_transfer_date",
        None,
        COUNCIL,
        "The actual date of the move was recorded or corrected",
        records=("transfer_date",),
    ),
    Transition(
        "asking",
        "say_preference",
        "preferred",
        (*FAMILY, *COUNCIL),
        "The family said which school or college it would like",
    ),
    *at(
        ("preferred", "reviewing"),
        "change_preference",
        None,
        (*FAMILY, *COUNCIL),
        "The family changed its preference",
    ),
    # The law does not wait for a preference.
    *at(
        ("asking", "preferred"),
        "review_for_move",
        "reviewing",
        (*COUNCIL, "system"),
        "The plan came under review for the move",
        opens=("review",),
    ),
    *consulting("reviewing"),
    Transition(
        "reviewing",
        "name_next_setting",
        "named",
        DECIDERS,
        "The amended final plan was issued, and names the next setting or type of setting",
        meets=CUT_OFFS,
        voids=("consult.setting",),
    ),
    Transition(
        "reviewing",
        "find_already_named",
        "named",
        DECIDERS,
        "The review found that the plan already names the next setting or type, and the family was told",
        meets=CUT_OFFS,
        voids=("consult.setting",),
    ),
    *at(
        OPEN,
        "stay_another_year",
        "staying",
        DECIDERS,
        "It was decided with the family that the move will not be this year",
        voids=EVERYTHING,
        notices=("phase_not_moving",),
    ),
    *at(
        OPEN,
        "close",
        "closed",
        ("manager", "system"),
        "The move was closed because the plan ended or passed to another authority",
        voids=EVERYTHING,
    ),
)

PHASE = Process(
    name="phase",
    title="Move to the next phase of education",
    stages={
        "not_started": "Not started",
        "asking": "Preference asked for",
        "preferred": "Preference known",
        "reviewing": "Plan under review",
        "named": "Next setting named",
        "staying": "Not moving this year",
        "closed": "Closed",
    },
    start="not_started",
    ends=("named", "staying", "closed"),
    transitions=TRANSITIONS,
)
