"""Fields where people choose: radios, ticks, lists, and steps in words."""

from typing import Any

from forms.pages.base import Answer, one_line
from forms.pages.single import Text


class Radios(Answer):
    """Choose one. Kept as the option's id."""

    template = "radios"

    def read(self, typed: Any) -> str:
        given = one_line(typed, self.name)
        return given if any(option.id == given for option in self.asked.options) else ""

    @property
    def short(self) -> bool:
        """Yes or no, side by side."""
        return self.question.type == "yesno" and len(self.asked.options) < 4


class Ticks(Answer):
    """Choose any. Kept as a list of ids in the form's order."""

    template = "checks"

    @property
    def alone(self) -> bool:
        """One box, whose words are the question's own."""
        return len(self.asked.options) == 1 and not self.asked.heading

    def read(self, typed: Any) -> list[str]:
        ticked = typed.getlist(self.name)
        return [option.id for option in self.asked.options if option.id in ticked]


class Select(Radios):
    """Choose one from a long list."""

    template = "select"


class Suggested(Text):
    """One line with a list to choose from. What is in the list is kept as its id, anything else as typed."""

    template = "suggested"

    def read(self, typed: Any) -> str:
        given = one_line(typed, self.name)
        ids = {option.label.casefold(): option.id for option in self.asked.options}
        return ids.get(given.casefold(), given)

    @property
    def shown(self) -> str:
        """The words for what is kept."""
        labels = {option.id: option.label for option in self.asked.options}
        value = self.data or ""
        return labels.get(value, value)
