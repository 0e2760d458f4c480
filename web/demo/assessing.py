"""The demonstration's assessments: advice asked for, late and in, and settings consulted on a draft."""

import uuid
from datetime import datetime, timedelta

from sqlalchemy import select

from models.advice import AdviceRequest
from models.cases import Case, Process
from models.database import OwnedSession
from models.people import Setting
from workflow.access.actor import Actor
from workflow.cases import advice, advice_replies, advisers, consulting
from workflow.cases.consulting import Asked
from workflow.clock import london_day

REPORT = (
    "Understands two-step instructions when they are shown as well as said. Needs a language programme three times a "
    "week, by an adult whom a therapist has trained, so as to follow a lesson with the others."
)


def ask_everybody(
    session: OwnedSession, process: Process, caseworker: Actor, now: datetime
) -> dict[str, AdviceRequest]:
    """Everybody the law names is asked, and all but health and social care have opened it. By letter of reg 6(1)."""
    case = session.get_one(Case, (session.authority_id, process.case_id))
    made = {}
    for each in advisers.wanted(session, case, london_day(now)).proposals:
        request = advice.begin(session, process, each.adviser, token=uuid.uuid4(), now=now)
        advice.ask(session, request, caseworker, now=now)
        made[request.limb] = request
    for limb in ("b", "d"):
        reached = now + timedelta(days=1)
        advice.record_receipt(session, made[limb], caseworker, on=london_day(reached), now=reached)
    return made


def answer(session: OwnedSession, made: dict[str, AdviceRequest], caseworker: Actor, now: datetime) -> None:
    """The psychologist's advice is in, social care does not know the child, and health is late."""
    on = london_day(now)
    for limb in ("c", "e"):
        reached = made[limb].asked_on or on
        advice.record_receipt(session, made[limb], caseworker, on=reached, now=now)
    by = "Sasha Psychologist, educational psychologist"
    advice_replies.key_in(session, made["d"], caseworker, received_on=on, by=by, words=REPORT, now=now)
    advice.say_unknown(session, made["e"], caseworker, checked="Records of the last five years.", now=now)
    why = "The clinic sees the child next month."
    advice.say_late(session, made["c"], caseworker, why=why, expected_on=on + timedelta(days=60), now=now)


def consult(session: OwnedSession, process: Process, caseworker: Actor, wished: str, other: str, now: datetime) -> None:
    """The school that the family wants has replied; another has the draft and has not."""
    for name in (wished, other):
        setting = session.scalars(select(Setting).where(Setting.name == name)).one()
        asked = Asked(preferred=name == wished)
        row = consulting.ask(session, process, setting, caseworker, asked, token=uuid.uuid4(), now=now)
        if name == wished:
            later = now + timedelta(days=2)
            words = "We can, once the teaching assistant has been trained. That takes half a term."
            given = {"by": "Sol Support, SENCO", "can": "yes-with-changes", "words": words}
            consulting.key_in(session, row, caseworker, received_on=london_day(later), now=later, **given)
