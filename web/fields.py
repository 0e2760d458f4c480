"""Form fields that more than one journey uses."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from wtforms import Field
from wtforms.validators import StopValidation

from forms import dates
from forms.text import clean


class DayField(Field):
    """A day in three boxes. `data` is a date or None; what was typed is shown again as it was."""

    def __init__(self, label: str, missing: str = "Enter the date.", optional: bool = False, **given: Any) -> None:
        super().__init__(label, **given)
        self.missing, self.optional = missing, optional
        self.kept: dates.Kept = ""

    @property
    def anchor(self) -> str:
        """The id of the first box."""
        return f"{self.id}-day"

    def process(self, formdata: Any, data: Any = None, extra_filters: Sequence[Any] | None = None) -> None:
        """Take the day given, then what was typed over it."""
        self.process_errors = []
        self.data = data if isinstance(data, date) else None
        self.kept = self.data.isoformat() if self.data else ""
        if formdata:
            typed = {part: clean(formdata.get(f"{self.name}-{part}", "")).strip() for part in dates.PARTS}
            self.kept = dates.read_date(typed)
            self.data = date.fromisoformat(self.kept) if isinstance(self.kept, str) and self.kept else None

    def pre_validate(self, form: Any) -> None:
        """Say what is wrong with what was typed."""
        wrong = dates.date_problem(self.kept)
        if wrong:
            raise StopValidation(wrong[1])
        if self.data is None and not self.optional:
            raise StopValidation(self.missing)

    @property
    def boxes(self) -> list[tuple[str, str, str]]:
        """(part, id, value) for each box."""
        if isinstance(self.kept, dict):
            values = self.kept
        else:
            values = dict(zip(("year", "month", "day"), self.kept.split("-"), strict=False)) if self.kept else {}
            values = {part: text.lstrip("0") for part, text in values.items()}
        return [(part, f"{self.id}-{part}", values.get(part, "")) for part in dates.PARTS]
