"""Ending a plan, and the upper age. CFA 2014, ss.45-46; SEND Regulations 2014, regs 29-31 and 46."""

from datetime import date, timedelta

from law import age
from law.facts import EARLIEST, Facts
from law.rules.assess import AT_ONCE
from law.rules.shape import NoDate, Outcome, Rule, Worked
from law.rules.work import day

FURTHER_EDUCATION = {"further_education_institution", "further_education_college", "sixth_form_college"}
NO_PERIOD = NoDate("No period runs: it is a test, not a deadline.", "There is no date here. It is a rule to follow.")


def _latest(facts: Facts) -> Outcome:
    """31 July of the year of the 25th birthday, or the end of the course before the 26th. S.46; reg 46."""
    born = day(facts, "date_of_birth")
    if facts["setting"] in FURTHER_EDUCATION:
        turns_25 = age.birthday_in(born, born.year + 25)
        return Outcome(date(turns_25.year + (turns_25.month > 7), 7, 31), "date_of_birth")
    last = age.birthday_in(born, born.year + 26) - timedelta(days=1)
    return Outcome(min(last, day(facts, "course_ends")) if "course_ends" in facts else last, "date_of_birth")


RULES = (
    Rule(
        id="cease.consult",
        title="Consultation before ending a plan",
        needs=(("ceasing_considered",),),
        count=NoDate(
            "The law gives no number of days: consult before deciding, and give a real period (15 days is suggested).",
            "The law gives no number of days. It must be done before the council decides.",
        ),
        owed_by="authority",
        owed_to=("family", "setting"),
        citation="SEND Regulations 2014, reg 31(1)",
        mark="A",
        duty="The authority must tell and consult the family, and consult the setting named.",
        family="The council must tell you that it may end the plan, and ask what you think.",
    ),
    Rule(
        id="cease.notify",
        title="Notice that a plan will end",
        needs=(("decision_sent",),),
        count=AT_ONCE,
        owed_by="authority",
        owed_to=("family", "setting", "health"),
        citation="SEND Regulations 2014, reg 31(2)-(3)",
        mark="A",
        duty="The authority must notify its decision, with the right to appeal.",
        family="The council must tell you that the plan will end and how to appeal.",
        note="Appealable: Children and Families Act 2014, s.51(2)(f).",
    ),
    Rule(
        id="cease.under18",
        title="Ending a plan under 18",
        needs=(("ceasing_considered",),),
        count=NO_PERIOD,
        bearing="fact",
        owed_by="authority",
        owed_to=("family",),
        citation="SEND Regulations 2014, reg 29",
        mark="A",
        duty="Under 18, the authority may cease only if a plan is no longer necessary, not because the person is "
        "out of education.",
        family="Before 18, the council may end a plan only if it is not needed any more. Being out of school is not "
        "enough.",
        note="Out of education: review and amend.",
    ),
    Rule(
        id="cease.18plus",
        title="Ending a plan from 18",
        needs=(("ceasing_considered",),),
        count=NO_PERIOD,
        bearing="fact",
        owed_by="authority",
        owed_to=("family",),
        citation="SEND Regulations 2014, reg 30",
        mark="A",
        duty="From 18, where the young person stops attending, the authority may cease only after a review finds "
        "that they do not wish to return or that returning is not appropriate.",
        family="From 18, if you stop going, the council must first look at the plan with you. It must ask if you "
        "want to go back.",
        note="If they wish to return and it is appropriate, amend.",
    ),
    Rule(
        id="cease.grounds_never",
        title="What is never a reason to end a plan",
        needs=(("ceasing_considered",),),
        count=NO_PERIOD,
        bearing="fact",
        owed_by="authority",
        owed_to=("family",),
        citation="Children and Families Act 2014, ss.36(10), 44(5) and 45(3)",
        mark="B",
        duty="The authority may not cease because of reaching 19 alone; it must have regard to whether outcomes are "
        "achieved.",
        family="Turning 19 is not a reason to end a plan.",
    ),
    Rule(
        id="cease.age25_latest",
        title="Latest a plan can last",
        needs=(("date_of_birth", "setting"),),
        also=("course_ends",),
        count=Worked(
            _latest,
            "In further education a plan can last to 31 July of the academic year of the 25th birthday; otherwise to "
            "the end of the course, or the day before the 26th birthday if earlier.",
            "In a college, a plan can last until 31 July after the 25th birthday. In other places it can last until "
            "the course ends, but not until the 26th birthday.",
        ),
        owed_by="authority",
        owed_to=("family",),
        citation="Children and Families Act 2014, s.46; SEND Regulations 2014, reg 46",
        mark="B",
        bearing="fact",
        duty="The authority may go on maintaining a plan past 25 until then.",
        family="The council may keep the plan going past 25 until then.",
        note="A power, not a duty. Without it the plan ends at the 25th birthday.",
        valid_from=EARLIEST,
    ),
)
