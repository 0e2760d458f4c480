"""What a child's own form asks of grown-ups: somebody by name reads it by the next school day, and a child who
would like to talk to somebody is heard the same day."""

import uuid
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from sqlalchemy import ColumnElement, Select, and_, or_, select
from sqlalchemy.dialects.postgresql import insert

from forms.definition import Form
from law.calendar import first_working_day_on_or_after
from models.access import Grant, Post
from models.cases import Case
from models.database import OwnedSession
from models.submissions import Submission
from models.tasks import Task
from workflow import outbox
from workflow.access.actor import STAFF_ROLES, Actor
from workflow.access.scope import grants_of
from workflow.clock import LONDON, london_day
from workflow.coproduction import readers
from workflow.errors import NotFound, Refused

MORNING = time(9)
WHO = ("here", "setting")  # whom a child may ask for: whoever handed the screen over, somebody at school


def child_finished(session: OwnedSession, submission: Submission, form: Form, *, now: datetime) -> None:
    """Put a child's form that was shared or sent on the list of somebody who may read it.

    Only those the child let in are asked: the grown-up who helped, else the school, else the council once it
    was sent there. Where the child keeps it to themself, nobody is.
    """
    if form.voice != "child":
        return
    chosen = readers.childs_choice(session, submission, form)
    helper = _helper(session, submission)
    setting_id = _setting(session, submission)
    due_on = next_school_day(london_day(now))
    if helper and ("setting" if helper.role in ("senco", "head", "teacher") else "family") in chosen:
        _ask(session, "read_child", submission, [helper.person_id], due_on, now, person_id=helper.person_id)
    elif setting_id and "setting" in chosen:
        people = _in_post(session, setting_id, now)
        _ask(session, "read_child", submission, people, due_on, now, setting_id=setting_id)
    if submission.state == "sent" and "authority" in chosen:
        _ask_the_council(session, submission, due_on, now)


def wants_to_talk(session: OwnedSession, submission: Submission, to: str, *, now: datetime) -> None:
    """A child would like to talk to somebody today. Says nothing of what they wrote. Asking twice is harmless.

    Raises `Refused` where there is nobody of that kind.
    """
    today = london_day(now)
    helper, setting_id = _helper(session, submission), _setting(session, submission)
    if to == "here" and helper:
        _ask(session, "talk", submission, [helper.person_id], today, now, person_id=helper.person_id)
    elif to == "setting" and setting_id:
        people = _in_post(session, setting_id, now)
        _ask(session, "talk", submission, people, today, now, setting_id=setting_id)
    else:
        raise Refused("Choose who you would like to talk to.", "who-here")


def can_talk_to(session: OwnedSession, submission: Submission) -> tuple[str, ...]:
    """Whom a child can ask for here: `here`, `setting`."""
    found = {"here": _helper(session, submission), "setting": _setting(session, submission)}
    return tuple(who for who in WHO if found[who])


def done(session: OwnedSession, actor: Actor, task_id: uuid.UUID, *, now: datetime) -> None:
    """Say that a task is done. Doing it twice is harmless. Raises `NotFound` for one that is not theirs."""
    task = find(session, actor, task_id, now=now)
    if task.done_at is None:
        task.done_at, task.done_by = now, actor.person


def find(session: OwnedSession, actor: Actor, task_id: uuid.UUID, *, now: datetime) -> Task:
    """A task of this actor. Raises `NotFound`."""
    task = session.scalars(select(Task).where(Task.id == task_id, theirs(actor, now))).one_or_none()
    if task is None:
        raise NotFound
    return task


def theirs(actor: Actor, now: datetime) -> ColumnElement[bool]:
    """Whose tasks an actor sees: their own for as long as they help with the form or work for the council, those
    of the settings they work at, the office's for staff."""
    mine = Task.person_id == actor.person
    if actor.roles & STAFF_ROLES:
        return or_(mine, Task.office.is_(True))
    helped = grants_of(actor, now).with_only_columns(Grant.submission_id)
    return or_(and_(mine, Task.submission_id.in_(helped)), Task.setting_id.in_(actor.settings))


def next_school_day(day: date) -> date:
    """The day after, or the first after that which is no weekend or bank holiday."""
    return first_working_day_on_or_after(day + timedelta(days=1))


def _ask(
    session: OwnedSession,
    kind: str,
    submission: Submission,
    people: Sequence[uuid.UUID],
    due_on: date,
    now: datetime,
    *,
    if_late: Sequence[uuid.UUID] = (),
    person_id: uuid.UUID | None = None,
    setting_id: uuid.UUID | None = None,
    office: bool = False,
) -> None:
    """Make a task once, and tell the people it is for: at once, and again on the morning after it was due."""
    whom = person_id or setting_id or "office"
    # A child may ask to talk every day; a form is read once when it is shared and once when it is sent.
    day = london_day(now) if kind == "talk" else submission.state
    made = session.execute(
        insert(Task)
        .values(
            kind=kind,
            dedupe_key=f"{kind}:{submission.id}:{whom}:{day}",
            submission_id=submission.id,
            person_id=person_id,
            setting_id=setting_id,
            office=office,
            due_on=due_on,
            made_at=now,
        )
        .on_conflict_do_nothing(index_elements=["authority_id", "dedupe_key"])
        .returning(Task.id)
    ).scalar_one_or_none()
    if made is None:
        return
    late = datetime.combine(next_school_day(due_on), MORNING, tzinfo=LONDON)
    told = [(each, "new", now) for each in people] + [(each, "late", late) for each in (*people, *if_late)]
    for each, stage, at in dict.fromkeys(told):
        outbox.add(
            session,
            dedupe_key=f"task:{made}:{each}:{stage}",
            template=kind,
            importance="statutory",
            now=now,
            person_id=each,
            words={},
            link_to=f"task:{made}",
            about_on=due_on,
            not_before=at,
        )


def _ask_the_council(session: OwnedSession, submission: Submission, due_on: date, now: datetime) -> None:
    """The caseworker by name; while there is none it lies on the office's list, and managers hear if it stays."""
    case = session.get(Case, (session.authority_id, submission.case_id)) if submission.case_id else None
    managers = list(session.scalars(_posts(now).where(Post.role == "manager")))
    if case and case.caseworker_id:
        worker = case.caseworker_id
        _ask(session, "read_child", submission, [worker], due_on, now, if_late=managers, person_id=worker)
    else:
        _ask(session, "read_child", submission, [], due_on, now, if_late=managers, office=True)


def _helper(session: OwnedSession, submission: Submission) -> Grant | None:
    """The grown-up who handed the screen over first."""
    return session.scalars(
        select(Grant)
        .where(Grant.submission_id == submission.id, Grant.until_at.is_(None), Grant.rights.contains(["hand_over"]))
        .order_by(Grant.from_at, Grant.id)
    ).first()


def _setting(session: OwnedSession, submission: Submission) -> uuid.UUID | None:
    root = session.get(Submission, (session.authority_id, submission.root_id)) if submission.root_id else None
    return root.setting_id if root else submission.setting_id


def _in_post(session: OwnedSession, setting_id: uuid.UUID, now: datetime) -> list[uuid.UUID]:
    return list(session.scalars(_posts(now).where(Post.setting_id == setting_id)))


def _posts(now: datetime) -> Select[uuid.UUID]:
    today = london_day(now)
    return (
        select(Post.person_id)
        .where(Post.from_on <= today, or_(Post.until_on.is_(None), Post.until_on >= today))
        .order_by(Post.person_id)
    )
