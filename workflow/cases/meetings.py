"""The meeting of a review: planned and invited to, then held and noted. SEND Regulations 2014, regs 20 and 21."""

import uuid
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from forms.dates import in_words
from models.cases import Case, Process
from models.database import OwnedSession
from models.submissions import Submission
from workflow.access.actor import Actor
from workflow.access.relation import Relation
from workflow.cases import acts, notices
from workflow.clock import london_day
from workflow.coproduction import kinds, reading, sending
from workflow.coproduction.submissions import begin
from workflow.errors import NotFound, Refused

PARTS = frozenset({kinds.INVITATION, kinds.MEETING})


def begin_part(session: OwnedSession, report: Submission, form_id: str, actor: Actor, *, now: datetime) -> Submission:
    """The invitation or the notes of the meeting, beside the report of the review. There is one of each."""
    if form_id not in PARTS:
        raise NotFound
    return begin(
        session,
        actor,
        form_id,
        create_token=uuid.uuid5(report.id, form_id),
        now=now,
        root=report,
        setting_id=report.setting_id,
        case_id=report.case_id,
        child_id=report.child_id,
        facts={"purpose": "review", "stage": "review"},
    )


def send_part(session: OwnedSession, submission: Submission, theirs: Relation, actor: Actor, *, now: datetime) -> None:
    """Send the invitation (the meeting is arranged and everyone is told) or the notes (the meeting was held).

    Sending twice is harmless. Raises `Refused` for what must be there, `AlreadyDone` when the review has moved
    past it.
    """
    locked = session.get_one(
        Submission, (session.authority_id, submission.id), with_for_update=True, populate_existing=True
    )
    if locked.state == "sent":
        return
    root = session.get_one(Submission, (session.authority_id, locked.root_id))
    process = session.get_one(Process, (session.authority_id, uuid.UUID(root.facts["process"])))
    sending.require_sendable(session, locked, theirs, now)
    answers = reading.read(session, locked, theirs).values
    sending.freeze(session, locked, actor, now=now)
    if locked.form_id == kinds.INVITATION:
        _invite(session, process, locked, answers, actor, now)
    else:
        hold(session, process, meeting_day(answers.get("me_date"), "me_date"), actor, now=now)


def arrange(session: OwnedSession, process: Process, held_on: date, actor: Actor, *, now: datetime) -> None:
    """Put on record that a meeting is arranged for a day, to come or (where it is told afterwards) gone."""
    acts.perform(
        session,
        process.id,
        "arrange_meeting",
        actor,
        happened_on=min(held_on, london_day(now)),
        now=now,
        triggers={"review_meeting": held_on},
    )


def hold(session: OwnedSession, process: Process, held_on: date, actor: Actor, *, now: datetime) -> None:
    """Put on record that the meeting was held: the report, the decision and the notice are due from that day."""
    if process.stage == "waiting":
        arrange(session, process, held_on, actor, now=now)
    if process.stage == "arranged":
        acts.perform(session, process.id, "hold_meeting", actor, happened_on=held_on, now=now)


def meeting_day(value: Any, at: str) -> date:
    """The day of a meeting as a form has it. Raises `Refused` for anything but a whole date."""
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        raise Refused("Enter the date of the meeting, with a day, a month and a year.", at) from None


def _invite(
    session: OwnedSession,
    process: Process,
    submission: Submission,
    answers: Mapping[str, Any],
    actor: Actor,
    now: datetime,
) -> None:
    held_on = meeting_day(answers.get("iv_date"), "iv_date")
    arrange(session, process, held_on, actor, now=now)
    done = acts.perform(
        session,
        process.id,
        "send_invitations",
        actor,
        happened_on=london_day(now),
        now=now,
        submission_id=submission.id,
    )
    case = session.get_one(Case, (session.authority_id, process.case_id))
    place = " ".join(str(answers[each]).strip() for each in ("iv_time", "iv_place") if answers.get(each))
    about = {
        "own": {
            "meeting_details": f"The meeting is on {in_words(held_on.isoformat())}. {place}".strip(),
            "asked_for_advice": (
                "Please tell us what you think before the meeting. What comes is sent to everyone invited at "
                "least two weeks before it."
            ),
        }
    }
    notices.issue(session, done.event, case, done.transition.notices, now=now, about=about)
