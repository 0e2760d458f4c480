"""Small pieces that rules with more than one count are made of."""

from datetime import date

from law import calendar
from law.facts import Facts
from law.rules.shape import Outcome, Worked


def day(facts: Facts, key: str) -> date:
    """The date of a fact the rule has already made sure of."""
    value = facts[key]
    assert isinstance(value, date)
    return value


def at_least_weeks_before(key: str, n: int) -> Worked:
    """ "At least n weeks before": same weekday n weeks earlier, and one day sooner is safe on either reading.

    "At least" can be read as clear days; the earlier day is what to aim for.
    """

    def work(facts: Facts) -> Outcome:
        due = calendar.weeks(day(facts, key), -n)
        return Outcome(due, key, aim_for=calendar.days(due, -1))

    return Worked(
        work,
        f"The date is {n} weeks before that day, the least the rule allows.",
        f"This must happen at least {n} weeks before that day.",
    )


def same_day(key: str) -> Worked:
    """ "At once", where the law fixes the day itself."""
    return Worked(
        lambda facts: Outcome(day(facts, key), key),
        "It must be done the same day.",
        "This must happen on the same day.",
    )


def on_the_day(key: str, words: str, family: str) -> Worked:
    """Where somebody has promised or agreed the day itself, and the fact is that day."""
    return Worked(lambda facts: Outcome(day(facts, key), key), words, family)
