"""Carrying out a tribunal's order. SEND Regulations 2014, reg 44.

Periods run from the order being made, not received. August and Christmas are not left out. A date
the tribunal sets wins.
"""

from dataclasses import replace

from law.rules.shape import ORDER_CIRCUMSTANCES, Count, Mark, Rule
from law.rules.work import same_day

WEEKS = {n: Count("weeks", n) for n in (2, 5, 10, 11, 14)}
TWO_WEEKS_AWAY = 14

_ORDERED = Rule(
    id="order.assess_notify",
    title="Order to assess: telling the family",
    needs=(("order_made",),),
    replaced_by=("tribunal_directed_date",),
    count=WEEKS[2],
    owed_by="authority",
    owed_to=("family",),
    citation="SEND Regulations 2014, reg 44(2)(b)",
    mark="B",
    exceptions=ORDER_CIRCUMSTANCES,
    absence_days=TWO_WEEKS_AWAY,
    duty="The authority must notify the family that it will assess or re-assess.",
    family="The council must tell you that it will do the assessment.",
)


def _ordered(rule_id: str, title: str, n: int, paragraph: str, mark: Mark, duty: str, family: str) -> Rule:
    citation = f"SEND Regulations 2014, reg 44(2){paragraph}"
    return replace(
        _ORDERED,
        id=rule_id,
        title=title,
        count=WEEKS[n],
        citation=citation,
        mark=mark,
        duty=duty,
        family=family,
    )


RULES = (
    _ORDERED,
    _ordered(
        "order.assess_no_plan",
        "Order to assess: no plan",
        10,
        "(b)(i)",
        "B",
        "If no plan is to be made, the authority must notify the family, with its reasons.",
        "If the council will not make a plan, it must tell you and say why.",
    ),
    replace(
        _ordered(
            "order.assess_final",
            "Order to assess: final plan",
            14,
            "(b)(ii)",
            "B",
            "The authority must send the finalised plan.",
            "The council must send you the final plan.",
        ),
        owed_to=("family", "setting", "health"),
    ),
    _ordered(
        "order.make_plan_draft",
        "Order to make a plan: draft",
        5,
        "(c)(i)",
        "B",
        "The authority must send a draft plan.",
        "The council must send you a draft plan.",
    ),
    _ordered(
        "order.make_plan_final",
        "Order to make a plan: final",
        11,
        "(c)(ii)",
        "B",
        "The authority must send the finalised plan.",
        "The council must send you the final plan.",
    ),
    _ordered(
        "order.reconsider",
        "Order to think again about a plan",
        2,
        "(d)",
        "K",
        "The authority must send a draft plan or notify that it will not make one.",
        "The council must send you a draft plan, or tell you that it will not make one.",
    ),
    replace(
        _ordered(
            "order.amend_content",
            "Order to change what the plan says",
            5,
            "(e)",
            "K",
            "The authority must issue the amended plan.",
            "The council must send you the changed plan.",
        ),
        note="Where placement is ordered too, the document has 5 weeks; hold an alert at 2 weeks.",
    ),
    _ordered(
        "order.amend_placement",
        "Order to change the school or college",
        2,
        "(f)",
        "K",
        "The authority must issue the amended plan.",
        "The council must send you the plan with the new school or college.",
    ),
    replace(
        _ORDERED,
        id="order.continue",
        title="Order to keep the plan",
        count=same_day("order_made"),
        citation="SEND Regulations 2014, reg 44(2)(g)",
        mark="K",
        duty="The authority must continue to maintain the plan.",
        family="The council must keep the plan going.",
    ),
    _ordered(
        "order.continue_and_amend",
        "Order to keep and change the plan",
        5,
        "(h)",
        "K",
        "The authority must continue to maintain the plan and issue it as amended.",
        "The council must keep the plan going and send you the changed plan.",
    ),
    replace(
        _ORDERED,
        id="order.cease_dismissed",
        title="Appeal against ending a plan dismissed",
        owed_to=(),
        count=same_day("order_made"),
        citation="SEND Regulations 2014, reg 44(2)(a)",
        duty="The authority must cease to maintain the plan.",
        family="The plan ends.",
    ),
    Rule(
        id="order.recommendation_response",
        title="Answer to a tribunal's recommendation",
        needs=(("recommendation_made",),),
        count=Count("days_from", 35),
        owed_by="health_and_care",
        owed_to=("family", "authority"),
        citation="SI 2017/1306",
        mark="B",
        duty="Health and social care must answer, with reasons if they will not follow the recommendation.",
        family="The NHS and social care must answer. If they will not do what was advised, they must say why.",
        note="Recommendations do not bind; the answer is mandatory. The strictest count is used.",
    ),
)
