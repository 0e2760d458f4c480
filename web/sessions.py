"""Flask's session, kept on the server: the cookie is a random token and nothing else."""

import uuid
from datetime import datetime
from typing import Any

from flask import Flask, Request, Response, g
from flask.sessions import SessionInterface, SessionMixin
from werkzeug.datastructures import CallbackDict

from models.database import AWAY, OwnedSession
from web.application import Coproduce
from workflow import web_sessions
from workflow.access import signed_in
from workflow.access.actor import PUBLIC, Actor

SEEN_EVERY = 60  # seconds; more often would be a write a page


def init_app(app: Coproduce) -> None:
    """Keep the sessions of the application on the server."""
    app.session_interface = ServerSessionInterface()


class ServerSession(CallbackDict[str, Any], SessionMixin):
    """A session's data with its token. `renew()` gives it a new token, as at every change of rights.

    It is empty until the request's transaction has read it. One that was never read is never written: a
    failure on the way must not put an empty session in the place of somebody's own.
    """

    def __init__(self, token: str = "") -> None:
        super().__init__(None, lambda changed: setattr(changed, "modified", True))
        self.modified = False
        self.token = token
        self.unread = bool(token)
        self.old_token: str | None = None
        self.seen_long_ago = False

    def read(self, database: OwnedSession, now: datetime) -> Actor:
        """Fill it with what is kept under its token, and say who that is: a token that is none is forgotten."""
        found = signed_in.find(database, self.token, now) if self.token else None
        self.unread = False
        if found is None:
            self.token = ""
            return PUBLIC
        closed = found.account_id is not None and found.actor is None
        if found.account_id and not closed:
            found.data["account"] = str(found.account_id)
        dict.update(self, {} if closed else found.data)
        self.modified = closed
        self.seen_long_ago = (now - found.seen_at).total_seconds() > SEEN_EVERY
        return found.actor or PUBLIC

    def renew(self) -> None:
        """Keep the data under a new token; the old one dies with this request."""
        self.old_token, self.token, self.modified = self.token or self.old_token, "", True


class ServerSessionInterface(SessionInterface):
    """Reads and writes sessions in the authority's own table."""

    def open_session(self, app: Flask, request: Request) -> ServerSession:
        """The session of the request's cookie, still to be read, or a new empty one."""
        return ServerSession(request.cookies.get(self.get_cookie_name(app), ""))

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        """Write the session when it changed, and now and then to say it is in use.

        Where it cannot be written, the page that says why something failed is shown all the same.
        """
        assert isinstance(app, Coproduce) and isinstance(session, ServerSession)
        try:
            self._write(app, session, response)
        except AWAY:
            if response.status_code < 500:
                raise

    def _write(self, app: Coproduce, session: ServerSession, response: Response) -> None:
        if "authority" not in g or session.unread or not (session.modified or session.seen_long_ago):
            return
        now = g.now
        with app.database.transaction(g.authority.id) as database:
            if session.old_token:
                web_sessions.end(database, session.old_token)
            if not session and not session.token:
                response.delete_cookie(self.get_cookie_name(app), path="/")
                return
            session.token = session.token or web_sessions.new_token()
            data = {key: value for key, value in session.items() if key != "account"}
            account = session.get("account")
            web_sessions.save(database, session.token, data, _uuid(account), now)
        response.set_cookie(
            self.get_cookie_name(app),
            session.token,
            secure=app.settings.secure_cookies,
            httponly=True,
            samesite="Lax",
            path="/",
        )

    def get_cookie_name(self, app: Flask) -> str:
        """`__Host-` everywhere except in the demo on loopback, where there is no TLS."""
        assert isinstance(app, Coproduce)
        return "__Host-session" if app.settings.secure_cookies else "session"


def _uuid(value: object) -> uuid.UUID | None:
    return uuid.UUID(str(value)) if value else None
