"""Requests and the decision whether to assess. CFA 2014, s.36; SEND Regulations 2014, regs 3-5."""

from law.rules.shape import FOUR_CIRCUMSTANCES, REQUEST_OR_RESPONSIBLE, Count, NoDate, Rule

AT_ONCE = NoDate(
    "The law gives no number of days: do it at once.",
    "The law gives no number of days. It must be done straight away.",
)

RULES = (
    Rule(
        id="assess.consult",
        title="Consult the family about an assessment",
        needs=REQUEST_OR_RESPONSIBLE,
        count=NoDate(
            "The law gives no number of days: do it as soon as practicable.",
            "The law gives no number of days. It must be done as soon as the council can.",
        ),
        owed_by="authority",
        owed_to=("family",),
        citation="Children and Families Act 2014, s.36(4); SEND Regulations 2014, reg 3",
        mark="B",
        duty="The authority must consult the family when it considers whether to assess.",
        family="The council must ask what you think about an assessment.",
        note="Record the day it was done.",
    ),
    Rule(
        id="assess.notify_considering",
        title="Tell the family an assessment is being considered",
        needs=REQUEST_OR_RESPONSIBLE,
        count=AT_ONCE,
        owed_by="authority",
        owed_to=("family",),
        citation="Children and Families Act 2014, s.36(7)",
        mark="B",
        duty="The authority must tell the family that it is considering an assessment, and that they may give views "
        "and evidence.",
        family="The council must tell you that it is thinking about an assessment. You can give your views and send "
        "papers that help.",
        note="Not required if the child was assessed in the previous 6 months; the request must still be considered.",
    ),
    Rule(
        id="assess.notify_others",
        title="Tell health, social care and the setting an assessment is being considered",
        needs=REQUEST_OR_RESPONSIBLE,
        count=AT_ONCE,
        owed_by="authority",
        owed_to=("health", "social_care", "setting"),
        citation="SEND Regulations 2014, reg 4(2)",
        mark="A",
        duty="The authority must tell health, social care and the setting that it is considering an assessment.",
        family="The council must tell the school, the NHS and social care that it is thinking about an assessment.",
    ),
    Rule(
        id="assess.decide",
        title="Decision whether to assess",
        needs=REQUEST_OR_RESPONSIBLE,
        count=Count("weeks", 6),
        owed_by="authority",
        owed_to=("family", "health", "social_care", "setting"),
        citation="SEND Regulations 2014, reg 5(1)-(2)",
        mark="A",
        exceptions=FOUR_CIRCUMSTANCES,
        duty="The authority must notify its decision whether to assess; deciding is not enough.",
        family="The council must tell you if it will do an assessment.",
        note="A refusal is also governed by reg 4(1), which has the same six weeks and no exceptions.",
    ),
    Rule(
        id="assess.refuse",
        title="Refusal to assess",
        needs=REQUEST_OR_RESPONSIBLE,
        count=Count("weeks", 6),
        owed_by="authority",
        owed_to=("family",),
        citation="Children and Families Act 2014, s.36(5); SEND Regulations 2014, regs 4(1), 5(1) and 5(3)",
        mark="A",
        duty="If the authority refuses to assess, it must notify the family, with its reasons.",
        family="If the council says no to an assessment, it must tell you and say why.",
        note="Reg 4(1) has no exceptions. Appealable: Children and Families Act 2014, s.51(2)(a).",
    ),
)
