"""Who was asked for advice, when it is due and what came: one list for the council, the family and the plan."""

import uuid
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from forms import catalogue
from law import explain, tables
from law.wording import Register
from models.access import Invitation
from models.advice import AdviceAgreement, AdviceRequest
from models.cases import Case, Deadline, Event, Note, Notice, Process
from models.database import OwnedSession
from models.people import Child
from models.submissions import Submission
from workflow.access.actor import SETTING_ROLES, Actor
from workflow.access.advising import ADVISING, advised_by, familys_papers
from workflow.access.scope import submissions_for
from workflow.cases import deadlines, enough
from workflow.cases.advice import KINDS
from workflow.cases.advisers import LIMBS
from workflow.clock import london_day

STAGES = tables.ROWS["advice"].stages
NOT_ASKED = ("not_started", "wanted", "declined", "withdrawn")


@dataclass(frozen=True)
class Said:
    """Words that stand in the record of a request: what kind, on which day."""

    kind: str
    words: str
    on: date


@dataclass(frozen=True)
class Line:
    """One request for advice as everybody concerned sees it."""

    request: AdviceRequest
    limb: str
    stage: str
    due_on: date | None
    overdue: bool
    lifted: bool  # an exception of reg 8(2) lifted the limit; the date stands
    account: explain.Account | None
    agreed: dict[str, AdviceAgreement]
    said: tuple[Said, ...]
    reply: Submission | None
    invited: bool  # an invitation is on its way and not accepted


@dataclass(frozen=True)
class Source:
    """One line of section K: who was asked for what, when, when it came, and whether it is attached. Reg 12(4)."""

    what: str
    who: str
    asked_on: date | None
    received_on: date | None
    attached: bool
    said: str
    key: str


def assessments(session: OwnedSession, case_id: uuid.UUID) -> list[Process]:
    """The assessments of a case in which advice is asked for, the newest first."""
    wanted = select(Process).where(Process.case_id == case_id, Process.kind.in_(KINDS))
    return list(session.scalars(wanted.order_by(Process.started_on.desc(), Process.id)))


def in_hand(session: OwnedSession, case_id: uuid.UUID) -> bool:
    """Whether the newest assessment of a case has got to asking for advice."""
    newest = assessments(session, case_id)[:1]
    return any(each.stage not in ("not_started", "requested", "refused", "withdrawn", "joined") for each in newest)


def lines(session: OwnedSession, process_ids: Iterable[uuid.UUID], today: date, register: Register) -> list[Line]:
    """The requests of some assessments, in the order of reg 6(1). The number of queries does not grow with them."""
    wanted = select(AdviceRequest).where(AdviceRequest.process_id.in_(list(process_ids)))
    rows = list(session.scalars(wanted.order_by(AdviceRequest.limb, AdviceRequest.made_at)))
    ids = [row.id for row in rows]
    due = owed(session, ids)
    agreed = enough.of_many(session, ids)
    words = said(session, {row.process_id for row in rows})
    replies = _replies(session, [row.reply_id for row in rows if row.reply_id])
    invited = set(
        session.scalars(
            select(Invitation.advice_id).where(Invitation.advice_id.in_(ids), Invitation.accepted_at.is_(None))
        )
    )
    return [
        _line(row, due.get(row.id), today, register, agreed.get(row.id, {}), words.get(row.id, ()), replies, invited)
        for row in rows
    ]


def section_k(session: OwnedSession, case_id: uuid.UUID) -> list[Source]:
    """Every source of reg 6(1) that was asked in the newest assessment, those that did not answer too.

    The family's own views come first; they are asked in every assessment (reg 6(1)(a)).
    """
    found = assessments(session, case_id)
    mine = found[:1]
    sent = session.scalars(
        select(Submission)
        .where(Submission.case_id == case_id, Submission.state == "sent", Submission.form_id.in_(familys_papers()))
        .order_by(Submission.sent_at)
    )
    family = [Source(_title(each), "The family", None, _day(each), True, "", f"paper:{each.id}") for each in sent]
    today = date.max
    asked = [
        _source(each)
        for each in lines(session, [process.id for process in mine], today, "professional")
        if each.request.stage not in NOT_ASKED
    ]
    return [*family, *asked]


@dataclass(frozen=True)
class ToAnswer:
    """A request that waits for somebody: which child, and until when."""

    request_id: uuid.UUID
    called: str
    due_on: date | None
    form: str


def to_answer(session: OwnedSession, actor: Actor, now: datetime) -> list[ToAnswer]:
    """What this adviser, or the setting where they work, is asked for and owes."""
    at = AdviceRequest.setting_id.in_(actor.settings if actor.roles & SETTING_ROLES else ())
    rows = session.execute(
        select(AdviceRequest, Child.known_as, Child.first, Deadline.due_on)
        .join(Case, Case.id == AdviceRequest.case_id)
        .join(Child, Child.id == Case.child_id)
        .outerjoin(Deadline, Deadline.subject_id == AdviceRequest.id)
        .where(advised_by(actor.person, at, now))
        .order_by(Deadline.due_on, AdviceRequest.asked_on, AdviceRequest.id)
    ).all()
    return [
        ToAnswer(row.id, known_as or first, due_on, catalogue.get(row.form_id).title)
        for row, known_as, first, due_on in rows
    ]


def papers(session: OwnedSession, actor: Actor, request: AdviceRequest, now: datetime) -> list[Submission]:
    """What the family sent that this adviser may read; nothing once they are no longer asked."""
    if request.stage not in ADVISING:
        return []
    wanted = submissions_for(actor, now).where(
        Submission.case_id == request.case_id,
        Submission.state == "sent",
        Submission.form_id.in_(familys_papers()),
    )
    return list(session.scalars(wanted.order_by(Submission.sent_at)))


def of_deadline(session: OwnedSession, deadline_id: uuid.UUID) -> uuid.UUID | None:
    """The request for advice that a date is about, if it is about one: to choose the page, which asks who may."""
    wanted = select(AdviceRequest.id).join(Deadline, Deadline.subject_id == AdviceRequest.id)
    return session.scalars(wanted.where(Deadline.id == deadline_id)).one_or_none()


def called(session: OwnedSession, request: AdviceRequest) -> str:
    """The child a request is about, as an adviser has to know them: full name and date of birth."""
    child = session.scalars(select(Child).join(Case, Case.child_id == Child.id).where(Case.id == request.case_id)).one()
    return f"{child.first} {child.last}".strip()


def letter(session: OwnedSession, request: AdviceRequest) -> dict[str, object] | None:
    """The letter that asked for it, as it was written."""
    named = Event.facts["subject"].astext == str(request.id)
    wanted = (
        select(Notice.letter)
        .join(Event, Event.id == Notice.event_id)
        .where(Event.process_id == request.process_id, Event.act == "request_advice", named)
        .order_by(Event.seq.desc())
    )
    return session.scalars(wanted).first()


def owed(session: OwnedSession, ids: list[uuid.UUID]) -> dict[uuid.UUID, Deadline]:
    """The date of each row, by row: of a request for advice, or of a setting that is consulted."""
    rows = session.scalars(select(Deadline).where(Deadline.subject_id.in_(ids)).order_by(Deadline.rule))
    return {row.subject_id: row for row in rows}


def said(session: OwnedSession, process_ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, tuple[Said, ...]]:
    """The words of every act done to a request, by request, oldest first."""
    rows = session.execute(
        select(Event, Note)
        .join(Note, Note.event_id == Event.id)
        .where(Event.process_id.in_(list(process_ids)), Event.facts.has_key("subject"))
        .order_by(Event.seq)
    )
    found: dict[uuid.UUID, list[Said]] = defaultdict(list)
    for event, note in rows:
        found[uuid.UUID(event.facts["subject"])].append(Said(f"{event.act}:{note.kind}", note.words, event.happened_on))
    return {each: tuple(words) for each, words in found.items()}


def _replies(session: OwnedSession, ids: list[uuid.UUID]) -> dict[uuid.UUID, Submission]:
    return {each.id: each for each in session.scalars(select(Submission).where(Submission.id.in_(ids)))}


def _line(
    row: AdviceRequest,
    owed: Deadline | None,
    today: date,
    register: Register,
    agreed: dict[str, AdviceAgreement],
    said: tuple[Said, ...],
    replies: dict[uuid.UUID, Submission],
    invited: set[uuid.UUID | None],
) -> Line:
    running = owed is not None and owed.satisfied_on is None and owed.voided_on is None
    due = owed.due_on if owed else None
    return Line(
        request=row,
        limb=LIMBS[row.limb],
        stage=STAGES[row.stage],
        due_on=due,
        overdue=bool(running and due and due < today),
        lifted=bool(owed and owed.limit_disapplied),
        account=deadlines.explained(owed, register) if owed and owed.trigger_key else None,
        agreed=agreed,
        said=said,
        reply=replies.get(row.reply_id) if row.reply_id else None,
        invited=row.id in invited,
    )


def _source(line: Line) -> Source:
    row = line.request
    came = row.stage == "replied"
    said = {
        "replied": "",
        "nil": "Asked; they replied that the child is not known to them",
        "enough": f"Existing advice was agreed to be enough: {row.existing or ''}".rstrip(": "),
        "late": "Asked; said to be late, and not received",
    }.get(row.stage, "Asked and not received")
    return Source(
        line.limb,
        row.to_name,
        row.asked_on,
        row.replied_on,
        came and row.reply_id is not None,
        said,
        f"advice:{row.id}",
    )


def _title(sent: Submission) -> str:
    return catalogue.get(sent.form_id, sent.form_version).title


def _day(sent: Submission) -> date | None:
    return london_day(sent.sent_at) if sent.sent_at else None
