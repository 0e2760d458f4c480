"""Say where a date comes from: to professionals, and to families in words a child of nine reads."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from law.answer import Due, Finding
from law.keys import KEYS
from law.rules.shape import Count, NoDate
from law.wording import COUNTED, EXCEPTIONS, MESSAGES, MONTHS, PARTIES, PERIODS, Register

Translate = Callable[[str], str]
SAID_OF_ACT_BY = "act_by.holidays_unknown"


def as_written(text: str) -> str:
    """The translation that changes nothing."""
    return text


class Account(NamedTuple):
    """The parts of an explanation, each one or more whole sentences; an empty part has nothing to say."""

    happened: str
    duty: str
    counted: str
    date: str
    act_by: str
    safer: str
    owed: str
    law: str
    exceptions: tuple[str, ...]
    date_leads: bool = False

    @property
    def text(self) -> str:
        """The whole account as one paragraph."""
        when = (self.counted, self.date, self.act_by, self.safer)
        what = (*when, self.duty) if self.date_leads else (self.duty, *when)
        parts = (self.happened, *what, self.owed, self.law, *self.exceptions)
        return " ".join(part for part in parts if part)


def explain(due: Due, register: Register = "professional", translate: Translate = as_written) -> Account:
    """What happened, what follows, how it was counted, who owes it, what exceptions changed, the citation.

    translate: given each English template before it is filled in, returns it in the reader's language.
    """
    return _Teller(due, register == "family", translate).account()


def say_date(day: date, translate: Translate = as_written) -> str:
    """A date as "5 March 2026"."""
    if translate is as_written:
        return f"{day.day} {MONTHS[day.month - 1]} {day.year}"
    template = translate(MESSAGES["date"][0])
    return template.format(day=day.day, month=translate(MONTHS[day.month - 1]), year=day.year)


def sentence(message_id: str, register: Register = "professional", translate: Translate = as_written) -> str:
    """A whole message by id, such as why an exception was refused or why there is no day to act by."""
    return translate(MESSAGES[message_id][register == "family"])


@dataclass(slots=True)
class _Teller:
    due: Due
    family: bool
    translate: Translate

    def account(self) -> Account:
        rule = self.due.rule
        return Account(
            happened=self._happened(),
            duty=self._pick((rule.duty, rule.family)),
            counted=self._counted(),
            date=self._date(),
            act_by=self._act_by(),
            safer=self._safer(),
            owed=self._owed(),
            law=self._say(f"law.{rule.standing}", citation=rule.citation),
            exceptions=tuple(self._exception(finding) for finding in self.due.exceptions_found),
            # What a fact or an earliest day means can only be said once the day is known.
            date_leads=rule.bearing in ("fact", "earliest"),
        )

    def _pick(self, pair: tuple[str, str]) -> str:
        return self.translate(pair[self.family])

    def _say(self, message_id: str, **values: object) -> str:
        return self._pick(MESSAGES[message_id]).format(**values)

    def _on(self, day: date) -> str:
        return say_date(day, self.translate)

    def _happened(self) -> str:
        key = KEYS[self.due.trigger_key]
        return self._pick((key.said, key.family)).format(date=self._on(self.due.trigger_on))

    def _counted(self) -> str:
        count = self.due.rule.count
        if self.due.trigger_key in self.due.rule.replaced_by:
            return self._say("replaced")
        if isinstance(count, NoDate):
            return self._pick((count.why, count.family))
        if isinstance(count, Count):
            period = self._pick_number(PERIODS[count.method], count.number)
            return self._pick(COUNTED[count.method]).format(period=period)
        said = self._pick((count.words, count.family))
        return f"{said} {self.translate(self.due.remark)}" if self.due.remark else said

    def _pick_number(self, forms: tuple[str, str], n: int) -> str:
        return self.translate(forms[n != 1]).format(n=n)

    def _date(self) -> str:
        # A day that somebody has named, or on which a thing is done at once, has been said already.
        if self.due.due is None or self.due.due == self.due.trigger_on:
            return ""
        return self._say(f"date.{self.due.rule.bearing}", date=self._on(self.due.due))

    def _safer(self) -> str:
        due = self.due
        if due.last_compliant_day and due.last_compliant_day != due.due:
            # Two days to be safe by would only puzzle a family: the earlier has been said.
            if self.family and due.act_by and due.act_by <= due.last_compliant_day:
                return ""
            return self._say("last_compliant_day", date=self._on(due.last_compliant_day))
        if due.aim_for and due.act_by == due.due:
            return self._say("aim_for", date=self._on(due.aim_for))
        return ""

    def _act_by(self) -> str:
        if self.due.due and self.due.act_by and self.due.act_by != self.due.due:
            allowed = self.due.rule.bearing == "allowed"
            return self._say("act_by.allowed" if allowed else "act_by", date=self._on(self.due.act_by))
        return self._say(SAID_OF_ACT_BY) if self.due.act_by_reason == SAID_OF_ACT_BY else ""

    def _owed(self) -> str:
        rule = self.due.rule
        if rule.bearing in ("fact", "earliest") or not rule.owed_to:
            return ""
        if rule.bearing == "allowed":
            return self._who("owed.allowed", rule.owed_to)
        # A family has heard from whom already where the duty names them: only who else is told is news.
        if self.family and PARTIES[rule.owed_by][1] in rule.family[:1].lower() + rule.family[1:]:
            others = tuple(party for party in rule.owed_to if party != "family")
            return self._who("owed.too", others) if 0 < len(others) < len(rule.owed_to) else ""
        return self._who("owed", rule.owed_to)

    def _who(self, message_id: str, readers: tuple[str, ...]) -> str:
        to = self._list(readers)
        return self._say(message_id, by=self._party(self.due.rule.owed_by), to=to, To=to[:1].upper() + to[1:])

    def _party(self, name: str) -> str:
        return self._pick(PARTIES[name])

    def _list(self, names: tuple[str, ...]) -> str:
        *first, last = (self._party(name) for name in names)
        return self._say("and", first=", ".join(first), last=last) if first else last

    def _exception(self, finding: Finding) -> str:
        if finding.type in EXCEPTIONS:
            name = self._pick(EXCEPTIONS[finding.type])
        else:
            name = self._say("exception.unlisted", type=finding.type.replace("_", " "))
        return self._say("exception.found", name=name, reason=self._say(finding.reason_id))
