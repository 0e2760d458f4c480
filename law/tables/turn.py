"""The young person takes over from the parent. CFA 2014, ss.80 and 83(2); SEND Regulations 2014, regs 64-65.

From the day after compulsory school age ends the young person, not the parent, receives letters, decides,
consents, requests and appeals. No date of any other process moves.
"""

from law.tables.shape import COUNCIL, DECIDERS, FAMILY, SCHOOL, Process, Transition, at

SCHOOL_AGE = ("age.compulsory_school_age_ends",)
WAITING = ("coming", "told", "doubted", "represented")

TRANSITIONS = (
    Transition(
        "not_started",
        "look_ahead",
        "coming",
        (*COUNCIL, "system"),
        "The day on which the young person takes over was worked out",
        starts=SCHOOL_AGE,
    ),
    Transition(
        "coming",
        "tell_both",
        "told",
        (*COUNCIL, "system"),
        "The young person and the parent were told what changes, and from when",
        notices=("turn_coming",),
    ),
    *at(
        ("told", "represented"),
        "say_wishes",
        None,
        (*FAMILY, *COUNCIL),
        "The young person said how the parent should stay involved, and what may be shared with them",
    ),
    # Capacity is never assumed to be missing, and is asked about each decision. Mental Capacity Act 2005.
    *at(
        ("coming", "told"),
        "question_capacity",
        "doubted",
        (*FAMILY, *SCHOOL, *COUNCIL),
        "It was asked whether the young person can make these decisions themselves",
    ),
    Transition(
        "doubted",
        "find_capacity",
        "told",
        DECIDERS,
        "It was recorded that the young person can make these decisions, with help to do so",
        notices=("turn_coming",),
    ),
    Transition(
        "doubted",
        "find_no_capacity",
        "represented",
        DECIDERS,
        "It was recorded, with reasons, that the young person lacks the capacity to decide, and who acts for them",
        notices=("turn_represented",),
    ),
    Transition(
        "represented",
        "look_at_capacity_again",
        "doubted",
        (*FAMILY, *SCHOOL, *COUNCIL),
        "The question of capacity was opened again",
    ),
    Transition(
        "told",
        "take_over",
        "taken_over",
        (*COUNCIL, "system"),
        "The young person took over: letters, consent, requests and the right of appeal are theirs",
        meets=SCHOOL_AGE,
        notices=("turn_taken",),
    ),
    # The law does not wait for a letter: late telling is told with the hand-over itself.
    Transition(
        "coming",
        "take_over",
        "taken_over",
        (*COUNCIL, "system"),
        "The young person took over without having been told before, and was told now",
        meets=SCHOOL_AGE,
        notices=("turn_taken",),
    ),
    # Until shown otherwise everybody can decide for themselves.
    Transition(
        "doubted",
        "take_over",
        "taken_over",
        (*COUNCIL, "system"),
        "The young person took over while the question of capacity was open: nothing had been shown against it",
        meets=SCHOOL_AGE,
        notices=("turn_taken",),
    ),
    Transition(
        "represented",
        "hand_to_representative",
        "handed_to_representative",
        (*COUNCIL, "system"),
        "The representative, or else the parent, acts for the young person from today",
        meets=SCHOOL_AGE,
        notices=("turn_represented",),
    ),
    *at(
        WAITING,
        "close",
        "closed",
        ("manager", "system"),
        "The hand-over was closed because the case ended or passed to another authority",
        voids=SCHOOL_AGE,
    ),
)

TURN = Process(
    name="turn",
    title="The young person takes over",
    stages={
        "not_started": "Not started",
        "coming": "Coming",
        "told": "Both told",
        "doubted": "Capacity in question",
        "represented": "Somebody will act for them",
        "taken_over": "Young person decides",
        "handed_to_representative": "Representative decides",
        "closed": "Closed",
    },
    start="not_started",
    ends=("taken_over", "handed_to_representative", "closed"),
    transitions=TRANSITIONS,
)
