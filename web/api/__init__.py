"""The public interface for programs: JSON, no session, nothing kept but how often an address asks."""

import json
from datetime import timedelta
from typing import Any

from flask import Blueprint, Response, jsonify, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException, UnsupportedMediaType

from law import due as law_due
from law.errors import LawError
from web.api import openapi
from web.application import current
from web.security import csrf
from web.who import no_database, who
from workflow import rates
from workflow.errors import TooMany

bp = Blueprint("api", __name__, url_prefix="/api/v1")

LARGEST = 16 * 1024
ASKED = frozenset({"rule", "trigger", "exceptions"})
LIMIT, WINDOW = 600, timedelta(hours=1)
SAY = {
    404: "There is nothing at this address.",
    413: f"The question is too large: at most {LARGEST} bytes.",
    415: "Send the question as application/json.",
}


class NotAQuestion(ValueError):
    """The body is no question the law could be asked, and says why."""


# Exempt from the token of forms: nothing is read from a session and nothing of anybody's is changed. A form of
# another site cannot even ask, because a form cannot send JSON.
@bp.post("/law/due")
@csrf.exempt  # type: ignore[untyped-decorator]
@who("public")
def due() -> ResponseReturnValue:
    """One date: the answer is that of `flask law due --json`."""
    here = current()
    rates.count(here.session, "law-api", request.remote_addr or "", limit=LIMIT, window=WINDOW, now=here.now)
    try:
        asked = _question()
        answer = law_due.compute(asked["rule"], asked.get("trigger", {}), asked.get("exceptions", []))
    except (LawError, NotAQuestion) as error:
        return jsonify(error=str(error)), 422
    except (ValueError, OverflowError):  # a year so far away that the calendar has no such day
        return jsonify(error="One of the numbers is too large for a calendar."), 422
    return jsonify(law_due.as_json(answer))


@bp.get("/openapi.json")
@who("public")
@no_database
def document() -> ResponseReturnValue:
    """The description of this interface, made from the rules themselves."""
    return jsonify(openapi.document())


@bp.errorhandler(TooMany)
def too_many(error: TooMany) -> ResponseReturnValue:
    """Asked too often."""
    return jsonify(error=error.sentence), 429, {"Retry-After": str(error.wait_seconds)}


@bp.errorhandler(HTTPException)
def refused(error: HTTPException) -> Response:
    """Every refusal is JSON here."""
    code = error.code or 500
    reply = jsonify(error=SAY.get(code, "That did not work."))
    reply.status_code = code
    return reply


def _question() -> dict[str, Any]:
    """The body, read. Raises NotAQuestion; 413 and 415 as HTTP errors."""
    request.max_content_length = LARGEST
    if request.mimetype != "application/json":
        raise UnsupportedMediaType
    try:
        asked = json.loads(request.get_data())
    except (ValueError, RecursionError):
        raise NotAQuestion("The body is not JSON.") from None
    if not isinstance(asked, dict) or not isinstance(asked.get("rule"), str):
        raise NotAQuestion('Send an object that names a rule: {"rule": …, "trigger": {…}}.')
    unknown = sorted(asked.keys() - ASKED)
    if unknown:
        raise NotAQuestion(f"{unknown[0]!r} is not part of a question. It has: {', '.join(sorted(ASKED))}.")
    if not isinstance(asked.get("trigger", {}), dict):
        raise NotAQuestion("'trigger' must be an object of facts.")
    if not isinstance(asked.get("exceptions", []), list):
        raise NotAQuestion("'exceptions' must be a list of records.")
    return asked
