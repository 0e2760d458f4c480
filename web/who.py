"""Who may use a route. A route that does not say is refused, and a test holds every route to it."""

from collections.abc import Callable
from typing import Any, TypeVar

from flask import abort, flash, redirect, request, session, url_for
from flask.typing import ResponseReturnValue

from web.application import current
from workflow.access.actor import PUBLIC

View = TypeVar("View", bound=Callable[..., Any])
PEOPLE = ("family", "professional", "staff")


def who(*kinds: str, roles: tuple[str, ...] = ()) -> Callable[[View], View]:
    """Declare who may use a route: `public`, or kinds of account, and the posts one must hold (any of them)."""

    def mark(view: View) -> View:
        view.who_may = kinds  # type: ignore[attr-defined]
        view.which_roles = roles  # type: ignore[attr-defined]
        return view

    return mark


def no_database(view: View) -> View:
    """Declare that a route opens no transaction (health checks, static pages when the database is away)."""
    view.no_database = True  # type: ignore[attr-defined]
    return view


def check() -> ResponseReturnValue | None:
    """Before every view: refuse unless the route says this actor may use it."""
    from flask import current_app

    view = current_app.view_functions.get(request.endpoint or "")
    if view is None:
        return None
    allowed = getattr(view, "who_may", ())
    if "public" in allowed:
        return None
    if not allowed:
        abort(404)
    actor = current().actor
    if actor.kind == PUBLIC.kind:
        from web import kept

        kept.keep_for_later()
        flash("Sign in to go on.", "notice")
        return redirect(url_for("auth.sign_in"))
    if "handing_over" in session and request.blueprint not in ("child",):
        return redirect(url_for("child.start", submission_id=session["handing_over"]))
    if actor.kind not in allowed:
        abort(404)
    needed = getattr(view, "which_roles", ())
    if needed and not actor.roles & set(needed):
        abort(404)
    return None
