"""Fields with one input: text, numbers, a time, a way to reach somebody."""

from collections.abc import Iterator
from typing import Any, ClassVar

from email_validator import EmailNotValidError, validate_email

from forms import dates
from forms.pages.base import Answer, Problem, many_lines, one_line
from forms.values import read_number


class Text(Answer):
    """One line."""

    suffix: ClassVar[str] = ""
    prefix: ClassVar[str] = ""
    kind: ClassVar[str] = "text"

    @property
    def width(self) -> str:
        """A box as wide as the answer is long."""
        length = self.question.length or 100
        for most in (2, 3, 4, 5, 10, 20):
            if length <= most:
                return f"govuk-input--width-{most}"
        return ""


class Area(Answer):
    """Several lines, with a counter that guides and never cuts."""

    template = "area"

    def read(self, typed: Any) -> str:
        return many_lines(typed, self.name)

    @property
    def shown(self) -> str:
        """The value for a textarea, whose first line break a browser would drop."""
        value = self.data or ""
        return f"\n{value}" if value.startswith("\n") else value


class Number(Text):
    """A number, kept in plain digits; what is not one is kept as typed."""

    inputmode = "decimal"

    @property
    def width(self) -> str:
        return "govuk-input--width-5"

    def read(self, typed: Any) -> str:
        given = one_line(typed, self.name)
        return read_number(given) or given

    def check(self) -> Iterator[Problem]:
        if self.data and read_number(self.data) is None:
            yield self.id, "This must be a number, for example 12 or 12.5."


class Money(Number):
    """Pounds."""

    prefix = "£"


class Percent(Number):
    """Of a hundred."""

    suffix = "%"

    def check(self) -> Iterator[Problem]:
        yield from super().check()
        number = read_number(self.data or "")
        if number is not None and float(number) > 100:
            yield self.id, "This must be a number from 0 to 100."


class Minutes(Number):
    """Minutes."""

    suffix = "minutes"


class Time(Text):
    """A time of day, kept as HH:MM."""

    @property
    def width(self) -> str:
        return "govuk-input--width-5"

    def read(self, typed: Any) -> str:
        given = one_line(typed, self.name)
        return dates.read_time(given) or given

    def check(self) -> Iterator[Problem]:
        if self.data and dates.read_time(self.data) is None:
            yield self.id, "This must be a time, for example 2:30pm or 14:30."


class Email(Text):
    """An email address."""

    kind = "email"

    def check(self) -> Iterator[Problem]:
        if wrong := email_problem(self.data or ""):
            yield self.id, wrong


class Phone(Text):
    """A phone number, with any words that go with it."""

    kind = "tel"

    @property
    def width(self) -> str:
        return "govuk-input--width-20"

    def check(self) -> Iterator[Problem]:
        if wrong := phone_problem(self.data or ""):
            yield self.id, wrong


class Link(Area):
    """Points at another form. Where there is none to point at, words may stand in."""

    template = "link"

    def read(self, typed: Any) -> str:
        return super().read(typed) if self.question.note else self.object_data or ""


class Shown(Answer):
    """Words only, or something worked out."""

    template = "shown"
    keeps = False

    def read(self, typed: Any) -> Any:
        return self.object_data


def email_problem(address: str) -> str | None:
    """A sentence when this is not an email address; nothing when it is empty."""
    try:
        if address:
            validate_email(address, check_deliverability=False, allow_smtputf8=True)
    except EmailNotValidError:
        return "This must be an email address, for example name@example.org."
    return None


def phone_problem(number: str) -> str | None:
    """A sentence when no number is in it; nothing when it is empty."""
    if number and sum(char.isdigit() for char in number) < 3:
        return "This must be a phone number, for example 01632 960 001."
    return None
