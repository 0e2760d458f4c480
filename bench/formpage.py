"""A page of ten questions: made from a form's definition, against the same ten written out by hand."""

import time
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from flask import Flask, render_template
from jinja2 import ChoiceLoader, FileSystemLoader, PackageLoader, PrefixLoader

from bench.rounds import Measured, alternate
from forms.definition import Form, Page
from forms.pages import build

HERE = Path(__file__).parent
ROUNDS, TIMES = 15, 20

YES_NO = [["yes", "Yes"], ["no", "No"]]
TEN: list[dict[str, Any]] = [
    {"id": "q_name", "text": "What are they called?", "hint": "The name they like.", "type": "text"},
    {"id": "q_story", "text": "What has happened so far?", "type": "area"},
    {"id": "q_day", "text": "When did it begin?", "type": "date"},
    {"id": "q_known", "text": "Does the school know?", "type": "yesno", "options": YES_NO},
    {
        "id": "q_where",
        "text": "Where are they now?",
        "type": "radio",
        "options": [["home", "At home"], ["school", "At school"], ["both", "At both"]],
    },
    {
        "id": "q_help",
        "text": "Who helps?",
        "type": "checks",
        "options": [["teacher", "A teacher"], ["doctor", "A doctor"], ["friend", "A friend"]],
    },
    {
        "id": "q_kind",
        "text": "What kind of place is it?",
        "type": "select",
        "options": [["nursery", "Nursery"], ["primary", "Primary school"], ["college", "College"]],
    },
    {"id": "q_hours", "text": "How many hours a week?", "type": "num"},
    {"id": "q_email", "text": "Your email address", "type": "email", "autocomplete": "email"},
    {"id": "q_phone", "text": "Your phone number", "type": "phone", "autocomplete": "tel"},
]
SAID: dict[str, Any] = {
    "q_name": "Robin",
    "q_story": "It began in the autumn.\nThen it got better.",
    "q_day": "2026-09-03",
    "q_known": "yes",
    "q_where": "both",
    "q_help": ["teacher", "friend"],
    "q_kind": "primary",
    "q_hours": "12.5",
    "q_email": "someone@example.invalid",
    "q_phone": "01632 960001",
}
UNTOUCHED = SimpleNamespace(was="", unsaved=False, by=None, beside=(), clash="", history="", offer=None, look=None)


def measure(*, rounds: int = ROUNDS, times: int = TIMES) -> list[Measured]:
    """Processor time of one page, everything in it: fields made, filled and drawn."""
    with drawing_app().test_request_context():
        page = ten_questions()
        said = by_hand()
        took = alternate(
            {
                "generated": lambda: generated(page),
                "stock": lambda: render_template("stock.html", said=said),
                "plain": lambda: render_template("plain.html", said=said),
            },
            time.process_time,
            rounds=rounds,
            times=times,
        )
    ours = "a ten-field page from a definition"
    return [
        Measured(ours, took["generated"], "stock GOV.UK macros", took["stock"]),
        Measured(ours, took["generated"], "plain HTML", took["plain"]),
    ]


def generated(page: Page) -> str:
    """The page as the service makes it."""
    form = build(page, SAID, {}, child_name="Robin")
    return render_template("generated.html", form=form, around=dict.fromkeys(SAID, UNTOUCHED))


def by_hand() -> dict[str, Any]:
    """The answers as the pages written by hand take them: a day in its three parts."""
    year, month, day = SAID["q_day"].split("-")
    return {**SAID, "q_day": {"day": day.lstrip("0"), "month": month.lstrip("0"), "year": year}}


def ten_questions() -> Page:
    """The ten as a page of a form definition."""
    section = {"id": "all", "title": "Ten questions", "writers": ["parent"], "questions": TEN}
    form = Form.model_validate(
        {
            "id": "ten",
            "version": 1,
            "title": "Ten questions",
            "style": "grouped",
            "voice": "shared",
            "written_by": "family",
            "audience_default": ["authority"],
            "readers": "Nobody.",
            "notice": "family",
            "safeguarding": "family",
            "sections": [section],
        }
    )
    return form.pages()[0]


def drawing_app() -> Flask:
    """An application that only draws, with the service's templates, the GOV.UK macros and ours here."""
    app = Flask("drawing")
    app.config.update(SECRET_KEY="nothing is signed here", WTF_CSRF_ENABLED=False)
    app.jinja_loader = ChoiceLoader(
        [
            FileSystemLoader([HERE / "templates", HERE.parent / "templates"]),
            PrefixLoader({"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")}),
        ]
    )
    app.jinja_env.add_extension("jinja2.ext.i18n")
    app.jinja_env.install_null_translations(newstyle=True)  # type: ignore[attr-defined]  # the extension's
    return app
