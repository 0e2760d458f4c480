"""Who is reminded of what, when: days before (-), on (0) and after (+) the due date. Data, not code.

An authority may change any line in its settings, within bounds that keep a duty from being forgotten:
`{"reminders": {"assess.decide": {"caseworker": [-21, -7, 0, 1]}}}`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from law.errors import UnknownRule
from law.rules import current
from models.cases import Deadline

AUDIENCES = ("family", "setting", "adviser", "caseworker", "manager")
OFFICE = frozenset({"caseworker", "manager"})
EARLIEST, LATEST, MOST = -365, 90, 8

Offsets = tuple[int, ...]
Lines = dict[str, Offsets]

AUTHORITY: Lines = {"caseworker": (-14, -5, 0, 1), "manager": (1, 7)}
SETTING: Lines = {"setting": (-7, 0, 1), "caseworker": (1,)}
BODY: Lines = {"caseworker": (-7, 0, 1), "manager": (7,)}
ANNUAL: Lines = {
    "setting": (-84, -42, -14, 0, 1),
    "family": (-84, -28),
    "caseworker": (-28, 0, 1),
    "manager": (1,),
}

BY_OWER: dict[str, Lines] = {
    "authority": AUTHORITY,
    "setting": SETTING,
    "arranger": SETTING,
    "report_writer": SETTING,
    "body": BODY,
    "commissioner": BODY,
    "family": {"family": (-14, -3), "caseworker": (0,)},
}

ADVICE: Lines = {"adviser": (-14, -3, 1), **BODY}

BY_RULE: dict[str, Lines] = {
    "advice.respond": ADVICE,
    "advice.respond_setting": ADVICE,
    "consult.setting": {"adviser": (-7, 0, 1), "caseworker": (1,)},
    "assess.decide": {**AUTHORITY, "family": (1,)},
    "plan.decide_not_to_issue": {**AUTHORITY, "family": (1,)},
    "plan.finalise": {**AUTHORITY, "family": (1,)},
    "plan.draft_representations": {"family": (-5,), "caseworker": (0,)},
    "review.first": ANNUAL,
    "review.annual": ANNUAL,
    "review.report": {"setting": (-7, 0, 1), "caseworker": (1,)},
    "review.decide": {"caseworker": (-7, 0, 1), "manager": (1,)},
    "review.amend_representations": {"family": (-5,), "caseworker": (0,)},
    "appeal.lodge": {"family": (-28, -7)},
    "cease.not_before": {"caseworker": (0,)},
    "age.compulsory_school_age_ends": {"caseworker": (-182, -28, 0), "manager": (0,)},
}


FAMILYS_OWN = frozenset({"plan.draft_representations", "review.amend_representations"})
"""Time that the authority must give, and the family uses."""


class BadPolicy(ValueError):
    """An authority's own reminders are not within bounds. The text says which line, and why."""


@dataclass(frozen=True)
class Stage:
    """One reminder of one deadline to one audience, on one day."""

    audience: str
    offset: int
    day: date

    @property
    def name(self) -> str:
        """As it stands in the dedupe key and in lists: `-14`, `+0`, `+7`."""
        return f"{self.offset:+d}"

    @property
    def template(self) -> str:
        """The email template that says it."""
        if self.offset > 0 and self.audience in OFFICE:
            return "overdue_staff"
        return "late" if self.offset > 0 and self.audience == "family" else "reminder"


def lines_for(rule: str, settings: Mapping[str, object]) -> Lines:
    """The lines of a rule: the authority's own where it has any, else ours. Raises `BadPolicy`."""
    own = settings.get("reminders") or {}
    if not isinstance(own, Mapping) or not isinstance(own.get(rule, {}), Mapping):
        raise BadPolicy(f"The reminders for {rule} must be lists of days for each audience.")
    given = {str(audience): _offsets(rule, str(audience), days) for audience, days in own.get(rule, {}).items()}
    lines = {**_ours(rule), **given}
    if any(o >= 0 for line in _ours(rule).values() for o in line) and not any(
        o >= 0 for audience in ("caseworker", "setting", "manager") for o in lines.get(audience, ())
    ):
        raise BadPolicy(f"Somebody must still be told of {rule} on the due day or after it.")
    if any(o > 0 for o in lines.get("family", ())) and not _the_council_owes(rule):
        raise BadPolicy(f"Families hear after the day only of what the council is late with, which {rule} is not.")
    return lines


def stages(deadline: Deadline, lines: Lines) -> list[Stage]:
    """Every stage of an open deadline, in order of days. None for a date that was already over, or a stage
    whose day had passed, when the service first knew of it: an import makes no mail about the past.

    The office's on-the-day reminder comes on the last working day (`act_by`): nobody acts on a Sunday.
    """
    due = deadline.due_on
    closed = deadline.satisfied_on is not None or deadline.voided_on is not None
    if due is None or closed or due < deadline.known_since:
        return []
    found = [
        Stage(audience, offset, _day(deadline, due, audience, offset))
        for audience, offsets in lines.items()
        for offset in offsets
        if not (audience == "family" and offset > 0 and deadline.limit_disapplied)
    ]
    return sorted((s for s in found if s.day >= deadline.known_since), key=lambda s: (s.day, s.audience))


def _day(deadline: Deadline, due: date, audience: str, offset: int) -> date:
    if offset == 0 and audience != "family" and deadline.act_by is not None:
        return min(due, deadline.act_by)
    return due + timedelta(days=offset)


def _ours(rule: str) -> Lines:
    if rule in BY_RULE:
        return BY_RULE[rule]
    try:
        return BY_OWER.get(current(rule).owed_by, AUTHORITY)
    except UnknownRule:
        return AUTHORITY


def _the_council_owes(rule: str) -> bool:
    """Whether a family that waits past the day waits for the council: then it may be told that we are late."""
    try:
        return rule not in FAMILYS_OWN and current(rule).owed_by == "authority"
    except UnknownRule:
        return True


def _offsets(rule: str, audience: str, days: object) -> Offsets:
    if audience not in AUDIENCES:
        raise BadPolicy(f"The reminders for {rule} name {audience!r}; use one of {', '.join(AUDIENCES)}.")
    whole = isinstance(days, list) and all(isinstance(d, int) and not isinstance(d, bool) for d in days)
    if not isinstance(days, list) or not whole or len(days) > MOST:
        raise BadPolicy(f"The reminders for {rule} to {audience} must be at most {MOST} whole numbers of days.")
    if any(not EARLIEST <= d <= LATEST for d in days):
        raise BadPolicy(f"The reminders for {rule} to {audience} must lie between {EARLIEST} and {LATEST} days.")
    return tuple(sorted(set(days)))
