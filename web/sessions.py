"""Flask's session, kept on the server: the cookie is a random token and nothing else."""

from typing import Any

from flask import Flask, Request, Response, g
from flask.sessions import SessionInterface, SessionMixin
from werkzeug.datastructures import CallbackDict
from werkzeug.exceptions import SecurityError

from web.application import Coproduce
from workflow import web_sessions

SEEN_EVERY = 60  # seconds; more often would be a write a page


class ServerSession(CallbackDict[str, Any], SessionMixin):
    """A session's data with its token. `renew()` gives it a new token, as at every change of rights."""

    def __init__(self, data: dict[str, Any] | None = None, token: str = "", stale: bool = False) -> None:
        super().__init__(data, lambda changed: setattr(changed, "modified", True))
        self.modified = False
        self.token = token
        self.old_token: str | None = None
        self.seen_long_ago = stale

    def renew(self) -> None:
        """Keep the data under a new token; the old one dies with this request."""
        self.old_token, self.token, self.modified = self.token or self.old_token, "", True


class ServerSessionInterface(SessionInterface):
    """Reads and writes sessions in the authority's own table."""

    def open_session(self, app: Flask, request: Request) -> ServerSession:
        """The session of the request's cookie, or a new empty one."""
        assert isinstance(app, Coproduce)
        authority = _authority(app, request)
        token = request.cookies.get(self.get_cookie_name(app), "")
        if authority is None or not token:
            return ServerSession()
        now = g.now
        with app.database.transaction(authority.id) as session:
            found = web_sessions.find(session, token, now)
            if found is None:
                return ServerSession()
            data = dict(found.data)
            if found.account_id:
                data["account"] = str(found.account_id)
            return ServerSession(data, token, (now - found.seen_at).total_seconds() > SEEN_EVERY)

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        """Write the session when it changed, and now and then to say it is in use."""
        assert isinstance(app, Coproduce) and isinstance(session, ServerSession)
        if "authority" not in g or not (session.modified or session.seen_long_ago):
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


def _authority(app: Coproduce, request: Request) -> Any:
    from workflow import clock

    g.now = clock.now()
    if request.path.startswith(("/static/", "/health/")):
        return None
    try:
        host = request.host
    except SecurityError:  # a host name we do not answer to: routing says so, as a page
        return None
    authority = app.database.authority_of_host(host.rsplit(":", 1)[0].strip("[]"))
    if authority is not None:
        g.authority = authority
    return authority


def _uuid(value: object) -> Any:
    import uuid

    return uuid.UUID(str(value)) if value else None
