"""Whoever is asked for advice: what is asked, by when and why, what the family sent, and how to answer."""

from flask import Blueprint

bp = Blueprint("advice", __name__)

from web.advice import adviser, consulted, family  # noqa: E402, F401
