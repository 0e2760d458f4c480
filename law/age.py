"""Age, year group, and the day a child becomes a young person."""

from datetime import date, timedelta

YEAR_9 = 9
FRIDAY = 4


def birthday_in(born: date, year: int) -> date:
    """The day an age is reached in a year. A 29 February birthday falls on 1 March in other years."""
    try:
        return born.replace(year=year)
    except ValueError:
        return date(year, 3, 1)


def age_on(born: date, day: date) -> int:
    """Completed years of age on a day. Negative before birth is refused with ValueError."""
    if day < born:
        raise ValueError(f"{day} is before the date of birth.")
    return day.year - born.year - (day < birthday_in(born, day.year))


def year_group(born: date, september: int) -> int:
    """National curriculum year in the school year that starts in September of a year; 0 is Reception.

    Age on 31 August, less 4: a 31 August birthday is the youngest in a year, a 1 September birthday the
    oldest in the next. Below 0 the child is not yet in Reception.
    """
    # Not age_on: a child may be born after this day, and the year groups before Reception still count down.
    return september - born.year - ((born.month, born.day) > (8, 31)) - 4


def year_group_on(born: date, day: date) -> int:
    """National curriculum year on a day; school years run from 1 September to 31 August."""
    return year_group(born, school_year_of(day))


def school_year_of(day: date) -> int:
    """The calendar year in which the school year of a day began."""
    return day.year if day.month >= 9 else day.year - 1


def entry_year(born: date, group: int) -> int:
    """The calendar year whose September starts a year group: 0 for Reception, 7 for secondary school."""
    return born.year + ((born.month, born.day) > (8, 31)) + 4 + group


def in_year_9_or_later(born: date, day: date) -> bool:
    """Whether adulthood must be prepared for. SEND Regulations 2014, regs 6(1)(g), 20(6), 21(6)."""
    return year_group_on(born, day) >= YEAR_9


def compulsory_school_age_ends(born: date) -> date:
    """The last Friday in June of the school year of the 16th birthday. Education Act 1996, s.8(3).

    A July or August birthday reaches it before turning 16.
    """
    last = date(school_year_of(birthday_in(born, born.year + 16)) + 1, 6, 30)
    return last - timedelta(days=(last.weekday() - FRIDAY) % 7)


def young_person_from(born: date) -> date:
    """The day the young person, not the parent, begins to decide. Children and Families Act 2014, s.83(2)."""
    return compulsory_school_age_ends(born) + timedelta(days=1)


def is_young_person(born: date, day: date) -> bool:
    """Over compulsory school age and under 25. Children and Families Act 2014, s.83(2)."""
    return young_person_from(born) <= day < birthday_in(born, born.year + 25)
