"""The Flask application class, and what every request has in hand."""

import secrets
from datetime import datetime
from typing import Any, cast

from flask import Flask, Request, abort, g, request
from flask.ctx import _AppCtxGlobals
from flask.globals import request_ctx
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import SecurityError

from models.authority import Authority
from models.database import Database, OwnedSession
from web.config import Settings
from workflow import clock
from workflow.access.actor import Actor

WITHOUT_AUTHORITY = ("/static/", "/health/")


class RequestGlobals(_AppCtxGlobals):
    """What `g` holds during a request."""

    authority: Authority
    session: OwnedSession
    actor: Actor
    now: datetime
    csp_nonce: str

    def __init__(self) -> None:
        self.csp_nonce = secrets.token_urlsafe(16)


class Asked(Request):
    """A request. Nobody looks for a form's fields in a JSON body: Flask-WTF would, at every pause in typing."""

    @property
    def want_form_data_parsed(self) -> bool:
        """Whether there may be fields."""
        return super().want_form_data_parsed and not self.is_json


class Coproduce(Flask):
    """Flask with one transaction a request: committed when the view returns, rolled back when it raises."""

    app_ctx_globals_class = RequestGlobals
    request_class = Asked

    @property
    def settings(self) -> Settings:
        """The settings the application was made with."""
        return cast(Settings, self.extensions["settings"])

    @property
    def database(self) -> Database:
        """The database."""
        return cast(Database, self.extensions["database"])

    def preprocess_request(self) -> None:
        """Nothing yet. What Flask would do here needs the browser's session, so it is done in the transaction."""

    def dispatch_request(self, *args: Any) -> ResponseReturnValue:
        """Run the checks and the view inside the request's transaction, as an actor that the route lets in."""
        from web import who
        from web.sessions import ServerSession

        g.now = clock.now()
        self._find_authority()
        browser = cast(ServerSession, request_ctx.session)
        view = self.view_functions.get(request.endpoint or "")
        if getattr(view, "no_database", False) or request.endpoint == "static":
            if "authority" in g and browser.unread:
                with self.database.transaction(g.authority.id) as database_session:
                    browser.read(database_session, g.now)
            return self._checked()
        if "authority" not in g:
            abort(404)
        if not request.is_json:  # those are small, and may have a limit of their own
            request.get_data(parse_form_data=True)  # now: a slow sender must not hold a transaction open
        with self.database.transaction(g.authority.id) as database_session:
            g.session = database_session
            g.actor = browser.read(database_session, g.now)
            return self._checked(who.check)

    def _checked(self, *more: Any) -> ResponseReturnValue:
        """What the view says, unless one of the checks before it has an answer."""
        for check in (super().preprocess_request, *more):
            refusal = check()
            if refusal is not None:
                return cast(ResponseReturnValue, refusal)
        return super().dispatch_request()

    def _find_authority(self) -> None:
        if request.path.startswith(WITHOUT_AUTHORITY):
            return
        try:
            host = request.host
        except SecurityError:  # a host name we do not answer to: routing says so, as a page
            return
        authority = self.database.authority_of_host(host.rsplit(":", 1)[0].strip("[]"))
        if authority is not None:
            g.authority = authority


def current() -> RequestGlobals:
    """`g`, with its types."""
    return cast(RequestGlobals, g)
