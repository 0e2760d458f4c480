"""A field as GOV.UK Frontend's own macros draw it, and markup as a tree that can be compared."""

from html.parser import HTMLParser
from typing import Any

from flask import current_app

from forms.pages.base import Answer

VOID = {"input", "br", "hr", "img"}
Node = tuple[str, tuple[tuple[str, str | None], ...], tuple[Any, ...]]


def stock(field: Answer) -> str:
    """The same question through the library's macros. For `link`, which has only a box of the library's, see there."""
    size = "l" if field.asked.heading else "s"
    shared: dict[str, Any] = {"id": field.id, "idPrefix": field.id, "name": field.name}
    if field.hint:
        shared["hint"] = {"text": field.hint}
    if field.errors:
        shared["errorMessage"] = {"text": " ".join(field.errors)}
    words = {"text": field.asked.text, "isPageHeading": field.asked.heading}
    one = {**shared, "label": {**words, "classes": f"govuk-label--{size}"}}
    many = {**shared, "fieldset": {"legend": {**words, "classes": f"govuk-fieldset__legend--{size}"}}}
    macros = current_app.jinja_env.get_template("fields.html").module
    return str(getattr(macros, field.template)(field, one, many))


class Tree(HTMLParser):
    """Elements with their attributes in order of name, and text as a browser shows it."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[tuple[str, list[tuple[str, str | None]], list[Any]]] = [("page", [], [])]
        self.feed(html)
        assert len(self.open) == 1, f"not closed: {self.open[-1][0]}"
        self.children = _tidy(self.open[0][2])

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert len(attrs) == len({name for name, _ in attrs}), f"an attribute twice in {tag}"
        self.open.append((tag, [(name, _spaced(name, value)) for name, value in attrs], []))
        if tag in VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        opened, attrs, inside = self.open.pop()
        assert opened == tag, f"{opened} closed by {tag}"
        verbatim = tag == "textarea"
        self.open[-1][2].append((tag, tuple(sorted(attrs)), tuple(inside) if verbatim else _tidy(inside)))

    def handle_data(self, data: str) -> None:
        inside = self.open[-1][2]
        if inside and isinstance(inside[-1], str):
            data = inside.pop() + data
        inside.append(data)


def _spaced(name: str, value: str | None) -> str | None:
    return " ".join(value.split()) if name in ("class", "aria-describedby") and value else value


def _tidy(inside: list[Any]) -> tuple[Any, ...]:
    """Text with its white space as one space, and none where there is nothing else."""
    words = [" ".join(each.split()) if isinstance(each, str) else each for each in inside]
    return tuple(each for each in words if each != "")
