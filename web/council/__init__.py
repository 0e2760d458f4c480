"""The council's pages: what is due, cases, triage, decisions, reviews, letters, messages, bringing plans in."""

from flask import Blueprint

bp = Blueprint("council", __name__, url_prefix="/council")

from web.council import cases, decisions, joining, known, letters, messages, plans, queue, records, reviews, triage  # noqa: E402, F401
