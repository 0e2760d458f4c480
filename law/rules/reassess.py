"""Re-assessment. Children and Families Act 2014, s.44; SEND Regulations 2014, regs 23-27."""

from law import calendar
from law.facts import Facts
from law.rules.shape import ADVICE_CIRCUMSTANCES, FOUR_CIRCUMSTANCES, Count, NoDate, Outcome, Rule, Worked
from law.rules.work import day

MAY_REFUSE = "The last assessment was within the 6 months, so the council may refuse for that reason."
MAY_NOT_REFUSE = "The last assessment was not within the 6 months, so the council may not refuse for that reason."
REASSESSING = (("reassess_decision_notified",), ("own_motion_decision",))


def _bar(facts: Facts) -> Outcome:
    """Whether an assessment was made in the 6 months ending with the request. Reg 24."""
    last_day = calendar.months_from(day(facts, "last_assessment_completed"), 6)
    barred = day(facts, "request_received") <= last_day
    return Outcome(None, "request_received", remark=MAY_REFUSE if barred else MAY_NOT_REFUSE)


RULES = (
    Rule(
        id="reassess.bar",
        title="Whether a re-assessment may be refused as too soon",
        needs=(("request_received", "last_assessment_completed"),),
        count=Worked(
            _bar,
            "There is no date: the question is whether an assessment was made in the 6 months ending with the request.",
            "There is no date here. The question is if the last assessment was less than 6 months before.",
        ),
        owed_by="authority",
        owed_to=("family",),
        citation="SEND Regulations 2014, reg 24",
        mark="B",
        bearing="fact",
        duty="The authority may refuse a re-assessment too soon after the last, or one that is unnecessary.",
        family="The council may say no to a new assessment if the last one was not long ago.",
        note="A discretion, not an automatic rejection; notice and appeal rights are still owed.",
    ),
    Rule(
        id="reassess.decide",
        title="Decision whether to re-assess",
        needs=(("request_received",),),
        count=Count("days", 15),
        owed_by="authority",
        owed_to=("family",),
        citation="SEND Regulations 2014, reg 25(1)",
        mark="B",
        duty="The authority must notify the family whether it will re-assess.",
        family="The council must tell you if it will do a new assessment.",
        note="A refusal is appealable: Children and Families Act 2014, s.51(2)(d).",
    ),
    Rule(
        id="reassess.advice",
        title="Advice for a re-assessment",
        needs=(("advice_request_received_by_body",),),
        count=Count("weeks", 6),
        owed_by="body",
        owed_to=("authority",),
        citation="SEND Regulations 2014, regs 26 and 8",
        mark="B",
        exceptions=ADVICE_CIRCUMSTANCES,
        duty="The body must give its advice to the authority.",
        family="The people who were asked must send their advice to the council.",
        note="Full reg 6 advice again.",
    ),
    Rule(
        id="reassess.finalise",
        title="Final plan after a re-assessment",
        needs=REASSESSING,
        count=Count("weeks", 14),
        owed_by="authority",
        owed_to=("family", "setting", "health"),
        citation="SEND Regulations 2014, reg 27(2)",
        mark="A",
        exceptions=FOUR_CIRCUMSTANCES,
        duty="The authority must send the finalised plan.",
        family="The council must send you the new plan.",
        note="From the notification, not from the request. A draft and 15 days come first.",
    ),
    Rule(
        id="reassess.no_change",
        title="No change after a re-assessment",
        needs=REASSESSING,
        count=NoDate(
            "No number of days is established: do it as soon as practicable and ask a lawyer.",
            "The law gives no number of days. It must be done as soon as the council can.",
        ),
        owed_by="authority",
        owed_to=("family",),
        citation="SEND Regulations 2014, regs 26-27; Children and Families Act 2014, s.51(2)(e)",
        mark="K",
        duty="If the plan will not change, the authority must notify the family, with its reasons.",
        family="If the plan will stay the same, the council must tell you and say why.",
    ),
)
