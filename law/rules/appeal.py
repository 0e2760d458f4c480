"""Appealing, and when a plan may cease. HESC Rules 2008, rr.12, 20-21; CFA 2014, s.45(4)."""

from datetime import date

from law import calendar
from law.facts import Facts
from law.rules.shape import Outcome, Rule, Worked
from law.rules.work import day

TWO_MONTHS = "the later of 2 months after the decision was sent and 1 month after the mediation certificate"


def _last_day_to_appeal(facts: Facts) -> tuple[date, str, str]:
    """The later period, then one move off August, Christmas or a non-working day. HESC rr.12, 20(1)(c)."""
    end, key = calendar.months_after(day(facts, "decision_sent"), 2), "decision_sent"
    if "certificate_issued" in facts:
        from_certificate = calendar.months_after(day(facts, "certificate_issued"), 1)
        if from_certificate > end:
            end, key = from_certificate, "certificate_issued"
    return *_roll(end), key


def _roll(end: date) -> tuple[date, str]:
    if end.month == 8:
        return (
            calendar.first_working_day_on_or_after(date(end.year, 9, 1)),
            "That would be in August, so it moves to the first working day after 31 August.",
        )
    if _at_christmas(end):
        new_year = end.year + (end.month == 12)
        return (
            calendar.first_working_day_on_or_after(date(new_year, 1, 2)),
            "That would be between 25 December and 1 January, so it moves to the first working day after 1 January.",
        )
    moved = calendar.first_working_day_on_or_after(end)
    return moved, "That would not be a working day, so it moves to the next one." if moved != end else ""


def _lodge(facts: Facts) -> Outcome:
    end, remark, key = _last_day_to_appeal(facts)
    return Outcome(end, key, remark=remark)


def _not_before(facts: Facts) -> Outcome:
    end, _, key = _last_day_to_appeal(facts)
    return Outcome(calendar.days(end, 1), key)


def _response(facts: Facts) -> Outcome:
    """30 working days, leaving out 25 December to 1 January and August. HESC rr.12(3)-(4), 21."""
    end = day(facts, "appeal_received_by_la")
    for _ in range(30):
        end = calendar.first_working_day_on_or_after(calendar.days(end, 1))
        while end.month == 8 or _at_christmas(end):
            end = calendar.first_working_day_on_or_after(calendar.days(end, 1))
    return Outcome(end, "appeal_received_by_la")


def _at_christmas(end: date) -> bool:
    return (end.month, end.day) >= (12, 25) or (end.month, end.day) == (1, 1)


RULES = (
    Rule(
        id="appeal.lodge",
        title="Last day to appeal",
        needs=(("decision_sent",),),
        also=("certificate_issued",),
        count=Worked(
            _lodge,
            f"The date is {TWO_MONTHS}. A period ending in August, at Christmas or on a non-working day moves on to "
            "a working day.",
            "You have 2 months from the decision, or 1 month from your mediation certificate if that is later.",
        ),
        owed_by="family",
        owed_to=("tribunal",),
        citation="HESC Rules 2008, rr.20(1)(c) and 12",
        mark="A",
        duty="An appeal must reach the tribunal by 5pm.",
        family="If you want to appeal, the tribunal must get your appeal by 5pm.",
        note="The tribunal can extend time. No certificate is needed where the only issue is Section I.",
    ),
    Rule(
        id="appeal.la_response",
        title="The authority's response to an appeal",
        needs=(("appeal_received_by_la",), ("tribunal_directed_date",)),
        replaced_by=("tribunal_directed_date",),
        count=Worked(
            _response,
            "The date is 30 working days after receipt, leaving out August and 25 December to 1 January.",
            "There are 30 working days. August and Christmas do not count.",
        ),
        owed_by="authority",
        owed_to=("tribunal", "family"),
        citation="HESC Rules 2008, rr.21 and 12",
        mark="B",
        duty="The authority must send its response to the tribunal and the family.",
        family="The council must answer your appeal.",
        note="The date in the tribunal's registration letter always wins.",
    ),
    Rule(
        id="cease.not_before",
        title="Earliest day a plan may cease",
        needs=(("decision_sent",),),
        also=("certificate_issued",),
        count=Worked(
            _not_before,
            f"The date is the day after the last day to appeal. That is {TWO_MONTHS}, moved on to a working day.",
            "Your time to appeal must be over first.",
        ),
        owed_by="authority",
        owed_to=("family",),
        citation="Children and Families Act 2014, s.45(4)",
        mark="B",
        bearing="earliest",
        duty="The authority must go on maintaining the plan until the time to appeal has passed.",
        family="The council must keep the plan going until then.",
        note="If there is an appeal, not until it is finally determined.",
    ),
)
