"""Every sentence the law package says that is not a rule's own, by id, once for each reader.

`professional` is for people who work with plans; `family` is for parents, young people and children of nine.
"""

from typing import Literal

Register = Literal["professional", "family"]

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)

PARTIES: dict[str, tuple[str, str]] = {
    "authority": ("the authority", "the council"),
    "old_authority": ("the old authority", "the old council"),
    "new_authority": ("the new authority", "the new council"),
    "family": ("the family", "you"),
    "health": ("the health commissioner", "the NHS"),
    "old_health": ("the old health commissioner", "the old NHS body"),
    "new_health": ("the new health commissioner", "the new NHS body"),
    "social_care": ("social care", "social care"),
    "setting": ("the setting", "the school or college"),
    "advisers": ("each adviser", "the people asked for advice"),
    "body": ("the body asked", "the people asked for advice"),
    "health_and_care": ("the health commissioner and social care", "the NHS and social care"),
    "mediation_adviser": ("the mediation adviser", "the mediation adviser"),
    "tribunal": ("the tribunal", "the tribunal"),
    "arranger": ("whoever arranges the meeting", "whoever sets up the meeting"),
    "invitees": ("everyone invited", "everyone invited"),
    "report_writer": (
        "the head teacher or principal (otherwise the authority)",
        "the school or college (if not, the council)",
    ),
}

# What a count looks like: {n} is a number of one or more.
PERIODS: dict[str, tuple[str, str]] = {
    "weeks": ("1 week", "{n} weeks"),
    "days": ("1 day", "{n} days"),
    "days_from": ("1 day", "{n} days"),
    "months_after": ("1 month", "{n} months"),
    "months_from": ("1 month", "{n} months"),
    "workdays_from": ("1 working day", "{n} working days"),
    "workdays_after": ("1 working day", "{n} working days"),
}

COUNTED: dict[str, tuple[str, str]] = {
    "weeks": (
        "The period is {period}; that day itself is not counted.",
        "The time allowed is {period}. Counting starts the next day.",
    ),
    "days": (
        "The period is {period}, weekends and holidays included; that day itself is not counted.",
        "The time allowed is {period}. Weekends and holidays count too. Counting starts the next day.",
    ),
    "days_from": (
        "The period is {period} beginning with that day, weekends and holidays included.",
        "The time allowed is {period}. Weekends and holidays count too. That day is day 1.",
    ),
    "months_after": (
        "The period is {period}, to the same day of the month or the last day of a shorter one.",
        "The time allowed is {period}. It ends on the same day of the month.",
    ),
    "months_from": (
        "The period is {period} beginning with that day.",
        "The time allowed is {period}. That day is day 1.",
    ),
    "workdays_from": (
        "The period is {period}, beginning with that day or the next working day.",
        "The time allowed is {period}. Weekends and bank holidays do not count. That day is day 1.",
    ),
    "workdays_after": (
        "The period is {period}; the count starts on the next working day.",
        "The time allowed is {period}. Weekends and bank holidays do not count.",
    ),
}

# The exceptions the law lists, named for each reader.
EXCEPTIONS: dict[str, tuple[str, str]] = {
    "school_closed_4w": (
        "the school or college was closed for four weeks or more",
        "the school or college was closed for a long time",
    ),
    "early_years_closed_4w": (
        "the early years provider was closed for four weeks or more",
        "the nursery was closed for a long time",
    ),
    "exceptional_personal_circumstances": (
        "exceptional personal circumstances of the child, parent or young person",
        "something very unusual happened in your family",
    ),
    "absent_from_area": (
        "the child, parent or young person was away from the area",
        "you were away from home for a long time",
    ),
    "missed_appointment": (
        "an appointment for an examination or test was missed",
        "a visit for a test was missed",
    ),
    "reg13_3_applied": (
        "an exception to the 20 weeks applied (reg 13(3))",
        "the law already accepted a reason for the plan to be late",
    ),
}

MESSAGES: dict[str, tuple[str, str]] = {
    "date": ("{day} {month} {year}", "{day} {month} {year}"),
    "and": ("{first} and {last}", "{first} and {last}"),
    "replaced": ("That date takes the place of the usual period.", "That date is used, not the usual time."),
    "date.deadline": ("The last day is {date}.", "The last day is {date}."),
    "date.allowed": ("The last day guaranteed is {date}.", "You have until the end of {date}."),
    "date.earliest": ("The earliest day is {date}.", "The plan cannot end before {date}."),
    "date.fact": ("That day is {date}.", "That day is {date}."),
    "act_by": (
        "That is not a working day, so act by {date}. The date itself does not move.",
        "That day is a weekend or a holiday, so it is best done by {date}.",
    ),
    "act_by.allowed": (
        "That is not a working day, and the family still has the whole of it.",
        "You can use the whole of that day, even if it is a weekend or a holiday.",
    ),
    "aim_for": (
        "“At least” may mean clear days, so aim for {date}.",
        "To be safe, it is best done by {date}.",
    ),
    "last_compliant_day": (
        "The law says “before”, so the last day that complies is {date}.",
        "To be safe, it should be done by {date}.",
    ),
    "owed": ("Owed by {by} to {to}.", "{To} should get this from {by}."),
    "owed.allowed": ("Owed by {by} to {to}.", "You must be given this time by {by}."),
    "owed.too": ("Owed by {by} to {to}.", "{To} should hear of it too."),
    "law.statutory": ("It is law: {citation}.", "The law says so. You can look it up: {citation}."),
    "law.guidance": (
        "It is guidance, not a statutory limit: {citation}.",
        "This is good advice, not a law. You can look it up: {citation}.",
    ),
    "law.internal": (
        "It is the authority's own target, not a statutory limit: {citation}.",
        "This is the council's own aim, not a law. You can look it up: {citation}.",
    ),
    "act_by.no_date": (
        "There is no date to act by.",
        "There is no set date.",
    ),
    "act_by.not_a_deadline": (
        "This is not a deadline, so there is no day to act by.",
        "This is not a last day for anyone.",
    ),
    "act_by.holidays_unknown": (
        "The bank holidays of that year are not yet known, so no working day to act by is given.",
        "We do not know that year's bank holidays yet.",
    ),
    "act_by.no_working_day": (
        "There is no working day before the period ends, so no other day to act by is given.",
        "There is no working day before then.",
    ),
    "exception.none": ("No exception is recorded.", "No reason for being late has been given."),
    "exception.found": (
        "Exception recorded: {name}. {reason}",
        "Reason given for being late: {name}. {reason}",
    ),
    "exception.unlisted": ("“{type}”", "one that is not in the law"),
    "exception.accepted": (
        "It lifts the time limit but does not move the date; the duty remains, as soon as practicable.",
        "The law accepts this. The date stays the same. It must still be done as soon as it can be.",
    ),
    "exception.not_in_law": (
        "It is not among the exceptions the law lists, so the limit stands.",
        "So it changes nothing. The date still counts.",
    ),
    "exception.rule_has_none": (
        "This duty has no exceptions, so it changes nothing.",
        "No reason for being late counts here. The date still counts.",
    ),
    "exception.not_for_this_rule": (
        "It is not an exception to this duty, so the limit stands.",
        "The law does not accept this here. The date still counts.",
    ),
    "exception.not_impractical": (
        "It is not recorded that meeting the limit was impractical because of it, so the limit stands.",
        "The council has not shown that this stopped it being on time. The date still counts.",
    ),
    "exception.dates_missing": (
        "The dates needed to test it are not recorded, so the limit stands.",
        "The council has not said when this was. The date still counts.",
    ),
    "exception.dates_back_to_front": (
        "Its last day is before its first, so the limit stands.",
        "The dates given do not make sense. The date still counts.",
    ),
    "exception.closed_too_short": (
        "The closure was shorter than four weeks, so the limit stands.",
        "It was closed for less than four weeks. The date still counts.",
    ),
    "exception.asked_outside_window": (
        "Advice was not asked for between one week before the closure and one week before reopening, so the limit "
        "stands.",
        "The council did not ask for advice at the right time for this to count. The date still counts.",
    ),
    "exception.outside_period": (
        "It did not fall in this period, so the limit stands.",
        "It happened at a different time. The date still counts.",
    ),
    "exception.absent_too_short": (
        "The absence inside the period was too short, so the limit stands.",
        "The time away was too short. The date still counts.",
    ),
    "exception.not_made_by_body": (
        "The appointment was not made by the body asked for advice, so the limit stands.",
        "The appointment was with someone else. The date still counts.",
    ),
}
