"""A health body tells the authority of a young child who may have SEN. Children and Families Act 2014, s.23."""

from law.tables.shape import COUNCIL, DECIDERS, FAMILY, Process, Transition, at

OPEN = ("received", "talking")
CONSIDER = ("health_notice.consider",)

TRANSITIONS = (
    Transition(
        "not_started",
        "receive_notice",
        "received",
        (*COUNCIL, "system"),
        "A notice about the child was received from a health body",
        records=("health_notice_received",),
        starts=CONSIDER,
        notices=("health_notice_received", "health_notice_family"),
    ),
    # The health body has also asked: the six weeks run from the notice, and nothing is left to think about.
    Transition(
        "not_started",
        "receive_notice_with_request",
        "to_assess",
        (*COUNCIL, "system"),
        "A notice that also asks for an assessment was received from a health body",
        records=("health_notice_received",),
        notices=("health_notice_received",),
        opens=("assessment",),
        begins="receive_request",
    ),
    Transition(
        "received",
        "ask_parent_was_told",
        "received",
        COUNCIL,
        "The health body was asked to tell the parent first, and to give them the chance to talk it over",
    ),
    Transition("received", "talk_to_family", "talking", COUNCIL, "The family was asked what it thinks and wants"),
    *at(
        OPEN,
        "say_wishes",
        "talking",
        (*FAMILY, *COUNCIL, "system"),
        "The family said what it thinks and wants",
    ),
    *at(
        OPEN,
        "correct_notice_date",
        None,
        ("caseworker", "manager"),
        "The date the notice was received was corrected",
        records=("health_notice_received",),
    ),
    # The assessment's own clock has run since the day of the notice: this one ends.
    *at(
        OPEN,
        "consider_assessment",
        "to_assess",
        COUNCIL,
        "An assessment is being considered; its clock has run since the notice was received",
        voids=CONSIDER,
        opens=("assessment",),
        begins="become_responsible",
    ),
    *at(
        OPEN,
        "arrange_early_help",
        "supported",
        DECIDERS,
        "It was decided that support without an assessment is right for now, and the family and health were told",
        meets=CONSIDER,
        notices=("health_notice_outcome_family", "health_notice_outcome_health"),
        opens=("support",),
    ),
    *at(
        OPEN,
        "do_nothing_more",
        "noted",
        DECIDERS,
        "It was decided that nothing more is needed now, and the family and health were told why",
        meets=CONSIDER,
        notices=("health_notice_outcome_family", "health_notice_outcome_health"),
    ),
    *at(
        OPEN,
        "find_already_known",
        "known",
        COUNCIL,
        "The child is already being assessed or has a plan, and the notice was put with those papers",
        voids=CONSIDER,
    ),
    *at(
        OPEN,
        "send_on",
        "sent_on",
        COUNCIL,
        "The child lives in another area, and the notice was passed to that authority",
        voids=CONSIDER,
    ),
)

HEALTH_NOTICE = Process(
    name="health_notice",
    title="Notice from a health body",
    stages={
        "not_started": "Not started",
        "received": "Received",
        "talking": "Talking with the family",
        "to_assess": "Assessment being considered",
        "supported": "Support without an assessment",
        "noted": "Nothing more for now",
        "known": "Already known",
        "sent_on": "Passed to another authority",
    },
    start="not_started",
    ends=("to_assess", "supported", "noted", "known", "sent_on"),
    transitions=TRANSITIONS,
)
