"""The Flask application class, and what every request has in hand."""

import uuid
from datetime import datetime
from typing import Any, cast

from flask import Flask, abort, g, request, session
from flask.ctx import _AppCtxGlobals
from flask.typing import ResponseReturnValue

from models.authority import Authority
from models.database import Database, OwnedSession
from web.config import Settings
from workflow.access.actor import PUBLIC, Actor, actor_for
from workflow.clock import london_day


class RequestGlobals(_AppCtxGlobals):
    """What `g` holds during a request."""

    authority: Authority
    session: OwnedSession
    actor: Actor
    now: datetime
    csp_nonce: str


class Coproduce(Flask):
    """Flask with one transaction a request: committed when the view returns, rolled back when it raises."""

    app_ctx_globals_class = RequestGlobals

    @property
    def settings(self) -> Settings:
        """The settings the application was made with."""
        return cast(Settings, self.extensions["settings"])

    @property
    def database(self) -> Database:
        """The database."""
        return cast(Database, self.extensions["database"])

    def dispatch_request(self, *args: Any) -> ResponseReturnValue:
        """Run the view inside the request's transaction, as an actor that the route lets in."""
        from web import who

        view = self.view_functions.get(request.endpoint or "")
        if getattr(view, "no_database", False) or request.endpoint == "static":
            return super().dispatch_request()
        if "authority" not in g:
            abort(404)
        with self.database.transaction(g.authority.id) as database_session:
            g.session = database_session
            g.actor = self._actor(database_session)
            refusal = who.check()
            return super().dispatch_request() if refusal is None else refusal

    def _actor(self, database_session: OwnedSession) -> Actor:
        account = session.get("account")
        found = account and actor_for(database_session, uuid.UUID(account), london_day(g.now))
        if account and not found:
            session.clear()
        return found or PUBLIC


def current() -> RequestGlobals:
    """`g`, with its types."""
    return cast(RequestGlobals, g)
