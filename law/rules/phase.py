"""Moves from one phase of education to the next. SEND Regulations 2014, reg 18."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from law import age, calendar
from law.errors import BadTrigger
from law.facts import EARLIEST, Facts
from law.rules.shape import Outcome, Rule, Worked
from law.rules.work import day

FEBRUARY, MARCH = (2, 15), (3, 31)


def _transfer_year(facts: Facts, usual_group: int) -> tuple[int, str]:
    """The calendar year of transfer: from the actual transfer if known, otherwise from the date of birth."""
    if "transfer_date" in facts:
        return day(facts, "transfer_date").year, "transfer_date"
    if facts.get("out_of_cohort"):
        raise BadTrigger("transfer_date", "A pupil taught outside their own year group needs 'transfer_date'.")
    group = facts.get("transfer_year_group", usual_group)
    assert isinstance(group, int)
    return age.entry_year(day(facts, "date_of_birth"), group), "date_of_birth"


def _cut_off(usual_group: int, month_and_day: tuple[int, int]) -> Callable[[Facts], Outcome]:
    def work(facts: Facts) -> Outcome:
        year, key = _transfer_year(facts, usual_group)
        due = date(year, *month_and_day)
        return Outcome(due, key, last_compliant_day=calendar.days(due, -1))

    return work


def _five_months_before(facts: Facts) -> Outcome:
    due = calendar.months_after(day(facts, "transfer_date"), -5)
    return Outcome(due, "transfer_date", last_compliant_day=due, aim_for=calendar.days(due, -1))


def _february(usual_group: int) -> Worked:
    return Worked(
        _cut_off(usual_group, FEBRUARY),
        "The date is 15 February in the calendar year of the transfer.",
        "The date is 15 February in the year of the move.",
    )


# The rows below differ in id, title and year group only.
_BEFORE_SCHOOL = Rule(
    id="phase.early_years",
    title="Naming a school after early years",
    needs=(("transfer_date",), ("date_of_birth",)),
    also=("transfer_year_group", "out_of_cohort"),
    count=_february(0),
    owed_by="authority",
    owed_to=("family", "setting", "health"),
    citation="SEND Regulations 2014, reg 18(1)(b)",
    mark="A",
    duty="The authority must have reviewed the plan, amended it where necessary and named the next setting or type.",
    family="The council must look at the plan again and name the next school.",
    note="The latest workable meeting is 84 days earlier. A late review still owes the family a decision that can "
    "be appealed. Deferred entry and local three-tier systems: give transfer_date or transfer_year_group.",
    valid_from=EARLIEST,
)

RULES = (
    _BEFORE_SCHOOL,
    replace(
        _BEFORE_SCHOOL,
        id="phase.infant_junior",
        title="Naming a junior school after infant school",
        count=_february(3),
    ),
    replace(
        _BEFORE_SCHOOL,
        id="phase.primary_middle",
        title="Naming a middle school after primary school",
        count=_february(5),
    ),
    replace(
        _BEFORE_SCHOOL,
        id="phase.secondary",
        title="Naming a secondary school after primary school",
        count=_february(7),
    ),
    replace(
        _BEFORE_SCHOOL,
        id="phase.middle_secondary",
        title="Naming a secondary school after middle school",
        count=_february(9),
    ),
    replace(
        _BEFORE_SCHOOL,
        id="phase.post16",
        title="Naming a post-16 institution after school",
        count=Worked(
            _cut_off(12, MARCH),
            "The date is 31 March in the calendar year of the transfer.",
            "The date is 31 March in the year of the move.",
        ),
        citation="SEND Regulations 2014, reg 18(1)(a)",
        family="The council must look at the plan again and name the next college or sixth form.",
        note="A sixth form of the same school is not strictly a post-16 institution; apply 31 March where Section I "
        "will change. The latest workable meeting is 84 days earlier.",
    ),
    Rule(
        id="phase.post16_to_post16",
        title="Naming the next post-16 institution",
        needs=(("transfer_date",),),
        count=Worked(
            _five_months_before,
            "The date is the same day of the month five months before the transfer.",
            "The date is 5 months before the move.",
        ),
        owed_by="authority",
        owed_to=("family", "setting", "health"),
        citation="SEND Regulations 2014, reg 18(2)",
        mark="A",
        duty="The authority must have reviewed the plan, amended it where necessary and named the next institution.",
        family="The council must look at the plan again and name the next college.",
    ),
)
