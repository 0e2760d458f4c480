"""The reader's language: theirs if they chose one, else what their browser asks for, else English."""

from flask import g, request, session
from flask_babel import Babel

from web.application import Coproduce

LANGUAGES = ("en",)
RIGHT_TO_LEFT = frozenset({"ar", "fa", "he", "ku", "ur"})


def init_app(app: Coproduce) -> None:
    """Translate templates."""
    Babel(app, locale_selector=chosen, default_locale="en", default_timezone="Europe/London")


def chosen() -> str:
    """The language of this request."""
    if "authority" in g and session.get("language") in LANGUAGES:
        return str(session["language"])
    return request.accept_languages.best_match(LANGUAGES) or "en"
