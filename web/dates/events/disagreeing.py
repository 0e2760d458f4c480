"""When family and council do not agree: mediation, the appeal, and what the tribunal says."""

from web.dates.events.shape import Event, Group, Question, choice_of_rule, letter

ORDER_SETS_A_DATE = "If the tribunal's own letter gives a date, that date counts and not the one here."

DO = (
    ("assess", "Do an assessment", ("assess_notify", "assess_no_plan", "assess_final")),
    ("make", "Make a plan", ("make_plan_draft", "make_plan_final")),
    ("content", "Change what the plan says", ("amend_content",)),
    ("place", "Change the school or college", ("amend_placement",)),
    ("keep", "Keep the plan as it is", ("continue",)),
    ("keep-change", "Keep the plan and change it", ("continue_and_amend",)),
    ("again", "Think again about a plan", ("reconsider",)),
    ("end", "The plan may end", ("cease_dismissed",)),
)
NOT_OPPOSED = {"amend_placement": "placement_only", "continue": "cease", "continue_and_amend": "cease_and_amend"}
NEVER_UNOPPOSED = ("again", "end")

ORDERED = tuple(choice_of_rule(value, label, *(f"order.{rule}" for rule in rules)) for value, label, rules in DO)
CONCEDED = tuple(
    choice_of_rule(value, label, *(f"unopposed.{NOT_OPPOSED.get(rule, rule)}" for rule in rules))
    for value, label, rules in DO
    if value not in NEVER_UNOPPOSED
)


# Reg 42(2): the period of the matching order, of which each of these has one.
AS_IF_ORDERED = (
    ("assess", "Begin an assessment", "order.assess_notify"),
    ("make", "Make a plan", "order.make_plan_final"),
    ("content", "Change what the plan says", "order.amend_content"),
    ("place", "Change the school or college", "order.amend_placement"),
    ("keep", "Keep the plan as it is", "order.continue"),
    ("keep-change", "Keep the plan and change it", "order.continue_and_amend"),
)
AGREED = (
    *(
        choice_of_rule(value, label, "mediation.comply_appealable", as_if_order=order)
        for value, label, order in AS_IF_ORDERED
    ),
    choice_of_rule("other", "Something else", "mediation.comply_other"),
)

DISAGREEING = Group(
    "If you and the council do not agree",
    (
        Event(
            "want-mediation",
            "We told the council that we want mediation",
            (Question(("family_told_la_wants_mediation",), "When did you tell the council?"),),
            ("mediation.arrange",),
        ),
        Event(
            "no-mediation",
            "We told the mediation adviser that we do not want mediation",
            (Question(("family_told_adviser_no_mediation",), "When did you tell the adviser?"),),
            ("mediation.certificate_no_mediation",),
        ),
        Event(
            "mediation-health",
            "We told the council that the problem is about health",
            (Question(("family_told_la_health_issue",), "When did you tell the council?"),),
            ("mediation.notify_commissioner",),
        ),
        Event(
            "mediation-set",
            "There is a day for the mediation",
            (Question(("mediation_date",), "What day is the mediation?"),),
            ("mediation.inform_details",),
        ),
        Event(
            "mediation-cannot",
            "The council cannot set up mediation in time",
            (Question(("la_told_adviser_cannot_arrange",), "When did the council tell the adviser?"),),
            ("mediation.deemed_certificate",),
        ),
        Event(
            "mediation-over",
            "The mediation is over",
            (Question(("mediation_concluded",), "When did it end?"),),
            ("mediation.certificate_after",),
        ),
        Event(
            "agreed",
            "We and the council agreed what to do",
            (
                Question(("agreement_date",), "When did you agree?"),
                Question(
                    ("agreed_date_in_writing",),
                    "If you agreed in writing on a day by which it must be done, what day?",
                    optional=True,
                ),
            ),
            ("mediation.commissioner_notify_la",),
            which="What did the council agree to do?",
            choices=AGREED,
        ),
        Event(
            "appeal",
            "The council got our appeal",
            (
                Question(("appeal_received_by_la",), "When did the council get it?"),
                Question(
                    ("tribunal_directed_date",),
                    "If the tribunal set a day for the council's answer, what day?",
                    "It is in the tribunal's letter.",
                    optional=True,
                ),
            ),
            ("appeal.la_response",),
        ),
        Event(
            "not-opposed",
            "The council told the tribunal that it will not fight our appeal",
            (Question(("la_notified_tribunal",), "When did the council tell the tribunal?"),),
            which="What will the council do?",
            choices=CONCEDED,
        ),
        Event(
            "order",
            "The tribunal made its order",
            (letter("order_made", label="What is the date on the order?"),),
            which="What did the tribunal say?",
            choices=ORDERED,
            note=ORDER_SETS_A_DATE,
        ),
        Event(
            "recommendation",
            "The tribunal gave advice to the NHS or social care",
            (letter("recommendation_made", label="What is the date on the tribunal's letter?"),),
            ("order.recommendation_response",),
        ),
    ),
)
