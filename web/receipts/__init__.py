"""Where the mail service tells what became of a mail. For GOV.UK Notify alone, which shows the token it was given."""

from typing import Any

from flask import Blueprint, Response, current_app, request
from flask.typing import ResponseReturnValue

from tasks.mailers.receipts import fate_of, read_reference
from web import bearer
from web.application import current
from web.security import csrf
from web.who import no_database, who
from workflow import outbox

bp = Blueprint("receipts", __name__, url_prefix="/receipts")

LARGEST = 16 * 1024


# Exempt from the token of forms: nothing is read from a session, and whoever posts shows a secret of their own. It
# opens its own transaction, for the authority that the receipt's reference names: Notify knows one address for all.
@bp.post("/notify")
@csrf.exempt  # type: ignore[untyped-decorator]
@who("public")
@no_database
def notify() -> ResponseReturnValue:
    """Write down one receipt. Twice, late, or of a message that is not ours, it changes nothing and is taken."""
    token = current_app.extensions["settings"].notify_callback_token
    if token is None:
        return _said(404)
    if not bearer.shown(token):
        return _said(401)
    request.max_content_length = LARGEST
    told: Any = request.get_json(silent=True)
    if not isinstance(told, dict):
        return _said(400)
    ours = read_reference(told.get("reference"))
    if ours is not None:
        database = current_app.extensions["database"]
        outbox.receive(database, *ours, str(told.get("id")), fate_of(told.get("status")), current().now)
    return _said(204)


def _said(status: int) -> Response:
    return Response(status=status, mimetype="text/plain")
