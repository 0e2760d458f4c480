"""One place for an answer on a page: what every kind of field shares."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, NamedTuple, cast

from flask import current_app
from markupsafe import Markup
from wtforms import Field

from forms.definition import Option, Question
from forms.paths import anchor
from forms.text import clean, too_long

Problem = tuple[str, str]  # the HTML id of the input to go to, and a sentence


@dataclass(frozen=True)
class Asked:
    """A question at one place of one page, in the words shown there."""

    question: Question
    path: str
    text: str
    hint: str = ""
    caption: str = ""
    heading: bool = False
    depends: str = ""  # the condition as JSON, where it hangs on an answer of the same page
    options: tuple[Option, ...] = ()
    state: Mapping[str, Any] | None = None  # of a link or a calc
    row: str = ""
    version: int = 0
    unsaved: bool = False


class Box(NamedTuple):
    """One of the several boxes of an answer in parts. `width` is in characters, 0 for all there is."""

    part: str
    label: str
    value: str
    wrong: str = ""
    kind: str = "text"
    width: int = 0
    autocomplete: str = "off"


class Drawn:
    """A widget that draws a field with its own macro in `templates/forms/fields.html`."""

    def __call__(self, field: "Answer", **_: Any) -> Markup:
        macros = current_app.jinja_env.get_template("forms/fields.html").module
        return cast(Markup, getattr(macros, field.template)(field))


class Answer(Field):
    """A field made from a question. Its data is the JSON value that is kept, whatever was typed.

    It never asks for an answer; it only says what is not one.
    """

    widget = Drawn()
    template: ClassVar[str] = "input"
    inputmode: ClassVar[str] = ""
    keeps: ClassVar[bool] = True

    def __init__(self, asked: Asked, **given: Any) -> None:
        super().__init__(label=asked.text, id=anchor(asked.path), **given)
        self.asked = asked
        self.question = asked.question
        self.found: list[Problem] = []
        self.seen = asked.version

    def process(self, formdata: Any, data: Any = None, extra_filters: Sequence[Any] | None = None) -> None:
        """Take the stored value, then what was typed over it."""
        self.object_data = self.data = data
        if formdata is not None:
            self.data = self.read(formdata)
            begun = one_line(formdata, f"version:{self.name}")
            self.seen = int(begun) if begun.isascii() and begun.isdecimal() and len(begun) < 10 else 0

    def read(self, typed: Any) -> Any:
        """The value to keep of what was typed."""
        return one_line(typed, self.name)

    def validate(self, form: Any, extra_validators: Sequence[Any] = ()) -> bool:
        """Look for what is not an answer of this kind."""
        self.found = list(self.check())
        self.errors = tuple(sentence for _, sentence in self.found)
        return not self.found

    def check(self) -> Iterator[Problem]:
        """What is wrong with the value, each with the input to go to."""
        if isinstance(self.data, str) and (wrong := too_long(self.data)):
            yield self.id, wrong

    @property
    def autocomplete(self) -> str:
        """Only a question about the person typing lets the browser fill it in."""
        return self.question.autocomplete or "off"

    @property
    def hint(self) -> str:
        """What stands under the question."""
        return self.asked.hint


def one_line(typed: Any, name: str) -> str:
    """What was typed in a one-line box, cleaned."""
    return " ".join(many_lines(typed, name).split("\n")).strip()


def many_lines(typed: Any, name: str) -> str:
    """What was typed in a box of several lines, cleaned and otherwise as it is."""
    given = typed.get(name)
    return clean(given) if isinstance(given, str) else ""
