"""The shape of an event a person can choose: what happened, what is asked about it, and which rules follow."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from law.rules import current


@dataclass(frozen=True, slots=True)
class Question:
    """A day that is asked for, and every fact of `law.keys` that this day is. Its name is the first of them."""

    keys: tuple[str, ...]
    label: str
    hint: str = ""
    optional: bool = False

    @property
    def name(self) -> str:
        """What the day is called in an address."""
        return self.keys[0]


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several ways the event can have gone: the rules that follow from it, and facts it settles."""

    value: str
    label: str
    rules: tuple[str, ...]
    facts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened, in a family's words. `which` asks for one of `choices` where there are any."""

    id: str
    title: str
    questions: tuple[Question, ...]
    rules: tuple[str, ...] = ()
    which: str = ""
    choices: tuple[Choice, ...] = ()
    note: str = ""

    def rules_for(self, choice: Choice | None) -> tuple[str, ...]:
        """The rules that follow, in the order of the event."""
        return (*(choice.rules if choice else ()), *self.rules)


@dataclass(frozen=True, slots=True)
class Group:
    """Events that belong together."""

    title: str
    events: tuple[Event, ...]


def choice_of_rule(value: str, label: str, *rules: str, **facts: str) -> Choice:
    """A choice, with its rules proved to exist. Raises UnknownRule."""
    for rule in rules:
        current(rule)
    return Choice(value, label, rules, facts)


LETTER = "What is the date on the letter?"
TIME_TO_APPEAL = ("mediation.contact", "appeal.lodge")
COUNCIL_GOT_IT = Question(
    ("request_received",),
    "When did the council get the request?",
    "If you emailed it, that is the day you sent it. If you posted it, it is the day it arrived.",
)
COUNCIL_GOT_IT_IF_KNOWN = Question(
    ("request_received",),
    "When did the council get the request for an assessment? (if you know)",
    "Many dates count from this day.",
    optional=True,
)
CERTIFICATE = Question(
    ("certificate_issued",),
    "If you have a mediation certificate, what is its date?",
    "You get one from the mediation adviser. Leave this empty if you do not have one.",
    optional=True,
)


def letter(*keys: str, label: str = LETTER, hint: str = "") -> Question:
    """The day on a letter from the council."""
    return Question(keys, label, hint)
