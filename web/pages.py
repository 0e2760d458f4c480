"""What every template has: links, assets, dates in words, and the menu of whoever is signed in."""

import hashlib
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

from flask import g, session, url_for
from jinja2 import ChoiceLoader, PackageLoader, PrefixLoader
from whitenoise import WhiteNoise

from law.explain import say_date
from web.application import Coproduce
from workflow.clock import london_day, london_time

STATIC = Path(__file__).parent.parent / "static"
FOREVER = 31_536_000


def init_app(app: Coproduce) -> None:
    """Serve the built assets and give the templates their words and helpers."""
    app.jinja_loader = ChoiceLoader(
        [
            app.jinja_loader,  # type: ignore[list-item]
            PrefixLoader({"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")}),
        ]
    )
    app.wsgi_app = WhiteNoise(  # type: ignore[method-assign]
        app.wsgi_app, root=STATIC / "dist", prefix="static/dist", max_age=FOREVER, add_headers_function=_static_headers
    )
    app.jinja_env.filters.update(day=in_words, moment=moment, clock=london_time)
    app.jinja_env.globals.update(asset=asset)
    app.context_processor(_context)


@cache
def asset(path: str) -> str:
    """The address of a built file, with its hash: it may be kept for ever."""
    digest = hashlib.sha256((STATIC / path).read_bytes()).hexdigest()[:12]
    return f"/static/{path}?v={digest}"


def in_words(value: date | datetime | str | None) -> str:
    """A day as people write it: 5 March 2026. Instants as the day in London."""
    if not value:
        return ""
    if isinstance(value, str):
        value = date.fromisoformat(value)
    return say_date(london_day(value) if isinstance(value, datetime) else value)


def moment(value: datetime) -> str:
    """An instant as people write it: 5 March 2026, 10:42."""
    return f"{in_words(value)}, {london_time(value)}"


def _static_headers(headers: Any, path: str, url: str) -> None:
    headers["X-Content-Type-Options"] = "nosniff"
    headers["Cross-Origin-Resource-Policy"] = "same-origin"


def _context() -> dict[str, Any]:
    actor = g.get("actor")
    signed_in = actor is not None and actor.kind != "public"
    return {
        "cspNonce": g.get("csp_nonce", ""),
        # An unknown host has no routes to build addresses from: templates then use their plain ones.
        "links": _links() if "authority" in g else {},
        "nav_items": _menu(actor) if signed_in and "handing_over" not in session else [],
        "sign_out_url": url_for("auth.sign_out") if signed_in and "handing_over" not in session else "",
        "actor": actor,
        "person": str(actor.account_id) if signed_in and actor else "",
        "today": london_day(g.now) if "now" in g else None,
    }


def _links() -> dict[str, str]:
    from flask import current_app

    named = {
        "home": "home.index",
        "start": "home.index",
        "ask": "family.ask",
        "sign_in": "auth.sign_in",
        "staff_sign_in": "auth.sign_in_staff",
        "professional_sign_in": "auth.sign_in_professional",
        "safety": "home.safety",
        "privacy": "home.privacy",
        "accessibility": "home.accessibility",
        "help": "home.help_page",
        "contact": "home.contact",
        "authority_css": "home.authority_css",
        "dates": "dates.start",
        "demo": "demo.index",
    }
    return {name: url_for(endpoint) for name, endpoint in named.items() if endpoint in current_app.view_functions}


def _menu(actor: Any) -> list[dict[str, Any]]:
    from flask import current_app, request

    kinds = {
        "family": (("Home", "family.home"),),
        "professional": (("Home", "school.home"), ("Reviews", "school.reviews")),
        "staff": (
            ("To do", "council.queue"),
            ("Cases", "council.cases"),
            ("Reviews", "council.reviews"),
            ("Moves", "council.moving"),
            ("Panels", "council.panels"),
            ("Letters", "council.letters"),
            ("Messages", "council.messages"),
            ("Bring in plans", "council.import_plans"),
        ),
    }
    if "manager" in actor.roles:
        kinds["staff"] += (("Teams", "council.giving_out"),)
    return [
        {"text": text, "href": url_for(endpoint), "current": request.endpoint == endpoint}
        for text, endpoint in kinds.get(actor.kind, ())
        if endpoint in current_app.view_functions
    ]
