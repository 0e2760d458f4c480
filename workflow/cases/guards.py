"""What the law says about the day of an act, which a state table cannot: too early is refused."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta

from sqlalchemy import select

from law.explain import say_date
from models.cases import Deadline, Process
from models.database import OwnedSession
from workflow.errors import Refused

DAY = timedelta(days=1)


def check(session: OwnedSession, process: Process, act: str, happened_on: date) -> None:
    """Raise `Refused` where the law does not let this be done on that day yet."""
    guard = GUARDS.get((process.kind, act))
    if guard is None:
        return
    rows = select(Deadline.rule, Deadline.due_on).where(
        Deadline.process_id == process.id, Deadline.voided_on.is_(None), Deadline.due_on.is_not(None)
    )
    guard({rule: day for rule, day in session.execute(rows) if day}, happened_on)


def _not_while_an_appeal_is_open(dues: Mapping[str, date], on: date) -> None:
    """CFA 2014, s.45(4): the plan goes on until the time to appeal has passed."""
    first = dues.get("cease.not_before")
    if first and on < first:
        raise Refused(
            f"The plan cannot end before {say_date(first)}: until then the family can appeal (s.45(4)).", "happened_on"
        )


def _not_before_school_age_ends(dues: Mapping[str, date], on: date) -> None:
    """CFA 2014, s.83(2): until compulsory school age ends the parent decides."""
    last = dues.get("age.compulsory_school_age_ends")
    if last and on <= last:
        raise Refused(f"The young person decides from {say_date(last + DAY)}, and not before.", "happened_on")


def _not_before_the_family_had_its_time(dues: Mapping[str, date], on: date) -> None:
    """SEND Regulations 2014, reg 22(2)(c): at least 15 days to comment on the changes."""
    last = dues.get("review.amend_representations")
    if last and on <= last:
        raise Refused(f"The family has until the end of {say_date(last)} to comment.", "happened_on")


GUARDS: dict[tuple[str, str], Callable[[Mapping[str, date], date], None]] = {
    ("ceasing", "end_plan"): _not_while_an_appeal_is_open,
    ("turn", "take_over"): _not_before_school_age_ends,
    ("turn", "hand_to_representative"): _not_before_school_age_ends,
    ("review", "issue_amended"): _not_before_the_family_had_its_time,
    ("amendment", "issue_amended"): _not_before_the_family_had_its_time,
}
