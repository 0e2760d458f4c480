"""Moves between authorities and between health commissioners. SEND Regulations 2014, regs 15 and 16."""

from collections.abc import Callable

from law import calendar
from law.facts import Facts
from law.rules.shape import FOUR_CIRCUMSTANCES, Count, Outcome, Rule, Worked
from law.rules.work import day

FIFTEEN = 15
CLOSE_CALL = "Notice of the move was within a working day of 15, so a person should check which date applies."


def _on_the_move(aware_key: str) -> Callable[[Facts], Outcome]:
    """The day of the move if known 15 working days before; else 15 working days from knowing."""

    def work(facts: Facts) -> Outcome:
        aware = day(facts, aware_key)
        fifteenth = calendar.workdays_from(aware, FIFTEEN)
        if "move_date" not in facts:
            return Outcome(fifteenth, aware_key)
        moved = day(facts, "move_date")
        fourteenth, seventeenth = (calendar.workdays_from(aware, n) for n in (FIFTEEN - 1, FIFTEEN + 2))
        remark = CLOSE_CALL if fourteenth < moved <= seventeenth else ""
        if fifteenth < moved:
            return Outcome(moved, "move_date", remark=remark)
        return Outcome(fifteenth, aware_key, remark=remark)

    return work


def _later_of_year_and_three_months(facts: Facts) -> Outcome:
    last = "last_review_completed" if "last_review_completed" in facts else "plan_made"
    from_review = calendar.months_from(day(facts, last), 12)
    from_transfer = calendar.months_from(day(facts, "plan_transferred"), 3)
    if from_transfer > from_review:
        return Outcome(from_transfer, "plan_transferred")
    return Outcome(from_review, last)


RULES = (
    Rule(
        id="move.transfer",
        title="Transfer of the plan to the new authority",
        needs=(("old_la_aware", "move_date"),),
        count=Worked(
            _on_the_move("old_la_aware"),
            "The date is the day of the move, or 15 working days beginning with the day the old authority became "
            "aware, if it had less notice than that.",
            "It is due on the day of the move. If the old council found out late, it has 15 working days from that "
            "day.",
        ),
        owed_by="old_authority",
        owed_to=("new_authority",),
        citation="SEND Regulations 2014, reg 15(2)",
        mark="A",
        duty="The old authority must transfer the plan to the new authority.",
        family="The old council must pass the plan to the new council.",
        note="The plan is treated as made by the new authority on its original date, and is maintained from transfer.",
    ),
    Rule(
        id="move.inform_family",
        title="Telling the family after a move",
        needs=(("plan_transferred",),),
        count=Count("weeks", 6),
        owed_by="new_authority",
        owed_to=("family",),
        citation="SEND Regulations 2014, reg 15(4)",
        mark="A",
        duty="The new authority must tell the family that the plan was transferred, whether it will assess and when "
        "it will review.",
        family="The new council must tell you that it has the plan, if it will do an assessment, and when it will "
        "look at the plan again.",
    ),
    Rule(
        id="move.review",
        title="First review by the new authority",
        needs=(("plan_transferred", "last_review_completed"), ("plan_transferred", "plan_made")),
        count=Worked(
            _later_of_year_and_three_months,
            "The date is the later of 12 months beginning with the plan or its last review and 3 months beginning "
            "with the transfer.",
            "There are 12 months from the plan or its last review, or 3 months from the move if that is later.",
        ),
        owed_by="new_authority",
        owed_to=("family",),
        citation="SEND Regulations 2014, reg 15(5)",
        mark="B",
        duty="The new authority must review the plan.",
        family="The new council must look at the plan again with you.",
    ),
    Rule(
        id="move.commissioner_notify",
        title="Telling the new health commissioner",
        needs=(("old_rcb_aware",),),
        also=("move_date",),
        count=Worked(
            _on_the_move("old_rcb_aware"),
            "The date is the day of the move, or 15 working days beginning with the day the old commissioner became "
            "aware.",
            "It is due on the day of the move. If the old NHS body found out late, it has 15 working days from that "
            "day.",
        ),
        owed_by="old_health",
        owed_to=("new_health",),
        citation="SEND Regulations 2014, reg 16",
        mark="B",
        duty="The old health commissioner must tell the new one.",
        family="The old NHS body must tell the new one.",
    ),
    Rule(
        id="move.commissioner_request",
        title="Health commissioner cannot secure Section G",
        needs=(("new_rcb_aware",),),
        count=Count("workdays_from", 15),
        owed_by="new_health",
        owed_to=("new_authority",),
        citation="SEND Regulations 2014, reg 16",
        mark="B",
        duty="If it cannot secure the health provision, the new commissioner must ask for an assessment or a review.",
        family="If the new NHS body cannot give the help in the plan, it must ask the new council to look again.",
        note="The new authority must comply. The stricter count is used: the day of becoming aware is day 1.",
    ),
    Rule(
        id="move.during_assessment",
        title="Decision whether to assess after a move",
        needs=(("became_responsible",),),
        count=Count("weeks", 6),
        owed_by="new_authority",
        owed_to=("family", "health", "social_care", "setting"),
        citation="Children and Families Act 2014, s.24; SEND Regulations 2014, reg 5(1)",
        mark="A",
        exceptions=FOUR_CIRCUMSTANCES,
        duty="The new authority must notify its decision whether to assess. The old authority's clock does not "
        "transfer.",
        family="The new council must tell you if it will do an assessment. The count starts again.",
        note="The 16 and 20 weeks also start afresh.",
    ),
)
