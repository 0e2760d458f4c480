"""Help at school, money, and what only people who work with plans need to look up."""

from web.dates.events.shape import COUNCIL_GOT_IT, Event, Group, Question

HELP = Group(
    "Extra help and money",
    (
        Event(
            "support",
            "Extra help began at school or college, without a plan",
            (
                Question(("support_started",), "When did it begin?"),
                Question(("parents_met",), "When did the school last meet you about it? (if it has)", optional=True),
                Question(
                    ("progress_report_sent",), "When did the school last write to you? (if it has)", optional=True
                ),
            ),
            ("support.inform_family", "support.meet_parents", "support.report"),
        ),
        Event(
            "budget",
            "We asked for a personal budget",
            (Question(("budget_requested",), "When did you ask?"),),
            ("budget.prepare",),
        ),
        Event(
            "payments",
            "We got the first direct payment",
            (Question(("first_direct_payment",), "When was it paid?"),),
            ("budget.dp_review",),
        ),
    ),
)

WORK = Group(
    "For people who work with plans",
    (
        Event(
            "advice",
            "Somebody was asked for advice for an assessment",
            (Question(("advice_request_received_by_body",), "When did the request reach them?"),),
            ("advice.respond", "advice.respond_setting"),
            note="A time limit in law for the NHS and other councils; good practice for schools, colleges and the "
            "council's own services.",
        ),
        Event(
            "consulted",
            "A school or college was asked about a place",
            (Question(("consultation_sent",), "When was it asked?"),),
            ("consult.setting",),
        ),
        Event(
            "term",
            "A school term begins",
            (Question(("term_starts",), "What is the first day of term?"),),
            ("review.notify_schools_list",),
        ),
        Event(
            "health-notice",
            "The NHS told the council about a child under school age",
            (Question(("health_notice_received",), "When did the council get the notice?"),),
            ("health_notice.consider",),
        ),
        Event(
            "health-moved",
            "The plan's NHS body changed after a move",
            (
                Question(("old_rcb_aware",), "When did the old NHS body know of the move?"),
                Question(("move_date",), "When was the move? (if known)", optional=True),
                Question(("new_rcb_aware",), "When did the new NHS body know? (if known)", optional=True),
            ),
            ("move.commissioner_notify", "move.commissioner_request"),
        ),
        Event(
            "own-motion",
            "The council chose to do a new assessment, and nobody asked",
            (Question(("own_motion_decision",), "When was that decided?"),),
            ("advice.request", "reassess.no_change", "reassess.finalise"),
        ),
        Event(
            "reassess-advice",
            "Somebody was asked for advice for a new assessment",
            (Question(("advice_request_received_by_body",), "When did the request reach them?"),),
            ("reassess.advice",),
        ),
        Event(
            "detained",
            "There is a request for somebody in custody",
            (COUNCIL_GOT_IT,),
            ("detained.decide",),
        ),
    ),
)
