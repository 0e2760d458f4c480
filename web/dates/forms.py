"""The form of an event: its days in three boxes each, and its choice. Sent by GET: nothing is kept."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from werkzeug.datastructures import MultiDict
from wtforms import Form, RadioField
from wtforms.fields import choices
from wtforms.validators import DataRequired, StopValidation

from law.rules.shape import SEND_REGULATIONS_IN_FORCE
from web.dates.events import Event
from web.fields import DayField

SelectChoice = choices.SelectChoice  # type: ignore[attr-defined]  # the type stubs are older
WHAT = "what"
LONGEST_PLAN = 26  # years from birth: no plan outlasts the 26th birthday
FAR = 5  # years ahead; further is a slip of the finger

BORN_LATER = "The date of birth cannot be in the future."
BORN_LONG_AGO = "That is more than 26 years ago, and a plan never lasts that long. Check the year."
BEFORE_THE_LAW = "The law that gives these dates began on 1 September 2014. Enter that day or a later one."
FAR_AHEAD = "That is a long time from now. Check the year."


class EventForm(Form):
    """What every event's form can do. Make one with `form_for`."""

    def problems(self) -> list[tuple[str, str]]:
        """(anchor, sentence) for each field in error."""
        return [
            (field.anchor if isinstance(field, DayField) else f"{field.id}-0", str(field.errors[0]))
            for field in self
            if field.errors
        ]

    @property
    def days(self) -> dict[str, date]:
        """The days given, by the names of their questions."""
        return {field.name: field.data for field in self if isinstance(field, DayField) and field.data}

    @property
    def fields(self) -> list[tuple[str, Any]]:
        """("day" or "choice", field) in the order they are asked."""
        return [("day" if isinstance(field, DayField) else "choice", field) for field in self]


def form_for(
    event: Event, today: date, typed: Mapping[str, str] | None = None, known: Mapping[str, object] | None = None
) -> EventForm:
    """The form of an event, with what was typed (the boxes as a browser sends them) or what is known.

    today: the day in London, to find slips of the finger.
    """
    fields: dict[str, Any] = {}
    if event.choices:
        fields[WHAT] = RadioField(
            event.which,
            choices=[SelectChoice(each.value, each.label) for each in event.choices],
            validators=[DataRequired("Choose the one that fits.")],
        )
    for question in event.questions:
        fields[question.name] = DayField(
            question.label,
            description=question.hint,
            optional=question.optional,
            validators=[_birth(today) if question.name == "date_of_birth" else _happening(today)],
        )
    made = type("OneEventForm", (EventForm,), fields)
    return made(formdata=MultiDict(typed) if typed is not None else None, data=dict(known or {}))  # type: ignore[no-any-return]


def as_typed(event: Event, args: Mapping[str, str]) -> dict[str, Any]:
    """A page's own address (`name=2026-10-07`) as its form would send it."""
    typed = {f"{question.name}-day": args.get(question.name, "") for question in event.questions}
    return {**typed, **({WHAT: args[WHAT]} if WHAT in args else {})}


def was_sent(event: Event, args: Mapping[str, str]) -> bool:
    """Whether the form itself sent these, with however little in its boxes."""
    return any(f"{question.name}-{part}" in args for question in event.questions for part in ("day", "month", "year"))


Check = Callable[[Form, DayField], None]


def _birth(today: date) -> Check:
    def check(form: Form, field: DayField) -> None:
        if field.data and field.data > today:
            raise StopValidation(BORN_LATER)
        if field.data and today.year - field.data.year > LONGEST_PLAN:
            raise StopValidation(BORN_LONG_AGO)

    return check


def _happening(today: date) -> Check:
    def check(form: Form, field: DayField) -> None:
        if field.data and field.data < SEND_REGULATIONS_IN_FORCE:
            raise StopValidation(BEFORE_THE_LAW)
        if field.data and field.data.year - today.year > FAR:
            raise StopValidation(FAR_AHEAD)

    return check
