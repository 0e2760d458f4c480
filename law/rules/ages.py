"""Dates that follow from birth. Education Act 1996, s.8; Children and Families Act 2014, s.83(2)."""

from datetime import date

from law import age
from law.facts import EARLIEST, Facts
from law.rules.shape import Outcome, Rule, Worked
from law.rules.work import day


def _school_age_ends(facts: Facts) -> Outcome:
    due: date = age.compulsory_school_age_ends(day(facts, "date_of_birth"))
    return Outcome(due, "date_of_birth")


RULES = (
    Rule(
        id="age.compulsory_school_age_ends",
        title="End of compulsory school age",
        needs=(("date_of_birth",),),
        count=Worked(
            _school_age_ends,
            "Compulsory school age ends on the last Friday in June of the school year of the 16th birthday.",
            "School age ends on the last Friday in June of the school year of the 16th birthday.",
        ),
        owed_by="authority",
        owed_to=("family",),
        citation="Education Act 1996, s.8; Children and Families Act 2014, s.83(2)",
        mark="B",
        bearing="fact",
        duty="From the next day the young person, not the parent, receives letters, decides, requests and appeals.",
        family="From the next day, the young person makes the choices, not the parent.",
        note="If the young person lacks capacity, record a decision about that; never assume it.",
        valid_from=EARLIEST,
    ),
)
