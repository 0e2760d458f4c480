"""Personal budgets and detained persons. SI 2014/1652 and SI 2015/62."""

from datetime import date

from law.rules.shape import Count, NoDate, Rule

RULES = (
    Rule(
        id="budget.prepare",
        title="Personal budget",
        needs=(("budget_requested",),),
        count=NoDate(
            "The law gives no number of days: prepare it with the draft, review or re-assessment.",
            "The law gives no number of days. It is done with the plan.",
        ),
        owed_by="authority",
        owed_to=("family",),
        citation="Children and Families Act 2014, s.49; SI 2014/1652, regs 4 and 6-7",
        mark="B",
        duty="The authority must prepare a personal budget, or give written reasons for refusing.",
        family="The council must work out a budget with you, or write to you to say why not.",
    ),
    Rule(
        id="budget.dp_review",
        title="First review of direct payments",
        needs=(("first_direct_payment",),),
        count=Count("months_from", 3),
        owed_by="authority",
        owed_to=("family",),
        citation="SI 2014/1652, reg 11",
        mark="B",
        duty="The authority must review the direct payments at least once, and then at every review or re-assessment.",
        family="The council must check with you how the payments are going.",
    ),
    Rule(
        id="detained.decide",
        title="Decision whether to assess a detained person",
        needs=(("request_received",),),
        count=Count("weeks", 6),
        owed_by="authority",
        owed_to=("family",),
        citation="SI 2015/62; Children and Families Act 2014, ss.70-75",
        mark="A",
        duty="The home authority must notify its decision whether to assess.",
        family="The council must tell you if it will do an assessment.",
        note="A flow of its own: never apply community dates to a detained person without asking.",
        valid_from=date(2015, 4, 1),
    ),
)
