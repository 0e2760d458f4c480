"""A change of name, address, setting or people, checked before it is used."""

from law.tables.shape import COUNCIL, FAMILY, SCHOOL, Process, Transition, at

OPEN = ("reported", "proof_asked")

TRANSITIONS = (
    Transition(
        "not_started",
        "report_change",
        "reported",
        (*FAMILY, *SCHOOL, *COUNCIL, "system"),
        "A change of details was reported",
    ),
    *at(OPEN, "ask_for_proof", "proof_asked", COUNCIL, "Papers were asked for, such as a court order"),
    Transition(
        "proof_asked",
        "give_proof",
        "reported",
        (*FAMILY, *SCHOOL, *COUNCIL, "system"),
        "The papers asked for were given",
    ),
    *at(
        OPEN,
        "restrict_who_knows",
        None,
        COUNCIL,
        "It was recorded who must not be told the new details",
    ),
    *at(
        OPEN,
        "make_change",
        "changed",
        COUNCIL,
        "The details were changed",
        notices=("details_changed",),
    ),
    # An address in another area moves the duty to another authority.
    *at(
        OPEN,
        "make_change_and_move",
        "changed",
        COUNCIL,
        "The details were changed, and the new address is in another area",
        notices=("details_changed",),
        opens=("move_out",),
        begins="hear_of_move",
    ),
    *at(
        OPEN,
        "decline_change",
        "not_changed",
        ("caseworker", "manager"),
        "The details were not changed, and the person who reported it was told why",
        notices=("details_not_changed",),
    ),
    *at(OPEN, "take_back_change", "taken_back", (*FAMILY, *SCHOOL, *COUNCIL), "The change was taken back"),
)

DETAILS = Process(
    name="details",
    title="Change of details",
    stages={
        "not_started": "Not started",
        "reported": "Reported",
        "proof_asked": "Papers asked for",
        "changed": "Changed",
        "not_changed": "Not changed",
        "taken_back": "Taken back",
    },
    start="not_started",
    ends=("changed", "not_changed", "taken_back"),
    transitions=TRANSITIONS,
)
