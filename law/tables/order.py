"""Carrying out a tribunal's order, or what was conceded before one. SEND Regulations 2014, regs 44 and 45.

A plan made here never has a fresh twenty weeks: every limit runs from the order, or from telling the tribunal.
"""

from law.tables.ordered import CONCEDED, ORDERED, RECOMMENDED, Ordered
from law.tables.parts import APPEAL, WITH_DRAFT, while_drafted
from law.tables.shape import COUNCIL, DECIDERS, Process, Role, Transition, at

NOTIFY = ("order.assess_notify", "unopposed.assess_notify")
NO_PLAN = ("order.assess_no_plan", "unopposed.assess_no_plan")
DRAFT = ("order.make_plan_draft", "unopposed.make_plan_draft", "order.reconsider")
FINAL = ("order.assess_final", "unopposed.assess_final", "order.make_plan_final", "unopposed.make_plan_final")
GO_ON = ("order.continue", "unopposed.cease")
AMEND = (
    *("order.amend_content", "order.amend_placement", "order.continue_and_amend"),
    *("unopposed.amend_content", "unopposed.placement_only", "unopposed.cease_and_amend"),
)
OTHERS = ("order.cease_dismissed", "order.recommendation_response", "advice.request")
EVERYTHING = (*NOTIFY, *NO_PLAN, *DRAFT, *FINAL, *GO_ON, *AMEND, *OTHERS, *WITH_DRAFT)
OPEN = (
    *("to_assess", "assessing", "to_draft", "to_reconsider", "drafted"),
    *("to_amend", "to_continue", "to_cease", "to_answer"),
)
RECEIVERS: tuple[Role, ...] = (*COUNCIL, "system")
CORRECTIONS = (
    ("correct_order_date", "order_made", "The date of the order was corrected"),
    ("correct_concession_date", "la_notified_tribunal", "The date the authority told the tribunal was corrected"),
    ("correct_recommendation_date", "recommendation_made", "The date of the recommendation was corrected"),
)


def _begun(rows: tuple[Ordered, ...], trigger: str, roles: tuple[Role, ...]) -> tuple[Transition, ...]:
    return tuple(
        Transition("not_started", row.act, row.to, roles, row.words, records=(trigger,), starts=row.starts)
        for row in rows
    )


TRANSITIONS = (
    *_begun(ORDERED, "order_made", RECEIVERS),
    *_begun(RECOMMENDED, "recommendation_made", RECEIVERS),
    *_begun(CONCEDED, "la_notified_tribunal", DECIDERS),
    *at(
        OPEN,
        "record_order_received",
        None,
        RECEIVERS,
        "The day the order arrived was recorded; no limit runs from it",
        records=("order_received",),
    ),
    *at(
        OPEN,
        "record_directed_date",
        None,
        RECEIVERS,
        "A date set by the tribunal itself was recorded",
        records=("tribunal_directed_date",),
    ),
    *(
        line
        for act, key, words in CORRECTIONS
        for line in at(OPEN, act, None, ("caseworker", "manager"), words, records=(key,))
    ),
    *at(OPEN, "record_exception", None, DECIDERS, "An exception to a time limit was recorded"),
    *at(OPEN, "end_exception", None, DECIDERS, "The end of an exception to a time limit was recorded"),
    Transition(
        "to_assess",
        "tell_family_of_assessment",
        "assessing",
        DECIDERS,
        "The family was told that the assessment has begun",
        records=("decision_to_assess_notified",),
        starts=("advice.request",),
        meets=NOTIFY,
        notices=("assessing_after_appeal",),
    ),
    Transition(
        "assessing",
        "request_advice",
        "assessing",
        COUNCIL,
        "Advice was asked for",
        records=("advice_request_sent",),
        meets=("advice.request",),
        notices=("advice_request",),
    ),
    Transition(
        "assessing",
        "decide_no_plan",
        "no_plan",
        DECIDERS,
        "The family was told that there will be no plan, and why",
        records=("decision_sent",),
        starts=APPEAL,
        meets=NO_PLAN,
        voids=("order.assess_final", "unopposed.assess_final", "advice.request"),
        notices=("no_plan_family", "no_plan_others"),
    ),
    Transition(
        "assessing",
        "decide_no_change",
        "unchanged",
        DECIDERS,
        "After the re-assessment the family was told that the plan will not change, and why",
        records=("decision_sent",),
        starts=APPEAL,
        meets=NO_PLAN,
        voids=("order.assess_final", "unopposed.assess_final", "advice.request"),
        notices=("no_change",),
    ),
    Transition(
        "to_reconsider",
        "decide_no_plan",
        "no_plan",
        DECIDERS,
        "The family was told that there will be no plan, and why",
        records=("decision_sent",),
        starts=APPEAL,
        meets=("order.reconsider",),
        notices=("no_plan_family", "no_plan_others"),
    ),
    *at(
        ("assessing", "to_draft", "to_reconsider"),
        "send_draft",
        "drafted",
        COUNCIL,
        "The draft plan was sent to the family",
        records=("draft_served",),
        starts=("plan.draft_representations",),
        meets=DRAFT,
        voids=(*NO_PLAN, "advice.request"),
        notices=("draft_plan",),
    ),
    *while_drafted("drafted"),
    Transition(
        "drafted",
        "issue_final",
        "plan_issued",
        DECIDERS,
        "The final plan was issued",
        records=("final_issued", "plan_made", "decision_sent"),
        starts=("plan.admit", "plan.secure", *APPEAL),
        meets=(*FINAL, "plan.draft_representations"),
        voids=("plan.meeting", "consult.setting"),
        notices=("final_plan_family", "final_plan_others"),
        opens=("review",),
        begins="begin",
    ),
    # What the tribunal itself ordered is not open to a new appeal.
    Transition(
        "to_amend",
        "issue_amended",
        "amended",
        DECIDERS,
        "The plan was issued as amended",
        records=("amended_final_issued",),
        meets=AMEND,
        notices=("carried_out_family", "carried_out_others"),
    ),
    Transition(
        "to_continue",
        "confirm_plan_goes_on",
        "continued",
        DECIDERS,
        "The family and the setting were told that the plan goes on",
        meets=GO_ON,
        notices=("plan_goes_on",),
    ),
    Transition(
        "to_cease",
        "end_plan",
        "ceased",
        DECIDERS,
        "The plan ended",
        meets=("order.cease_dismissed",),
        notices=("plan_ended_family", "plan_ended_others"),
    ),
    Transition(
        "to_answer",
        "receive_answer",
        "answered",
        COUNCIL,
        "Health or social care answered the recommendation, with reasons for anything it will not do",
        meets=("order.recommendation_response",),
    ),
    *at(
        OPEN,
        "learn_order_was_set_aside",
        "set_aside",
        RECEIVERS,
        "The order was set aside or stayed, and nothing more is to be done under it",
        voids=EVERYTHING,
    ),
    *at(
        OPEN,
        "close",
        "closed",
        ("manager", "system"),
        "The order was closed because the plan ended by itself or moved to another authority",
        voids=EVERYTHING,
    ),
)

ORDER = Process(
    name="order",
    title="Tribunal order or conceded appeal",
    stages={
        "not_started": "Not started",
        "to_assess": "To assess",
        "assessing": "Being assessed",
        "to_draft": "To make a plan",
        "to_reconsider": "To decide again",
        "drafted": "Draft plan sent",
        "to_amend": "To change the plan",
        "to_continue": "To keep the plan",
        "to_cease": "To end the plan",
        "to_answer": "Recommendation to answer",
        "plan_issued": "Plan made",
        "no_plan": "No plan",
        "unchanged": "Plan not changed",
        "amended": "Plan changed",
        "continued": "Plan goes on",
        "ceased": "Plan ended",
        "answered": "Recommendation answered",
        "set_aside": "Order set aside",
        "closed": "Closed",
    },
    start="not_started",
    ends=("plan_issued", "no_plan", "unchanged", "amended", "continued", "ceased", "answered", "set_aside", "closed"),
    transitions=TRANSITIONS,
)
