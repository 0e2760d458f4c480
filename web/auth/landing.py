"""Where a link key leads: route names from a list, never an address from outside."""

import uuid
from typing import Any

from flask import url_for

ROUTES = {
    "submission": ("writing.overview", "submission_id"),
    "notice": ("letters.letter", "notice_id"),
    "invitation": ("auth.invited", "invitation_id"),
    "question": ("writing.remark", "remark_id"),  # of mail sent before questions were gathered
    "questions": ("writing.questions", "submission_id"),
    "case": ("family.open_case", "case_id"),
    "advice": ("advice.asked", "request_id"),
    "consultation": ("advice.consulted", "consultation_id"),
    "task": ("writing.task", "task_id"),
    "deadline": ("family.open_deadline", "deadline_id"),
}
HOMES = {"family": "family.home", "professional": "school.home", "staff": "council.queue"}


def destination(link_to: str) -> str:
    """The address of a link key such as `notice:<uuid>` or `home:staff`; the start page for one that is not known."""
    kind, _, key = link_to.partition(":")
    if kind == "home" and key in HOMES:
        return url_for(HOMES[key])
    if kind not in ROUTES:
        return url_for("home.index")
    endpoint, name = ROUTES[kind]
    values: dict[str, Any] = {name: uuid.UUID(key)}
    return url_for(endpoint, **values)


def home_of(kind: str) -> str:
    """The first page of a kind of account."""
    return url_for(HOMES[kind])
