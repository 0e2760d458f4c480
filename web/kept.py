"""Words typed into a page whose session had ended: kept on the server, shown again after signing in."""

import uuid

from flask import g, request, session
from werkzeug.datastructures import MultiDict

from models.access import KeptText
from web.application import Coproduce, current
from web.sessions import ServerSessionInterface
from workflow import web_sessions

NEVER = frozenset({"csrf_token", "code"})


def keep_for_later() -> None:
    """Keep the text of a POST that cannot be accepted now, and remember where it was going.

    For a GET, only the address is remembered. In a transaction of its own: the request's may be rolled back.
    """
    from flask import current_app

    app = current_app
    assert isinstance(app, Coproduce) and isinstance(app.session_interface, ServerSessionInterface)
    if "authority" not in g or request.path.startswith(("/sign-in", "/sign-out")):
        return
    fields = [[k, v] for k, v in request.form.items(multi=True) if k not in NEVER]
    token = request.cookies.get(app.session_interface.get_cookie_name(app), "")
    with app.database.transaction(g.authority.id) as database:
        account = session.get("account")
        whose = uuid.UUID(account) if account else web_sessions.account_before(database, token)
        path = request.full_path.rstrip("?") if request.method == "GET" else request.path
        session["kept"] = str(web_sessions.keep_text(database, whose, path, fields, g.now))


def kept_fields(path: str | None = None) -> MultiDict[str, str] | None:
    """What this person had typed on this page when they were signed out; None when nothing was."""
    found = _kept()
    if found is None or found.path != (path or request.path) or not found.fields:
        return None
    return MultiDict([(key, value) for key, value in found.fields])


def kept_path() -> str | None:
    """Where this person was when they were signed out."""
    found = _kept()
    return found.path if found else None


def forget() -> None:
    """The kept text has been saved or is no longer wanted."""
    session.pop("kept", None)


def _kept() -> KeptText | None:
    kept_id, account = session.get("kept"), session.get("account")
    if not kept_id:
        return None
    whose = uuid.UUID(account) if account else None
    return web_sessions.kept_text(current().session, uuid.UUID(kept_id), whose)
