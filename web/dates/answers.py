"""From what happened to every date that follows. Every date is worked out by `law`; none is counted here."""

from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from law import due as law_due
from law.answer import Due
from law.errors import BadTrigger, BeyondKnownHolidays
from law.explain import Account, Translate, explain
from law.rules import current
from law.rules.shape import NoDate, Rule
from law.wording import PARTIES, Register
from web.dates.events import EVENTS, Choice, Event, Question

COUNCILS = ("authority", "new_authority", "old_authority")
NOT_KNOWN_YET = (
    "This date cannot be worked out yet. It depends on the bank holidays of a year for which none have been "
    "announced, and we do not guess.",
    "We cannot work this date out yet. It depends on bank holidays that nobody has announced, and we do not guess.",
)
NOT_IN_FORCE = (
    "The rule was not yet in force on that day.",
    "The law did not say this yet on that day.",
)


@dataclass(frozen=True)
class Asked:
    """What somebody says happened, and when."""

    event: Event
    days: dict[str, date]
    choice: Choice | None = None

    @property
    def facts(self) -> dict[str, object]:
        """The facts as `law` reads them."""
        given: dict[str, object] = dict(self.choice.facts) if self.choice else {}
        for question in self.event.questions:
            if question.name in self.days:
                given |= dict.fromkeys(question.keys, self.days[question.name])
        return given

    @property
    def query(self) -> dict[str, Any]:
        """The same as an address: the event's name and plain days."""
        days = {name: day.isoformat() for name, day in self.days.items()}
        return {"event": self.event.id, **({"what": self.choice.value} if self.choice else {}), **days}

    @property
    def said(self) -> list[tuple[str, date]]:
        """(question, day) as they were answered."""
        return [(each.label, self.days[each.name]) for each in self.event.questions if each.name in self.days]


@dataclass(frozen=True)
class Line:
    """One thing that follows. `on` is its day; without one `due` says why, or `unknown` does."""

    rule: Rule
    due: Due | None
    account: Account | None
    what: str
    owed_by: str
    owed_to: str
    unknown: str = ""

    @property
    def on(self) -> date | None:
        """The day, if there is one."""
        return self.due.due if self.due else None

    @property
    def no_number(self) -> bool:
        """Whether the law gives a duty here and no number of days."""
        return isinstance(self.rule.count, NoDate) and self.rule.bearing == "deadline"

    def passed(self, today: date) -> bool:
        """Whether the day has gone by."""
        return self.on is not None and self.on < today and not self.at_once

    @property
    def at_once(self) -> bool:
        """Whether it is to be done on the very day that starts it, and goes on: such a day does not pass."""
        due = self.due
        return due is not None and due.due == due.trigger_on and due.trigger_key not in due.rule.replaced_by

    def can_write(self, today: date) -> bool:
        """Whether there is cause to write to a council: it owed this by a day that has passed."""
        return self.passed(today) and self.rule.owed_by in COUNCILS and self.rule.bearing == "deadline"


@dataclass(frozen=True)
class Answer:
    """Every date that follows, soonest first, and what more could be said if more were known."""

    lines: list[Line]
    more: list[Question]

    @property
    def days(self) -> list[list[Line]]:
        """The lines of each day together, in order; those without a day with their like."""
        return [list(together) for _, together in groupby(self.lines, key=_place)]

    def line(self, rule_id: str) -> Line | None:
        """The line of one rule."""
        return next((line for line in self.lines if line.rule.id == rule_id), None)


def answer(asked: Asked, register: Register, translate: Translate) -> Answer:
    """Work out everything that follows.

    register: `family` for words a child of nine reads, else `professional`. translate: the reader's language.
    """
    rules = [current(rule_id) for rule_id in asked.event.rules_for(asked.choice)]
    facts = asked.facts
    lines = [_line(rule, facts, register, translate) for rule in rules if _enough(rule, facts)]
    waiting = [rule for rule in rules if not _enough(rule, facts)]
    return Answer(sorted(lines, key=_place), _more(asked, waiting))


def find_event(event_id: str | None) -> Event | None:
    """An event by its name."""
    return EVENTS.get(event_id or "")


def _enough(rule: Rule, facts: dict[str, object]) -> bool:
    return any(facts.keys() >= set(keys) for keys in rule.needs)


def _line(rule: Rule, facts: dict[str, object], register: Register, translate: Translate) -> Line:
    which = register == "family"
    due, unknown = None, ""
    try:
        due = law_due.compute(rule.id, facts)
    except BeyondKnownHolidays:
        unknown = translate(NOT_KNOWN_YET[which])
    except BadTrigger:
        unknown = translate(NOT_IN_FORCE[which])
    return Line(
        rule=due.rule if due else rule,
        due=due,
        account=explain(due, register, translate) if due else None,
        what=translate(rule.family if which else rule.duty),
        owed_by=translate(PARTIES[rule.owed_by][which]),
        owed_to=_list([translate(PARTIES[party][which]) for party in rule.owed_to]),
        unknown=unknown,
    )


def _place(line: Line) -> tuple[int, date]:
    """What is to be done at once, then the days, then what nobody can say yet, then rules that have no day."""
    if line.on:
        return 1, line.on
    if line.unknown:
        return 2, date.max
    return (0 if line.no_number else 3), date.max


def _more(asked: Asked, waiting: list[Rule]) -> list[Question]:
    """Each question left empty that would give more dates."""
    keys = {key for rule in waiting for combination in rule.needs for key in combination}
    return [each for each in asked.event.questions if each.name not in asked.days and keys & set(each.keys)]


def _list(words: list[str]) -> str:
    return " and ".join(filter(None, (", ".join(words[:-1]), *words[-1:])))
