"""SEN support and top-up funding: good practice, and one duty. SEND Code of Practice 2015, chapter 6.

None of this is law but the duty to tell the family; the Code gives schools what is marked guidance.
"""

from datetime import date

from law.facts import Facts
from law.rules.assess import AT_ONCE
from law.rules.shape import Count, Outcome, Rule, Worked
from law.rules.work import day, on_the_day

# Three parts of four months. In the last of them the schools close before the end.
PARTS_END = ((12, 31), (4, 30), (7, 31))
PARTS = "The school year is taken in three parts, which end on 31 December, 30 April and 31 July"


def _part(on: date) -> int:
    """The part of the school year a day lies in, counted on through the years."""
    return (on.year * 12 + on.month - 9) // 4


def _end_of(part: int) -> date:
    year, third = divmod(part, 3)
    month, last = PARTS_END[third]
    return date(year + (third > 0), month, last)


def _next_meeting(facts: Facts) -> Outcome:
    """The part after the one of the last meeting; without one, the part in which support began."""
    if "parents_met" in facts:
        return Outcome(_end_of(_part(day(facts, "parents_met")) + 1), "parents_met")
    began = day(facts, "support_started")
    return Outcome(_end_of(_part(began) + (began.month == 8)), "support_started")


RULES = (
    Rule(
        id="support.inform_family",
        title="Telling the family that SEN support has begun",
        needs=(("support_started",),),
        count=AT_ONCE,
        owed_by="setting",
        owed_to=("family",),
        citation="Children and Families Act 2014, s.68",
        mark="K",
        duty="The setting must tell the family that special educational provision is being made.",
        family="The school or college must tell you that this help has begun.",
    ),
    Rule(
        id="support.review",
        title="Review of the support plan",
        needs=(("support_review_agreed",),),
        count=on_the_day(
            "support_review_agreed",
            "The date is the one agreed with the family in the support plan.",
            "You chose this day together.",
        ),
        owed_by="setting",
        owed_to=("family",),
        citation="SEND Code of Practice 2015, 6.49 and 6.53",
        mark="K",
        standing="guidance",
        duty="The setting should review the support and its effect with the family.",
        family="The school or college should look with you at how the help is going.",
    ),
    Rule(
        id="support.meet_parents",
        title="Next meeting with parents about SEN support",
        needs=(("parents_met",), ("support_started",)),
        count=Worked(
            _next_meeting,
            f"{PARTS}; one meeting belongs in each.",
            "There should be one by the end of December, one by the end of April and one by the end of July.",
        ),
        owed_by="setting",
        owed_to=("family",),
        citation="SEND Code of Practice 2015, 6.65",
        mark="K",
        standing="guidance",
        duty="The setting should meet parents at least three times in each school year.",
        family="The school or college should meet you at least three times in a school year.",
        note="The Code gives the number and no dates: a meeting in each third of the year is how it is kept on track.",
    ),
    Rule(
        id="support.report",
        title="Yearly report to parents",
        needs=(("progress_report_sent",), ("support_started",)),
        count=Count("months_from", 12),
        owed_by="setting",
        owed_to=("family",),
        citation="SEND Code of Practice 2015, 6.64",
        mark="K",
        standing="guidance",
        duty="The setting should report to parents on progress at least once a year.",
        family="The school or college should write to you at least once a year about how your child is doing.",
    ),
    Rule(
        id="support.profile",
        title="Next look at the One Page Profile",
        needs=(("profile_next_look",),),
        count=on_the_day(
            "profile_next_look",
            "The date is the one written there.",
            "Your child chose this day with them.",
        ),
        owed_by="setting",
        owed_to=("family",),
        citation="SEND Code of Practice 2015, 6.50",
        mark="K",
        standing="guidance",
        duty="The setting should go through the profile with the child or young person.",
        family="The school or college should go through the profile with your child.",
        note="Once a term at the least, and at each move.",
    ),
    Rule(
        id="topup.decide",
        title="Decision on top-up funding",
        needs=(("topup_decision_promised",),),
        count=on_the_day(
            "topup_decision_promised",
            "The date is the one given when the request came in.",
            "The council chose this day when it got the request.",
        ),
        owed_by="authority",
        owed_to=("setting",),
        citation="High needs funding: operational guide",
        mark="K",
        standing="internal",
        duty="The authority should tell the setting whether it will pay top-up funding.",
        family="The council should tell the school or college if it will pay for more help.",
        note="Whatever is decided, an assessment can still be asked for.",
    ),
    Rule(
        id="topup.review",
        title="Review of top-up funding",
        needs=(("topup_review_agreed",),),
        count=on_the_day(
            "topup_review_agreed",
            "The date is the one agreed when the funding was given.",
            "The council chose this day when it said yes.",
        ),
        owed_by="setting",
        owed_to=("authority",),
        citation="High needs funding: operational guide",
        mark="K",
        standing="internal",
        duty="The setting should show what difference the funding has made.",
        family="The school or college should show what the extra money has done.",
    ),
    Rule(
        id="health_notice.consider",
        title="Deciding what follows from a health body's notice",
        needs=(("health_notice_received",),),
        count=Count("weeks", 6),
        owed_by="authority",
        owed_to=("family", "health"),
        citation="Children and Families Act 2014, ss.23, 24(1) and 36(3)",
        mark="K",
        standing="internal",
        duty="The authority should decide what follows from the notice, without waiting for the last day.",
        family="The council should tell you what it will do next, and should not wait for the last day.",
        note="If the notice makes the authority responsible for the child, or asks for an assessment, the six weeks "
        "for deciding whether to assess have run from the day it was received.",
    ),
)
