"""Filling in a form together: the same pages for every form, made from its definition."""

from flask import Blueprint

bp = Blueprint("writing", __name__)

from web.writing import (  # noqa: E402  (the views register themselves on the blueprint above)
    autosave,
    deleting,
    hows,
    keeping,
    looking,
    more,
    overview,
    pages,
    papers,
    people,
    presence,
    questions,
    reading,
    remarks,
    replying,
    send,
    sharing,
    signing,
    tasks,
    thread,
    versions,
    who_reads,
)

__all__ = [
    "autosave",
    "bp",
    "deleting",
    "hows",
    "keeping",
    "looking",
    "more",
    "overview",
    "pages",
    "papers",
    "people",
    "presence",
    "questions",
    "reading",
    "remarks",
    "replying",
    "send",
    "sharing",
    "signing",
    "tasks",
    "thread",
    "versions",
    "who_reads",
]
