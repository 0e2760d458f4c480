"""Top-up funding from the high needs block. Not law for families: it never stands in the way of an assessment."""

from law.tables.shape import COUNCIL, DECIDERS, SCHOOL, Process, Transition, at

LOOK_AGAIN = {
    "continue_funding": "The funding was continued, and the day to look at it again was set",
    "change_funding": "The funding was changed, and the day to look at it again was set",
}

TRANSITIONS = (
    Transition(
        "not_started",
        "ask_for_funding",
        "asked",
        (*SCHOOL, *COUNCIL, "system"),
        "The setting asked for top-up funding",
    ),
    Transition(
        "asked",
        "promise_decision",
        "asked",
        (*COUNCIL, "system"),
        "The setting was told when to expect a decision",
        records=("topup_decision_promised",),
        starts=("topup.decide",),
        notices=("topup_received",),
    ),
    Transition("asked", "ask_for_information", "asked", COUNCIL, "More information was asked for"),
    Transition("asked", "give_information", "asked", (*SCHOOL, *COUNCIL), "The setting gave more information"),
    Transition(
        "asked",
        "take_back_request",
        "taken_back",
        (*SCHOOL, *COUNCIL),
        "The setting took its request back",
        voids=("topup.decide",),
    ),
    Transition(
        "asked",
        "agree_funding",
        "funded",
        DECIDERS,
        "The funding was agreed, and the day to look at it again was set",
        records=("topup_review_agreed",),
        starts=("topup.review",),
        meets=("topup.decide",),
        notices=("topup_agreed",),
    ),
    Transition(
        "asked",
        "agree_part",
        "funded",
        DECIDERS,
        "A part of the funding was agreed, with reasons, and the day to look at it again was set",
        records=("topup_review_agreed",),
        starts=("topup.review",),
        meets=("topup.decide",),
        notices=("topup_part_agreed",),
    ),
    Transition(
        "asked",
        "refuse_funding",
        "refused",
        DECIDERS,
        "The funding was refused, with reasons",
        meets=("topup.decide",),
        notices=("topup_refused",),
    ),
    Transition(
        "refused",
        "ask_to_look_again",
        "asked",
        SCHOOL,
        "The setting asked the authority to look at its refusal again",
    ),
    Transition("refused", "let_refusal_stand", "not_funded", (*COUNCIL, "system"), "The refusal stood"),
    Transition(
        "funded",
        "show_effect",
        "looked_at",
        (*SCHOOL, *COUNCIL),
        "The setting showed what difference the funding has made",
        meets=("topup.review",),
    ),
    *(
        Transition(
            "looked_at",
            act,
            "funded",
            DECIDERS,
            words,
            records=("topup_review_agreed",),
            starts=("topup.review",),
            notices=("topup_agreed",),
        )
        for act, words in LOOK_AGAIN.items()
    ),
    *at(
        ("funded", "looked_at"),
        "end_funding",
        "ended",
        DECIDERS,
        "The funding was ended, with reasons",
        voids=("topup.review",),
        notices=("topup_ended",),
    ),
    *at(
        ("asked", "refused", "funded", "looked_at"),
        "close",
        "closed",
        ("manager", "system"),
        "Funding was closed because the child or young person left the setting or the area",
        voids=("topup.decide", "topup.review"),
    ),
)

TOPUP = Process(
    name="topup",
    title="Top-up funding",
    stages={
        "not_started": "Not started",
        "asked": "Asked for",
        "refused": "Refused",
        "funded": "Being paid",
        "looked_at": "Effect looked at",
        "taken_back": "Request taken back",
        "not_funded": "Not funded",
        "ended": "Ended",
        "closed": "Closed",
    },
    start="not_started",
    ends=("taken_back", "not_funded", "ended", "closed"),
    transitions=TRANSITIONS,
)
