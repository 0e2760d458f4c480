"""The council's pages: what is due, cases, triage, decisions, reviews, letters, messages, bringing plans in."""

from flask import Blueprint

bp = Blueprint("council", __name__, url_prefix="/council")

from web.council import (  # noqa: E402
    acting,  # noqa: F401
    advice,  # noqa: F401
    allocation,  # noqa: F401
    cases,  # noqa: F401
    conflicts,  # noqa: F401
    consulting,  # noqa: F401
    covering,  # noqa: F401
    decisions,  # noqa: F401
    exceptions,  # noqa: F401
    handing_over,  # noqa: F401
    joining,  # noqa: F401
    known,  # noqa: F401
    lateness,  # noqa: F401
    letters,  # noqa: F401
    messages,  # noqa: F401
    moving,  # noqa: F401
    panels,  # noqa: F401
    past,  # noqa: F401
    plan_answers,  # noqa: F401
    plan_steps,  # noqa: F401
    plan_writing,  # noqa: F401
    plans,  # noqa: F401
    queue,  # noqa: F401
    receiving,  # noqa: F401
    records,  # noqa: F401
    reviews,  # noqa: F401
    triage,  # noqa: F401
    turns,  # noqa: F401
    unreached,  # noqa: F401
    weighing,  # noqa: F401
    work,  # noqa: F401
)
