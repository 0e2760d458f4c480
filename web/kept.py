"""Words typed into a page that could not be accepted. A session had ended: kept on the server, shown again after
signing in. Something failed: given back at once, to be copied."""

import re
import uuid

from flask import g, request, session
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import HTTPException

from forms.text import clean
from models.access import KeptText
from web.application import Coproduce, current
from web.sessions import ServerSessionInterface
from workflow import signing_in, web_sessions

NEVER = frozenset({"csrf_token", "code", "pin", "again", "password"})
SECRETIVE = frozenset({"auth", "demo"})
"""Journeys whose pages take codes and secret words, and no words of anybody's own."""

MOST_BOXES, MOST_TEXT = 60, 500_000
"""Of what is given back at once. The longest answer has 50,000 characters."""

# What browsers send of themselves: the values of choices, ids, numbers, dates, hashes, signed tokens.
_MACHINE = re.compile(r"[a-z0-9_:.\-\[\]]*|[\w.=\-]{24,}", re.ASCII)


def keep_for_later() -> None:
    """Keep the text of a POST that cannot be accepted now, and remember where it was going.

    For a GET, only the address is remembered. In a transaction of its own: the request's may be rolled back.
    """
    from flask import current_app

    app = current_app
    assert isinstance(app, Coproduce) and isinstance(app.session_interface, ServerSessionInterface)
    if "authority" not in g or request.path.startswith(("/sign-in", "/sign-out")):
        return
    secret = request.blueprint in SECRETIVE
    fields = [[k, v] for k, v in request.form.items(multi=True) if k not in NEVER and not secret]
    token = request.cookies.get(app.session_interface.get_cookie_name(app), "")
    with app.database.transaction(g.authority.id) as database:
        account = session.get("account")
        whose = uuid.UUID(account) if account else web_sessions.account_before(database, token)
        # A session that was ended in another tab is gone: the page itself still names whom it was made for.
        whose = whose or signing_in.known_account(database, request.form.get("person", ""))
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


def typed() -> list[str]:
    """What somebody typed on the page that just failed: free text alone, each text whole and once.

    A lone word in small letters counts as a choice: browsers do not say which is which.
    """
    if request.method != "POST" or request.endpoint is None or request.blueprint in SECRETIVE:
        return []
    try:
        fields = list(request.form.items(multi=True))
    except HTTPException:  # the page itself could not be read
        return []
    texts = dict.fromkeys(clean(text) for name, text in fields if name not in NEVER)
    found: list[str] = []
    for text in texts:
        room = len(found) < MOST_BOXES and sum(map(len, found)) + len(text) <= MOST_TEXT
        if room and not _MACHINE.fullmatch(text.strip()):
            found.append(text)
    return found


def forget() -> None:
    """The kept text has been saved or is no longer wanted."""
    session.pop("kept", None)


def _kept() -> KeptText | None:
    kept_id, account = session.get("kept"), session.get("account")
    if not kept_id:
        return None
    whose = uuid.UUID(account) if account else None
    return web_sessions.kept_text(current().session, uuid.UUID(kept_id), whose)
