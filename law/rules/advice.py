"""Advice for an assessment. SEND Regulations 2014, regs 6 and 8."""

from law.rules.assess import AT_ONCE
from law.rules.shape import ADVICE_CIRCUMSTANCES, Count, Rule

RULES = (
    Rule(
        id="advice.request",
        title="Ask for advice",
        needs=(("decision_to_assess_notified",), ("reassess_decision_notified",), ("own_motion_decision",)),
        count=AT_ONCE,
        owed_by="authority",
        owed_to=("advisers",),
        citation="SEND Regulations 2014, reg 6(1) and 6(3)",
        mark="B",
        duty="The authority must ask each adviser for advice, and send them the family's views and evidence.",
        family="The council must ask people who know your child for advice.",
        note="Reg 6(4): do not ask again where the adviser, the authority and the family agree existing advice is "
        "sufficient. Reg 26 asks for the same advice in a re-assessment.",
    ),
    Rule(
        id="advice.respond",
        title="Advice given to the authority",
        needs=(("advice_request_received_by_body",),),
        count=Count("weeks", 6),
        owed_by="body",
        owed_to=("authority",),
        citation="SEND Regulations 2014, reg 8(1)",
        mark="B",
        exceptions=ADVICE_CIRCUMSTANCES,
        duty="The body must give its advice to the authority.",
        family="The people who were asked must send their advice to the council.",
        note="Runs from the body's own receipt. Waiting lists do not excuse.",
    ),
    Rule(
        id="advice.respond_setting",
        title="Advice given by a school, college or the authority's own service",
        needs=(("advice_request_received_by_body",),),
        count=Count("weeks", 6),
        owed_by="body",
        owed_to=("authority",),
        citation="SEND Code of Practice 2015, 9.52",
        mark="K",
        standing="guidance",
        duty="The setting or service should give its advice to the authority.",
        family="The school, college or council team that was asked should send its advice to the council.",
        note="Reg 8 binds the bodies in s.31 only; the Code holds others to the same six weeks.",
    ),
)
