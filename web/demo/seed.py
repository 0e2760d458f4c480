"""The demonstration's past, made by the same verbs that people use, told the days on which they did it."""

import csv
import io
import uuid
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlalchemy import select

from forms.definition import section_of
from forms.paths import parse_path
from law import calendar
from models.access import Account, Post
from models.cases import Case, Plan, Process
from models.database import OwnedSession
from models.people import Child, Setting
from models.submissions import Submission
from web.demo import assessing, office, words
from web.demo.children import BY_PARENTS, PLANNED, REQUESTS, Invented, Planned
from web.demo.council import PARENTS, SCHOOLS, SENCOS, STAFF
from web.demo.plans import draft
from web.demo.talk import talk
from workflow import signing_in
from workflow.access.actor import Actor, actor_for
from workflow.access.relation import relation
from workflow.allocation import giving
from workflow.cases import acts, plan_changing, plans_import, requests, reviews, serving
from workflow.clock import london_day
from workflow.coproduction import answers, beginning, invitations, kinds, rows, submissions
from workflow.coproduction.contributions import Change, Writer
from workflow.coproduction.facts import setting_facts

A_WEEK = timedelta(days=6)


def seed(session: OwnedSession, now: datetime) -> bool:
    """Fill an empty authority. False when it has people already: nothing is done twice."""
    if session.scalars(select(Account.id).limit(1)).first():
        return False
    _people(session, now)
    staff = {name: _actor(session, email, "staff", now) for name, email, _ in STAFF}
    manager = _staff(session, "manager", now)
    office.set_up(session, manager, staff, _working(now - timedelta(days=45)))
    for child in REQUESTS:
        _request(session, child, now)
    for child in BY_PARENTS:
        _parents_request(session, child, now)
    _plans(session, now)
    office.call_panels(session, manager, staff, _waiting(session), now)
    return True


def _waiting(session: OwnedSession) -> list[Process]:
    """The two requests that have waited longest for their decision."""
    wanted = select(Process).where(Process.kind == "assessment", Process.stage == "requested")
    return list(session.scalars(wanted.order_by(Process.started_on, Process.id).limit(2)))


def _people(session: OwnedSession, now: datetime) -> None:
    session.add_all([Setting(name=name, kind=kind, urn=urn) for name, kind, urn in SCHOOLS])
    session.flush()
    settings = {setting.name: setting.id for setting in session.scalars(select(Setting))}
    everyone = [(*each, "staff", None) for each in STAFF] + [
        (name, email, role, "professional", settings[at]) for name, email, role, at in SENCOS
    ]
    for name, email, role, kind, setting_id in everyone:
        account = signing_in.open_account(session, name, email, kind, now=now)
        session.add(Post(person_id=account.person_id, role=role, setting_id=setting_id, from_on=date(2020, 9, 1)))
    for name, email in PARENTS:
        signing_in.open_account(session, name, email, "family", now=now)
    session.flush()
    # The last of the parents has not been asked yet: their letters are also posted.
    agreed = [(email, "professional") for _, email, *_ in SENCOS] + [(email, "family") for _, email in PARENTS[:-1]]
    for email, kind in agreed:
        serving.answer(session, _actor(session, email, kind, now), agreed=True, now=now)


def _actor(session: OwnedSession, email: str, kind: str, now: datetime) -> Actor:
    account = signing_in.account_of(session, email, kind)
    assert account is not None
    actor = actor_for(session, account.id, london_day(now))
    assert actor is not None
    return actor


def _staff(session: OwnedSession, role: str, now: datetime) -> Actor:
    return _actor(session, next(email for _, email, post in STAFF if post == role), "staff", now)


def _senco(session: OwnedSession, school: str, now: datetime) -> Actor:
    email = next(email for _, email, role, at in SENCOS if at == school and role == "senco")
    return _actor(session, email, "professional", now)


def _parent(session: OwnedSession, name: str, now: datetime) -> Actor:
    return _actor(session, next(email for called, email in PARENTS if called == name), "family", now)


def _write(
    session: OwnedSession, form_of: Submission, actor: Actor, said: dict[str, Any], now: datetime, **writer: Any
) -> None:
    """Say things on a form, as that person would."""
    form = submissions.form_of(form_of)
    known = {path: value for path, value in said.items() if _asked(form, path)}
    answers.save(
        session,
        form_of,
        form,
        relation(session, actor, form_of, now),
        Writer(actor.person, writer.get("entered_by", actor.person)),
        {path: Change(value, 0) for path, value in known.items()},
        save_id=uuid.uuid4(),
        now=now,
    )
    session.flush()


def _asked(form: Any, path: str) -> bool:
    try:
        section_of(form, parse_path(path).id)
    except KeyError:
        return False
    return True


def _request(session: OwnedSession, child: Invented, now: datetime) -> None:
    begun = _working(now - timedelta(days=child.days_ago + 6))
    sent = _at(now - timedelta(days=child.days_ago))
    senco = _senco(session, child.school, begun)
    setting = session.scalars(select(Setting).where(Setting.name == child.school)).one()
    form = submissions.begin(
        session, senco, "ehcna-req-setting", create_token=uuid.uuid4(), now=begun, setting_id=setting.id,
        facts=setting_facts(setting),
    )  # fmt: skip
    _write(session, form, senco, words.request(child), begun)
    _cycles(session, form, senco, begun)
    if child.parent:
        _views(session, form, senco, child, begun)
    if child.story == "draft":
        if child.parent:
            talk(session, form, senco, _parent(session, child.parent, begun), begun + timedelta(hours=1))
        return
    received = requests.send_request(session, form, relation(session, senco, form, sent), senco, now=sent)
    _after(session, child, received, sent, now)


def _cycles(session: OwnedSession, form: Submission, senco: Actor, now: datetime) -> None:
    definition, theirs = submissions.form_of(form), relation(session, senco, form, now)
    writer = Writer(senco.person, senco.person)
    for cycle in words.cycles(london_day(now)):
        row = rows.add_row(session, form, definition, theirs, writer, "tr_cycle[]", now=now)
        _write(session, form, senco, {f"tr_cycle[{row}].{part}": said for part, said in cycle.items()}, now)


def _views(session: OwnedSession, form: Submission, senco: Actor, child: Invented, now: datetime) -> None:
    parent = _parent(session, child.parent, now)
    account = signing_in.account_by_id(session, parent.account_id)
    assert account is not None and account.email is not None
    invited = invitations.invite_parent(session, senco, form, account.email, now=now)
    invitation = invitations.find(session, invited.id, account.email, now)
    assert invitation is not None
    invitations.accept(session, invitation, parent.person, invited.words, now=now)
    theirs = relation(session, parent, form, now)
    views = beginning.begin_own(session, parent, theirs, form, kinds.PARENTS_VIEWS, now=now)
    _write(session, views, parent, words.views(child), now)
    own = beginning.begin_childs_own(session, parent, form, "aam-primary", called=child.first, role="parent", now=now)
    _write(session, own, Actor("child", own.owner_id), words.about_me(child), now, entered_by=parent.person)
    if child.story != "draft":
        submissions.share(session, views, now=now)
        submissions.share(session, own, now=now)


def _parents_request(session: OwnedSession, child: Invented, now: datetime) -> None:
    sent = _at(now - timedelta(days=child.days_ago))
    parent = _parent(session, child.parent, sent)
    form = submissions.begin(
        session, parent, "ehcna-req-parent", create_token=uuid.uuid4(), now=sent, facts={"role": "parent"}
    )
    _write(session, form, parent, words.parents_request(child), sent)
    theirs = relation(session, parent, form, sent)
    row = rows.add_row(
        session, form, submissions.form_of(form), theirs, Writer(parent.person, parent.person), "pr[]", now=sent
    )
    _write(session, form, parent, {f"pr[{row}].{part}": said for part, said in words.carer(child).items()}, sent)
    requests.send_request(session, form, theirs, parent, now=sent)


def _after(session: OwnedSession, child: Invented, received: requests.Received, sent: datetime, now: datetime) -> None:
    process = session.get_one(Process, (session.authority_id, received.process_id))
    case = session.get_one(Case, (session.authority_id, received.case_id))
    soon = _working(sent + timedelta(days=2))
    caseworker = _staff(session, "caseworker", now)
    if child.story != "sent" or child.days_ago > 20:
        giving.give(session, case, caseworker.person, caseworker, now=soon)
    if child.story == "asked":
        by = london_day(soon) + timedelta(days=10)
        requests.ask_for_information(session, process, caseworker, words.ASK, reply_by=by, now=soon)
    decided = min(_working(sent + timedelta(days=38)), now)
    decider = _staff(session, "decider", now)
    if child.story in ("assessing", "refused", "drafted"):
        session.refresh(process)
        decision = requests.Decision(
            assess=child.story != "refused", reasons=words.reasons(child), instead=words.instead(child)
        )
        requests.decide(session, process, decider, decision, seen=process.version, now=decided)
    if child.story in ("assessing", "drafted"):
        session.refresh(process)
        made = assessing.ask_everybody(session, process, caseworker, _working(decided + timedelta(days=3)))
    if child.story == "drafted":
        assessing.answer(session, made, caseworker, _working(now - 5 * A_WEEK))
        session.refresh(process)
        draft(session, process, caseworker, _parent(session, child.parent, now), child.first, _working(now - A_WEEK))
        others = _working(now - timedelta(days=4))
        assessing.consult(session, process, caseworker, child.school, SCHOOLS[1][0], others)
    if child.story == "withdrawn":
        session.refresh(process)
        why = "The school will try one more term of help first."
        requests.withdraw(session, process, caseworker, why=why, seen=process.version, now=soon)


def _plans(session: OwnedSession, now: datetime) -> None:
    today = london_day(now)
    manager = _staff(session, "manager", now)
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerow(plans_import.COLUMNS)
    for child in PLANNED:
        made, last = _plan_days(child, today)
        writer.writerow([child.first, child.last, child.born, child.school, made, last or "", child.caseworker])
    # Brought in some weeks ago, so that what has been done since can follow.
    plans_import.apply(session, file.getvalue(), manager, now=_working(now - timedelta(days=45)))
    for child in PLANNED:
        if child.story != "waiting":
            _review(session, child, now)


def _plan_days(child: Planned, today: date) -> tuple[date, date | None]:
    """Plan made, and last review, so that the next review ends when the child's line says."""
    counted_from = calendar.months_from(today + timedelta(days=child.review_in), -12) + timedelta(days=2)
    if child.review_in < 0 or child.review_in % 2:
        return calendar.months_from(counted_from, -24), counted_from
    return counted_from, None


def _review(session: OwnedSession, child: Planned, now: datetime) -> None:
    plan = session.scalars(
        select(Plan)
        .join(Case, Case.id == Plan.case_id)
        .join(Child, Child.id == Case.child_id)
        .where(Child.first == child.first, Child.last == child.last)
    ).one()
    process = reviews.waiting_review(session, plan.case_id)
    assert process is not None
    senco = _senco(session, child.school, now)
    if child.story == "arranged":
        soon = london_day(now) + timedelta(days=25)
        acts.perform(
            session, process.id, "arrange_meeting", senco, happened_on=london_day(now), now=now,
            triggers={"review_meeting": soon},
        )  # fmt: skip
        return
    met = _working(now - timedelta(days=20 if child.story == "held_late" else 9))
    form = reviews.begin_report(session, process, senco, now=met)
    _write(session, form, senco, words.review(child, london_day(met)), met)
    if child.story == "held_late":
        return
    sent = _working(met + timedelta(days=3))
    reviews.send_report(session, form, relation(session, senco, form, sent), senco, now=sent)
    if child.story in ("kept", "changed"):
        session.refresh(process)
        outcome = words.outcome(child.story)
        decider = _staff(session, "decider", now)
        decided = _working(now - timedelta(days=2))
        reviews.decide(session, process, decider, outcome, seen=process.version, now=decided)
        if outcome.decision == "change":
            seen = process.version
            plan_changing.propose(session, process, decider, words.changes(), seen=seen, now=decided)


def _at(instant: datetime) -> datetime:
    return datetime.combine(instant.date(), time(10, 30), tzinfo=UTC)


def _working(instant: datetime) -> datetime:
    """Mid-morning on the working day at or before an instant."""
    return _at(datetime.combine(calendar.last_working_day_on_or_before(instant.date()), time(10), tzinfo=UTC))
