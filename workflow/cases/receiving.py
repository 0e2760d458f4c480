"""A request that reached the council by another way than this service: on paper, by mail, by telephone, by hand.

The clock starts on the day it arrived and everyone is told at once, before anything of it is keyed in. Then it is
keyed in under the name of whoever wrote it, as their words, written down by whoever types.
"""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import String, cast, select
from sqlalchemy.dialects.postgresql import insert

from forms import catalogue
from models.access import Grant
from models.cases import Case, Event, Process
from models.database import OwnedSession
from models.people import Child, Contact, Person, Setting
from models.submissions import Submission
from workflow import audit
from workflow.access.actor import Actor
from workflow.access.keyed import KEYED_IN, may_key
from workflow.access.relation import Relation
from workflow.cases import joining, opening, starting
from workflow.cases.arrived import ASKERS, Arrived, Asker, Reach, require_possible
from workflow.clock import london_day
from workflow.coproduction import answers, reading, sending
from workflow.coproduction.contributions import Change, Writer
from workflow.coproduction.facts import setting_facts
from workflow.errors import NotPermitted, Refused


@dataclass(frozen=True)
class Opened:
    """What became of it. `apart`: why a joining that was asked for could not be done."""

    submission_id: uuid.UUID
    case_id: uuid.UUID
    process_id: uuid.UUID
    stays_id: uuid.UUID
    apart: str = ""


def receive(
    session: OwnedSession,
    came: Arrived,
    actor: Actor,
    *,
    create_token: uuid.UUID,
    now: datetime,
    same_as: Case | None = None,
    different: Iterable[Case] = (),
) -> Opened:
    """Put a request on record: the clock runs from the day it arrived, and the first notices go out.

    The same `create_token` (a double click, Back) gives the same one. `same_as` is the case of the child as a person
    has said: the two are joined, which can be undone; `different` are cases that were looked at and are about
    others. Raises `NotPermitted`, or `Refused` for what cannot be so.
    """
    if not may_key(actor):
        raise NotPermitted("Your role does not do this.")
    require_possible(came, london_day(now))
    asker = ASKERS[came.asker]
    writer_id = _writer(session, came, asker, same_as, create_token)
    submission = _begin(session, came, asker, writer_id, create_token, now)
    if submission is None:
        before = already(session, create_token)
        assert before is not None
        return before
    said = _first_words(session, submission, came, actor, now)
    child = opening.child_of(session, submission, said, came.born_on)
    child.setting_id = came.setting_id
    case = opening.open_case(session, child, came.arrived_on)
    submission.case_id, submission.child_id = case.id, child.id
    session.flush()
    if asker.family:
        opening.let_in(session, case, writer_id, asker.role, actor, "asked on paper or by telephone", now)
    elif came.family:
        parent_id = _person(session, uuid.uuid5(create_token, "family"), came.family)
        opening.let_in(session, case, parent_id, "parent", actor, "named as parent by whoever asked", now)
    session.flush()
    process = starting.start_assessment(
        session,
        case,
        actor,
        received_on=came.arrived_on,
        now=now,
        facts={"submission": str(submission.id), "from_role": asker.role, "route": came.route, "asker": came.asker},
    )
    for other in different:
        joining.keep_apart(session, case, other, actor, now=now)
    return _joined(session, submission, case, process, same_as, actor, now)


def already(session: OwnedSession, create_token: uuid.UUID) -> Opened | None:
    """What became of a request that was put on record under this token before; None when none was."""
    row = session.execute(
        select(Submission, Event)
        .join(Event, Event.facts["submission"].astext == cast(Submission.id, String))
        .where(Submission.create_token == create_token, Event.act == "receive_request")
    ).first()
    if row is None:
        return None
    submission, event = row
    assert event.case_id and event.process_id and submission.case_id
    return Opened(submission.id, event.case_id, event.process_id, submission.case_id)


def keep_keyed(session: OwnedSession, submission: Submission, theirs: Relation, actor: Actor, *, now: datetime) -> None:
    """Lock what was keyed in. Nothing has to be there: paper that leaves something out is not sent back."""
    locked = session.get_one(
        Submission, (session.authority_id, submission.id), with_for_update=True, populate_existing=True
    )
    if locked.state == "sent":
        return
    said = reading.read(session, locked, theirs).values
    child = session.get_one(Child, (session.authority_id, locked.child_id))
    sending.freeze(session, locked, actor, now=now)
    said_on = received_on(session, locked) or london_day(now)
    opening.remember(session, child, locked, said, locked.owner_id, theirs.role, said_on=said_on, now=now)
    audit.record(
        session,
        "key_in",
        actor,
        audit.Subject(case_id=locked.case_id, submission_id=locked.id),
        happened_on=london_day(now),
        now=now,
        facts={"form": locked.form_id},
    )


def received_on(session: OwnedSession, submission: Submission) -> date | None:
    """The day on which the request that a keyed form belongs to arrived, as it was first put on record."""
    return session.scalars(
        select(Event.happened_on).where(
            Event.act == "receive_request", Event.facts["submission"].astext == str(submission.id)
        )
    ).first()


def _writer(
    session: OwnedSession, came: Arrived, asker: Asker, same_as: Case | None, create_token: uuid.UUID
) -> uuid.UUID:
    if came.known_id is None:
        return _person(session, uuid.uuid5(create_token, "writer"), came.writer)
    part = select(Grant.person_id).where(
        Grant.case_id == (same_as.id if same_as else None), Grant.person_id == came.known_id
    )
    if not asker.family or session.scalars(part).first() is None:
        raise Refused("Choose somebody who takes part in the case that it is joined to.", "known_id")
    return came.known_id


def _person(session: OwnedSession, person_id: uuid.UUID, reach: Reach) -> uuid.UUID:
    """A person made once, however often this is asked: of two at once the second waits, and finds them here."""
    made = session.scalars(
        insert(Person)
        .values(id=person_id, name=reach.name)
        .on_conflict_do_nothing(index_elements=["authority_id", "id"])
        .returning(Person.id)
    ).one_or_none()
    if made is not None:
        ways = {"email": reach.email, "phone": reach.phone, "address": reach.address}
        session.add_all([Contact(person_id=person_id, kind=kind, value=said) for kind, said in ways.items() if said])
    return person_id


def _begin(
    session: OwnedSession, came: Arrived, asker: Asker, writer_id: uuid.UUID, create_token: uuid.UUID, now: datetime
) -> Submission | None:
    """The form to key in, or None when it was begun before."""
    setting = session.get(Setting, (session.authority_id, came.setting_id)) if came.setting_id else None
    facts: dict[str, Any] = {"role": asker.role, KEYED_IN: True}
    if not asker.family:
        facts |= setting_facts(setting)
    made = session.scalars(
        insert(Submission)
        .values(
            id=uuid.uuid4(),
            form_id=asker.form_id,
            form_version=catalogue.get(asker.form_id).version,
            owner_id=writer_id,
            facts=facts,
            created_at=now,
            changed_at=now,
            create_token=create_token,
        )
        .on_conflict_do_nothing(index_elements=["authority_id", "create_token"])
        .returning(Submission.id)
    ).one_or_none()
    return session.get_one(Submission, (session.authority_id, made)) if made else None


def _first_words(
    session: OwnedSession, submission: Submission, came: Arrived, actor: Actor, now: datetime
) -> dict[str, Any]:
    """Put what the page asks on the form already, so that nobody types it twice."""
    form = catalogue.get(submission.form_id, submission.form_version)
    setting = session.get(Setting, (session.authority_id, came.setting_id)) if came.setting_id else None
    # Somebody with one name has it as their first.
    first, last = (came.first, came.last) if came.first else (came.last, "")
    given: dict[str, Any] = {
        "ch_first": first,
        "ch_last": last,
        "ch_onename": [] if last else ["yes"],
        "ch_dob": came.born_on.isoformat(),
        "pq_setting": setting.name if setting else "",
        "de_name": came.writer.name,
    }
    known = set(form.question_ids())
    said = {path: value for path, value in given.items() if value and path in known}
    theirs = Relation(str(submission.facts["role"]), frozenset({"owner"}), frozenset({"write"}))
    answers.save(
        session,
        submission,
        form,
        theirs,
        Writer(submission.owner_id, actor.person, "scribed"),
        {path: Change(value, 0) for path, value in said.items()},
        save_id=uuid.uuid5(submission.id, "receipt"),
        now=now,
    )
    return {path: given[path] for path in ("ch_first", "ch_last", "ch_onename")}


def _joined(
    session: OwnedSession,
    submission: Submission,
    case: Case,
    process: Process,
    same_as: Case | None,
    actor: Actor,
    now: datetime,
) -> Opened:
    if same_as is None:
        return Opened(submission.id, case.id, process.id, case.id)
    try:
        stays = joining.join(session, case, same_as, actor, now=now)
    except Refused as refusal:
        return Opened(submission.id, case.id, process.id, case.id, refusal.sentence)
    return Opened(submission.id, case.id, process.id, stays.id)
