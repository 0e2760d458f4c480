"""Every failure as a page that says what to do. The one place that maps error types to pages."""

import secrets

import structlog
from flask import (
    Response,
    current_app,
    flash,
    jsonify,
    redirect,
    render_template,
    request,
    session,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from sqlalchemy import exc
from werkzeug.exceptions import HTTPException, InternalServerError

from models.database import AWAY
from web import kept
from web.application import Coproduce
from workflow.errors import (
    AlreadyDone,
    NotFound,
    NotPermitted,
    Refused,
    TooMany,
    WorkflowError,
    sentence_for,
)

log = structlog.get_logger()
STATUS: dict[type[WorkflowError], int] = {
    NotFound: 404,
    NotPermitted: 404,
    Refused: 422,
    AlreadyDone: 409,
    TooMany: 429,
}
PAGES = {400, 403, 404, 409, 413, 429, 500, 503}
GIVES_BACK = PAGES - {403, 413}
"""Pages that give back what was typed. 403 answers other sites' forms, whose words are not this person's."""


def init_app(app: Coproduce) -> None:
    """Register the pages."""
    app.register_error_handler(WorkflowError, _workflow)
    app.register_error_handler(CSRFError, _lost_session)
    app.register_error_handler(exc.IntegrityError, _conflict)
    for away in AWAY:
        app.register_error_handler(away, _database_away)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(Exception, _unexpected)
    app.log_exception = _say_nothing  # type: ignore[method-assign]


def _say_nothing(exc_info: object) -> None:
    """Flask's own log of an error has its message, which can hold what people typed: the pages below log instead."""


def page(status: int, sentence: str = "", **facts: object) -> ResponseReturnValue:
    """The error page of a status; JSON where the browser's script asked."""
    if request.accept_mimetypes.best == "application/json" or request.is_json:
        return jsonify(message=sentence or "That did not work."), status
    shown = status if status in PAGES else (409 if status == 422 else 400 if status < 500 else 500)
    if shown in GIVES_BACK and "kept" not in facts:
        facts["typed"] = kept.typed()
    reply = Response(render_template(f"errors/{shown}.html", sentence=sentence, **facts), status)
    if "wait_seconds" in facts:
        reply.headers["Retry-After"] = str(facts["wait_seconds"])
    return reply


def _workflow(error: WorkflowError) -> ResponseReturnValue:
    status = STATUS.get(type(error), 400)
    wait = {"wait_seconds": error.wait_seconds} if isinstance(error, TooMany) else {}
    return page(status, "" if status == 404 else error.sentence, **wait)


def _lost_session(error: CSRFError) -> ResponseReturnValue:
    if request.is_json:
        return jsonify(message="You have been signed out."), 401
    kept.keep_for_later()
    if session.get("account"):
        flash("Your words are below, but they are not saved yet. Check them, then save again.", "problem")
        return redirect(request.path)
    flash("You have been signed out. Your words are safe: sign in to go on.", "problem")
    return redirect(url_for("auth.sign_in"))


def _conflict(error: exc.IntegrityError) -> ResponseReturnValue:
    return page(409, sentence_for(error))


def _database_away(error: exc.SQLAlchemyError) -> ResponseReturnValue:
    log.error("database_away", kind=type(getattr(error, "orig", None) or error).__name__)
    return page(503)


def _http(error: HTTPException) -> ResponseReturnValue:
    if error.code is None or error.code < 400:
        return error
    if isinstance(error, InternalServerError) and error.original_exception is not None:
        return _of_the_end(error.original_exception)
    return page(error.code)


def _of_the_end(error: BaseException) -> ResponseReturnValue:
    """What failed after the view: the session could not be written."""
    if isinstance(error, AWAY):
        return _database_away(error)
    return _unexpected(error) if isinstance(error, Exception) else page(500)


def _unexpected(error: Exception) -> ResponseReturnValue:
    if current_app.testing:
        raise error
    reference = secrets.token_hex(4)
    # The kind and place of a failure, never its message: messages can hold what people typed.
    log.error(
        "unexpected", reference=reference, kind=type(error).__name__, endpoint=request.endpoint, where=_where(error)
    )
    return page(500, reference=reference)


def _where(error: Exception) -> list[str]:
    trace, places = error.__traceback__, []
    while trace:
        code = trace.tb_frame.f_code
        places.append(f"{code.co_filename.rsplit('/', 2)[-1]}:{trace.tb_lineno}:{code.co_name}")
        trace = trace.tb_next
    return places[-6:]
