"""A letter, whole, for the person it is to and for staff."""

import uuid

from flask import Blueprint, render_template

from web.application import current
from web.who import who
from workflow.access import policy
from workflow.queries import letters_to_print, plan_document

bp = Blueprint("letters", __name__)


@bp.get("/letters/<uuid:notice_id>")
@who("family", "professional", "staff")
def letter(notice_id: uuid.UUID) -> str:
    """The whole letter, to read or print.

    Opening is evidence: it is worked out from the log of reads, in which every reading stands. The page
    changes nothing else.
    """
    state = current()
    notice = policy.find_notice(state.session, state.actor, notice_id, state.now)
    policy.note_reading(
        state.session,
        state.actor,
        letters_to_print.reading_of(notice.id),
        now=state.now,
        case_id=notice.case_id,
    )
    audience = {"family": "family", "professional": "school"}.get(state.actor.kind, "council")
    return render_template(
        "letters/letter.html",
        notice=notice,
        audience=audience,
        plan=plan_document.enclosed(state.session, notice),
    )
