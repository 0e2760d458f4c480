"""Drafting a plan: begun once there is an assessment, made from what was contributed, each statement with its source.

A plan is a form that the council writes; each version that is sent stays for ever as it was, and the next follows it.
"""

import uuid
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select

from forms.paths import path
from forms.plan import statements
from law import age
from models.cases import Case, Process
from models.database import OwnedSession
from models.people import Child, Setting
from models.plans import PlanSource
from models.submissions import Submission
from workflow.access.actor import Actor
from workflow.access.relation import Relation, relation
from workflow.cases import plan_courses, plan_versions
from workflow.cases.advice import KINDS as KINDS
from workflow.clock import london_day
from workflow.coproduction import answers, kinds, reading, rows
from workflow.coproduction.contributions import Change, Writer
from workflow.coproduction.submissions import begin, form_of, hold
from workflow.errors import AlreadyDone, NotFound, Refused
from workflow.queries import plan_material, plan_papers
from workflow.queries.plan_material import Material
from workflow.queries.plan_papers import NOT_RECEIVED


def newest(session: OwnedSession, process: Process, *, sent: bool | None = None) -> Submission | None:
    """The newest version of the plan of a process; only one that was sent, or that was not, where `sent` says."""
    wanted = select(Submission).where(
        Submission.case_id == process.case_id,
        Submission.form_id.in_(kinds.PLANS),
        Submission.facts["process"].astext == str(process.id),
        Submission.state != "withdrawn",
    )
    if sent is not None:
        wanted = wanted.where((Submission.state == "sent") if sent else (Submission.state != "sent"))
    return session.scalars(wanted.order_by(Submission.created_at.desc(), Submission.id).limit(1)).first()


def in_force(session: OwnedSession, case_id: uuid.UUID, *, before: Submission | None = None) -> Submission | None:
    """The version that is in force on a case, or that was when `before` was sent; None where the plan was made
    outside this service."""
    wanted = select(Submission).where(
        Submission.case_id == case_id,
        Submission.form_id.in_(kinds.PLANS),
        Submission.state == "sent",
        Submission.facts["made_on"].astext.is_not(None),
    )
    if before is not None and before.sent_at is not None:
        wanted = wanted.where(Submission.sent_at < before.sent_at)
    return session.scalars(wanted.order_by(Submission.sent_at.desc(), Submission.id).limit(1)).first()


def process_of(session: OwnedSession, plan: Submission) -> Process:
    """The process whose plan it is. Raises `NotFound`."""
    found = session.get(Process, (session.authority_id, uuid.UUID(plan.facts.get("process", str(uuid.UUID(int=0))))))
    if found is None:
        raise NotFound
    return found


def start(session: OwnedSession, process: Process, actor: Actor, *, now: datetime) -> Submission:
    """The version of the plan that is being written, or a new one: the first, or the next after what was sent. A
    change begins with the plan in force.

    Pressing twice opens the same. From Year 9 on the plan has its other layout (reg 12(3)). Raises `AlreadyDone`
    where no plan is being made.
    """
    if not plan_courses.being_written(process):
        raise AlreadyDone("No plan is being made here now. Look at the case again.")
    before = newest(session, process)
    standing = in_force(session, process.case_id)
    if before is not None and before.state != "sent":
        return before
    if before is not None:
        plan = plan_versions.following(session, process, before, before, actor, now)
    elif standing is not None and plan_courses.course_of(process).changes:
        plan = _changing(session, process, standing, actor, now)
    else:
        plan = _first(session, process, actor, now)
    list_papers(session, plan, actor, now=now)
    return plan


def put_in(
    session: OwnedSession,
    plan: Submission,
    said: Material,
    actor: Actor,
    *,
    at: str = "",
    agreed: str = "",
    now: datetime,
) -> str:
    """Make a statement from what somebody said, or with `at` name it as a source of a statement there is.

    Returns the statement's place. Twice is once. Raises `Refused` where its writer kept it from readers of the plan
    and nobody says how they agreed.
    """
    if said.kept_from and not agreed.strip():
        raise Refused(f"{said.author} did not let everyone read this. Ask first, and say how they agreed.", "agreed")
    _require_draft(session, plan)
    place = at or _written(session, plan, said, actor, now)
    theirs = relation(session, actor, plan, now)
    if at and at not in _places(session, plan, theirs):
        raise Refused("That statement is not in the plan any more. Choose another.", "at")
    known = plan_material.sources(session, plan).get(place, set())
    for words_id in said.words_ids:
        if words_id not in known:
            session.add(
                PlanSource(
                    submission_id=plan.id,
                    place=place,
                    contribution_id=words_id,
                    agreed=agreed.strip() or None,
                    added_by=actor.person,
                    added_at=now,
                )
            )
    session.flush()
    return place


def put_in_all(session: OwnedSession, plan: Submission, letter: str, actor: Actor, *, now: datetime) -> int:
    """Make a statement from everything that feeds a section, was not used yet, and may be used without asking.

    Returns how many there were.
    """
    fresh = [
        each
        for each in plan_material.material(session, plan, actor, now)
        if each.letter == letter and not each.used and not each.kept_from
    ]
    for each in fresh:
        put_in(session, plan, each, actor, now=now)
    return len(fresh)


def list_papers(session: OwnedSession, plan: Submission, actor: Actor, *, now: datetime) -> None:
    """Bring Section K up to date: everybody whom the law has asked, and every other paper on the case.

    A row follows what it stands for until somebody has written in it: who was asked and then replied, replied.
    """
    _require_draft(session, plan)
    there = reading.read(session, plan, relation(session, actor, plan, now)).values
    for key, said in plan_papers.papers(session, plan):
        row = _row_id(plan, key)
        if row not in (there.get("ka[]") or ()):
            _add_row(session, plan, "ka[]", row, {f"ka[].{k}": value for k, value in said.items() if value}, actor, now)
        elif there.get(path("ka[].with", row)) == NOT_RECEIVED != said["with"]:
            # What was asked for and not received has come.
            _put(session, plan, {path(f"ka[].{k}", row): said[k] for k in ("what", "got", "with")}, actor, now)


def set_final(session: OwnedSession, plan: Submission, *, final: bool) -> None:
    """Say that this version is being made the final plan, so that the place may be written; or that it is a draft
    again: then what Section I says is in no draft."""
    _require_draft(session, plan)
    plan.facts = {**plan.facts, "final": True} if final else _without(plan.facts, "final")
    session.flush()


def name_place(session: OwnedSession, plan: Submission, name: str, actor: Actor, *, now: datetime) -> None:
    """Write a place into Section I of the version that is being made final. Raises `Refused` for a draft."""
    _require_draft(session, plan)
    if not plan.facts.get("final"):
        raise Refused("Section I stays blank in a draft. Make this version the final one first.")
    _put(session, plan, {"pi_name": name}, actor, now)


def _first(session: OwnedSession, process: Process, actor: Actor, now: datetime) -> Submission:
    case = session.get_one(Case, (session.authority_id, process.case_id))
    child = session.get_one(Child, (session.authority_id, case.child_id))
    plan = begin(
        session,
        actor,
        kinds.plan_for(age.year_group_on(child.born_on, london_day(now))),
        create_token=uuid.uuid5(process.id, "plan"),
        now=now,
        case_id=case.id,
        child_id=child.id,
        facts={"role": "caseworker", "process": str(process.id)},
    )
    setting = session.get(Setting, (session.authority_id, child.setting_id)) if child.setting_id else None
    known: dict[str, Any] = {
        "ch_first": child.first,
        "ch_last": child.last,
        "ch_known": child.known_as,
        "ch_dob": child.born_on.isoformat(),
        "hd_setting": setting.name if setting else "",
    }
    _say(session, plan, {at: value for at, value in known.items() if value}, actor, now, "front")
    return plan


def _changing(session: OwnedSession, process: Process, standing: Submission, actor: Actor, now: datetime) -> Submission:
    """The first version of a change: what the plan in force says, after whatever was written last and came to
    nothing. Raises `Refused` while another change of the plan is being written."""
    last = session.scalars(
        select(Submission)
        .where(
            Submission.case_id == process.case_id,
            Submission.form_id.in_(kinds.PLANS),
            Submission.state != "withdrawn",
        )
        .order_by(Submission.created_at.desc(), Submission.id)
        .limit(1)
    ).one()
    if last.state == "sent":
        return plan_versions.following(session, process, last, standing, actor, now)
    if process_of(session, last).ended_on is None:
        raise Refused("Another change of this plan is being written. Finish it first, or give it up.")
    last.facts = plan_versions.facts_of(process, last)
    return last


def _written(session: OwnedSession, plan: Submission, said: Material, actor: Actor, now: datetime) -> str:
    row = _row_id(plan, said.row)
    _add_row(session, plan, said.group, row, said.cells, actor, now, key=str(said.id))
    return f"{said.group[:-2]}[{row}]"


def _add_row(
    session: OwnedSession,
    plan: Submission,
    group: str,
    row: str,
    cells: Mapping[str, Any],
    actor: Actor,
    now: datetime,
    key: str = "",
) -> None:
    writer = Writer(actor.person, actor.person)
    theirs = relation(session, actor, plan, now)
    rows.add_row(session, plan, form_of(plan), theirs, writer, group, now=now, row=row)
    _say(session, plan, {path(cell, row): value for cell, value in cells.items()}, actor, now, f"{row}:{key}")


def _say(
    session: OwnedSession, plan: Submission, said: Mapping[str, Any], actor: Actor, now: datetime, key: str
) -> None:
    """Write what nobody has written yet; what stands there stays."""
    theirs = relation(session, actor, plan, now)
    there = reading.read(session, plan, theirs).versions
    answers.save(
        session,
        plan,
        form_of(plan),
        theirs,
        Writer(actor.person, actor.person),
        {at: Change(value, 0) for at, value in said.items() if at not in there},
        save_id=uuid.uuid5(plan.id, key),
        now=now,
    )
    session.flush()


def _put(session: OwnedSession, plan: Submission, cells: Mapping[str, Any], actor: Actor, now: datetime) -> None:
    """Write over what stands there now."""
    theirs = relation(session, actor, plan, now)
    versions = reading.read(session, plan, theirs).versions
    known = {at: Change(value, versions.get(at, 0)) for at, value in cells.items()}
    key = ",".join(f"{at}:{change.base}" for at, change in known.items())
    writer = Writer(actor.person, actor.person)
    save_id = uuid.uuid5(plan.id, key)
    answers.save(session, plan, form_of(plan), theirs, writer, known, save_id=save_id, now=now)
    session.flush()


def _row_id(plan: Submission, key: str) -> str:
    """The row that something makes: the same in every version of a plan, so that it stands there once."""
    return str(uuid.uuid5(uuid.UUID(plan.facts.get("rows") or plan.facts["process"]), key))


def _places(session: OwnedSession, plan: Submission, theirs: Relation) -> set[str]:
    return {place for _, place in statements(reading.read(session, plan, theirs).values)}


def _require_draft(session: OwnedSession, plan: Submission) -> None:
    hold(session, plan)
    if plan.state == "sent" or plan.form_id not in kinds.PLANS:
        raise AlreadyDone("This version was sent, so it stays as it is. Begin the next one.")


def _without(facts: Mapping[str, Any], name: str) -> dict[str, Any]:
    return {key: value for key, value in facts.items() if key != name}
