"""Putting a message into words: subject, text and HTML from `templates/email`."""

from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from workflow.outbox.post import Envelope

TEMPLATES = Path(__file__).parents[2] / "templates"

CODE_MINUTES = "10"

WITHOUT_LINK = ("code", "by_post")
"""Mails to somebody who types a code on a page already open, or who has no page here."""

KINDS = {"information_asked": "Information is asked for"}
"""The clause of a kind of mail whose planner gives none."""


@dataclass(frozen=True)
class Written:
    """A message in words."""

    subject: str
    text: str
    html: str


def write(envelope: Envelope, public_url: str) -> Written:
    """Put a message into words for the day it is sent. Raises what Jinja raises, and for a subject of two
    lines `ValueError`."""
    words = _variables(envelope, public_url)
    plain = environment().get_template(f"email/{envelope.template}.txt")
    subject = "".join(plain.blocks["subject"](plain.new_context(words))).strip()
    if not subject or len(subject.splitlines()) > 1:
        raise ValueError("a subject is one line")
    html = environment().get_template(f"email/{envelope.template}.html").render(words)
    return Written(subject, plain.render(words).strip() + "\n", html)


def link(public_url: str, link_code: str) -> str:
    """Where a mail leads: a code that names nothing and grants nothing."""
    return f"{public_url.rstrip('/')}/go/{link_code}"


def in_words(day: date) -> str:
    """12 May 2027."""
    return f"{day.day} {day:%B %Y}"


@cache
def environment() -> Environment:
    """The email templates. Undefined names raise: a mail with a hole in it must not go."""
    made = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=select_autoescape(["html"]),
        undefined=StrictUndefined,
        extensions=["jinja2.ext.i18n"],
        trim_blocks=False,
    )
    made.install_null_translations(newstyle=True)  # type: ignore[attr-defined]
    return made


def _variables(envelope: Envelope, public_url: str) -> dict[str, Any]:
    about = envelope.about_on
    return {
        "kind": KINDS.get(envelope.template, ""),
        "minutes": CODE_MINUTES,
        "label": "",
        **envelope.words,
        "overdue": about is not None and about < envelope.today,
        "authority_name": envelope.authority_name,
        "contact_line": envelope.contact_line,
        "advice": envelope.advice,
        "date": in_words(about) if about else "",
        "link": "" if envelope.template in WITHOUT_LINK else link(public_url, envelope.link_code),
    }
