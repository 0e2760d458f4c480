"""Fields of several boxes: dates, people, addresses, a signature."""

from collections.abc import Iterator
from datetime import date
from typing import Any, ClassVar

from forms import dates
from forms.pages.base import Answer, Box, Problem, one_line
from forms.pages.single import email_problem, phone_problem
from forms.text import too_long
from forms.values import ADDRESS, PERSON

_WIDTH = {"day": 2, "month": 3, "year": 4}


class Date(Answer):
    """Day, month and year. Kept as an ISO date, or the boxes as typed when they are not one."""

    template = "date"
    parts: ClassVar[tuple[str, ...]] = dates.PARTS

    def read(self, typed: Any) -> dates.Kept:
        boxes = {part: one_line(typed, f"{self.name}-{part}") for part in self.parts}
        return dates.read_date(boxes, self.parts)

    def check(self) -> Iterator[Problem]:
        wrong = dates.date_problem(self.data or "", partial=self.question.partial, parts=self.parts)
        if wrong:
            yield f"{self.id}-{wrong[0]}", wrong[1]

    def doubt(self, today: date) -> Problem | None:
        """A question to ask about a birth date in the future or more than 26 years ago. Never a refusal."""
        if not self.question.birth or not isinstance(self.data, str) or not self.data:
            return None
        born = date.fromisoformat(self.data)
        if born > today or (today.year - born.year, today.month, today.day) > (26, born.month, born.day):
            return f"{self.id}-{self.parts[0]}", f"You told us {dates.in_words(self.data)}. Is that right?"
        return None

    @property
    def boxes(self) -> list[Box]:
        """The boxes. Only those that are wrong are marked so."""
        wrong = dict(self.found)
        return [
            Box(part, part.title(), self._typed(part), wrong.get(f"{self.id}-{part}", ""), width=_WIDTH[part])
            for part in self.parts
        ]

    def _typed(self, part: str) -> str:
        if isinstance(self.data, dict):
            return str(self.data.get(part, ""))
        pieces = str(self.data or "").split("-")
        at = dict(zip(("year", "month", "day"), pieces, strict=False))
        return at.get(part, "") if part == "year" else at.get(part, "").lstrip("0")


class Month(Date):
    """Month and year. Kept as YYYY-MM."""

    parts = dates.PARTS[1:]


class Boxes(Answer):
    """Several one-line boxes kept together as a table."""

    template = "boxes"
    parts: ClassVar[tuple[str, ...]] = ()
    words: ClassVar[dict[str, str]] = {}
    tokens: ClassVar[dict[str, str]] = {}

    def read(self, typed: Any) -> dict[str, str]:
        given = {part: one_line(typed, f"{self.name}-{part}") for part in self.parts}
        return {part: text for part, text in given.items() if text}

    def check(self) -> Iterator[Problem]:
        for part, text in (self.data or {}).items():
            wrong = too_long(text)
            if part == "email":
                wrong = wrong or email_problem(text)
            if part == "phone":
                wrong = wrong or phone_problem(text)
            if wrong:
                yield f"{self.id}-{part}", wrong

    @property
    def boxes(self) -> list[Box]:
        """The boxes. Only a question about the person typing lets the browser fill them in."""
        own = self.question.autocomplete is not None
        wrong = dict(self.found)
        return [
            Box(
                part,
                self.words[part],
                (self.data or {}).get(part, ""),
                wrong.get(f"{self.id}-{part}", ""),
                {"email": "email", "phone": "tel"}.get(part, "text"),
                10 if part == "postcode" else 0,
                self.tokens[part] if own else "off",
            )
            for part in self.parts
        ]


class Person(Boxes):
    """Name, job, organisation, phone and email."""

    parts = PERSON
    words: ClassVar[dict[str, str]] = {
        "name": "Name",
        "job": "Job",
        "organisation": "Organisation or team",
        "phone": "Phone",
        "email": "Email",
    }
    tokens: ClassVar[dict[str, str]] = {
        "name": "name",
        "job": "organization-title",
        "organisation": "organization",
        "phone": "tel",
        "email": "email",
    }


class Address(Boxes):
    """A place to live or write to, here or abroad."""

    parts = ADDRESS
    words: ClassVar[dict[str, str]] = {
        "line1": "Address line 1",
        "line2": "Address line 2 (optional)",
        "town": "Town or city",
        "county": "County (optional)",
        "postcode": "Postcode",
        "country": "Country, if not the UK",
    }
    tokens: ClassVar[dict[str, str]] = {
        "line1": "address-line1",
        "line2": "address-line2",
        "town": "address-level2",
        "county": "address-level1",
        "postcode": "postal-code",
        "country": "country-name",
    }


class Sign(Answer):
    """A typed name. Who was signed in, and when, is added when it is kept; a changed name drops them."""

    template = "sign"

    @property
    def hint(self) -> str:
        return super().hint or "Type your full name. We keep the date and who was signed in."

    def read(self, typed: Any) -> dict[str, Any]:
        name = one_line(typed, self.name)
        before = self.object_data or {}
        if name and before.get("name") == name:
            return dict(before)
        return {"name": name} if name else {}

    def check(self) -> Iterator[Problem]:
        if wrong := too_long((self.data or {}).get("name", "")):
            yield self.id, wrong
