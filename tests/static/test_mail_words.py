"""What a mail may say: the council, the kind of thing and the date. Never who it is about."""

import re
from pathlib import Path

import pytest
from flask import Flask, render_template
from flask_babel import Babel
from jinja2 import meta

from web.demo import council

TEMPLATES = Path(__file__).parents[2] / "templates"
KINDS = sorted(path.stem for path in (TEMPLATES / "email").glob("*.txt") if path.stem != "base")
ALLOWED = {
    "authority_name",
    "kind",
    "date",
    "more",
    "link",
    "label",
    "contact_line",
    "overdue",
    "htmlLang",
    "_",
    "ngettext",
}
EXTRA = {"code": {"code", "minutes"}, "digest": {"items"}, "late": {"advice"}}
SAMPLE: dict[str, object] = {
    "authority_name": "Hartwell Council",
    "kind": "Your views are asked for",
    "date": "12 May 2027",
    "link": "https://hartwell.example/m/k7qf2m9d",
    "label": "the blue folder",
    "contact_line": "Telephone 01632 960103.",
    "code": "402913",
    "minutes": 10,
    "advice": "Hartwell SENDIASS, 01632 960104",
    "items": [("Your views are asked for", "12 May 2027"), ("A review meeting is due", "3 June 2027")],
}


@pytest.fixture
def mail_app() -> Flask:
    app = Flask("mail", template_folder=str(TEMPLATES))
    Babel(app)
    return app


def subject(app: Flask, mail: str) -> str:
    template = app.jinja_env.get_template(f"email/{mail}.txt")
    return "".join(template.blocks["subject"](template.new_context(SAMPLE)))


def test_every_kind_of_mail_has_both_shapes() -> None:
    html = sorted(path.stem for path in (TEMPLATES / "email").glob("*.html") if path.stem != "base")
    assert html == KINDS
    assert len(KINDS) >= 7


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("shape", ["txt", "html"])
def test_m1_a_mail_can_only_be_given_what_may_be_said(mail_app: Flask, kind: str, shape: str) -> None:
    used: set[str] = set()
    for name in (f"email/{kind}.{shape}", f"email/base.{shape}"):
        used |= meta.find_undeclared_variables(mail_app.jinja_env.parse((TEMPLATES / name).read_text()))
    assert used <= ALLOWED | EXTRA.get(kind, set())


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("shape", ["txt", "html"])
def test_m7_every_mail_says_that_we_never_ask_for_codes(mail_app: Flask, kind: str, shape: str) -> None:
    with mail_app.app_context():
        body = render_template(f"email/{kind}.{shape}", **SAMPLE)
    assert "We never ask for codes by mail or phone." in body
    assert "Hartwell Council" in body


@pytest.mark.parametrize("kind", KINDS)
def test_a_subject_is_one_short_line_without_label_or_code(mail_app: Flask, kind: str) -> None:
    with mail_app.app_context():
        line = subject(mail_app, kind)
    assert 0 < len(line) <= 90 and "\n" not in line
    assert "blue folder" not in line and "402913" not in line


@pytest.mark.parametrize("kind", KINDS)
def test_m2_a_mail_fetches_nothing(mail_app: Flask, kind: str) -> None:
    with mail_app.app_context():
        html = render_template(f"email/{kind}.html", **SAMPLE)
    assert not re.search(r"<img|<link|<script|@import|url\(", html)


def test_a_late_reminder_says_that_it_can_still_be_done(mail_app: Flask) -> None:
    with mail_app.app_context():
        body = render_template("email/reminder.txt", overdue=True, **SAMPLE)
    assert "The date was 12 May 2027. You can still do it." in body


def test_the_demonstrations_mails_say_how_to_reach_a_council_that_nobody_can_reach() -> None:
    line = str(council.SETTINGS["contact_line"])
    assert "01632 960" in line  # numbers kept for stories
    assert line.rstrip(".").endswith(".example")


HARD = {"statutory", "deadline", "failed", "breach", "regret", "inconvenience", "pursuant", "duty", "overdue"}


def test_what_a_late_mail_says_is_short_and_plain_enough_for_a_nine_year_old(mail_app: Flask) -> None:
    with mail_app.app_context():
        template = mail_app.jinja_env.get_template("email/late.txt")
        said = "".join(template.blocks["words"](template.new_context(SAMPLE)))
    sentences = [each.split() for each in re.split(r"[.:]\s", said.replace("*", "")) if each.strip()]
    assert max(len(each) for each in sentences) <= 17
    words = {word.strip(".,:").casefold() for each in sentences for word in each}
    assert not words & HARD
    assert not {"child", "son", "daughter", "school", "need", "needs", "plan"} & words


def test_text_mail_is_not_written_in_html(mail_app: Flask) -> None:
    with mail_app.app_context():
        body = render_template("email/reminder.txt", **{**SAMPLE, "authority_name": "King's Lynn & West Norfolk"})
    assert "King's Lynn & West Norfolk" in body
