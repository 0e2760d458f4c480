"""A drawn page as a browser without scripts sees it: its inputs, labels and ids, and what it would send."""

from collections import Counter, defaultdict
from html.parser import HTMLParser
from types import SimpleNamespace
from typing import Any

from flask import render_template_string
from werkzeug.datastructures import MultiDict

from forms.pages import PageForm

PLACES = """{% from "writing/_answers.html" import place %}
{%- for field in form.top %}{{ place(field, around, plainly) }}{% endfor %}"""
TYPED = ("input", "textarea", "select")


class Drawn(HTMLParser):
    """One drawn page."""

    def __init__(self, form: PageForm, *, plainly: bool = False) -> None:
        super().__init__()
        self.html = render_template_string(PLACES, form=form, around=defaultdict(_nothing), plainly=plainly)
        self.ids: Counter[str] = Counter()
        self.labels: dict[str, str] = {}
        self.inputs: list[dict[str, str]] = []
        self.described: set[str] = set()
        self.headings = 0
        self.sent: MultiDict[str, str] = MultiDict()
        self._label = ""
        self._area = ""
        self._select = ""
        self.feed(self.html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {key: value or "" for key, value in attrs}
        if "id" in given:
            self.ids[given["id"]] += 1
        self.described.update(given.get("aria-describedby", "").split())
        self.headings += tag == "h1"
        if tag == "label":
            self._label = given["for"]
        if tag in TYPED and given.get("type") != "hidden":
            self.inputs.append({**given, "tag": tag})
        self._send(tag, given, dict(attrs))

    def _send(self, tag: str, given: dict[str, str], marks: dict[str, str | None]) -> None:
        kind = given.get("type", "text")
        if tag == "input" and kind != "file" and (kind not in ("radio", "checkbox") or "checked" in marks):
            self.sent.add(given["name"], given.get("value", ""))
        if tag == "textarea":
            self._area = given["name"]
            self.sent.add(self._area, "")
        if tag == "select":
            self._select = given["name"]
        if tag == "option" and "selected" in marks:
            self.sent.add(self._select, given.get("value", ""))

    def handle_data(self, data: str) -> None:
        if self._label:
            self.labels[self._label] = (self.labels.get(self._label, "") + " " + data.strip()).strip()
        if self._area:
            self.sent[self._area] = self.sent[self._area] + data

    def handle_endtag(self, tag: str) -> None:
        if tag == "label":
            self._label = ""
        if tag == "textarea":
            # A browser drops the first line break of a textarea and sends breaks as CRLF.
            self.sent[self._area] = self.sent[self._area].removeprefix("\n").replace("\n", "\r\n")
            self._area = ""


def _nothing() -> Any:
    """What stands around an answer that nobody else has touched."""
    return SimpleNamespace(was="", unsaved=False, by=None, beside=(), clash="", history="", offer=None, look=None)
