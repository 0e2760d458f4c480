"""What an actor may know of: the submissions and cases that are there for them at all, and the grants behind it."""

import uuid
from datetime import datetime
from functools import cache

from sqlalchemy import BindParameter, ColumnElement, Select, String, and_, cast, exists, or_, select
from sqlalchemy.orm import aliased

from forms import catalogue
from models.access import Grant
from models.advice import AdviceRequest, Consultation
from models.cases import Case
from models.submissions import Submission
from workflow.access.actor import SETTING_ROLES, STAFF_ROLES, Actor
from workflow.access.advising import advised_by, consulted_at, familys_papers
from workflow.access.conflicts import kept_from
from workflow.access.keyed import is_being_keyed
from workflow.coproduction.kinds import ADVICE, ON_A_DRAFT, PLANS, RECORDS, REPLY_TO, TOGETHER

FAMILY_ROLES = ("parent", "yp", "rep")


def live_grants(person_id: uuid.UUID, now: datetime) -> Select[Grant]:
    """The person's grants that hold at this moment."""
    return select(Grant).where(Grant.person_id == person_id, Grant.from_at <= now, not_over(now))


def not_over(now: datetime | BindParameter[datetime]) -> ColumnElement[bool]:
    """Of grants: neither their day has come, nor was the form sent that they were given for the writing of."""
    written = aliased(Submission)
    sent = exists().where(written.id == Grant.submission_id, written.state == "sent")
    return or_(Grant.until_at.is_(None), Grant.until_at > now) & ~(Grant.until_sent & sent)


def grants_of(actor: Actor, now: datetime) -> Select[Grant]:
    """The grants an actor may use now. Those given to a post at a setting end with the post."""
    grants = live_grants(actor.person, now)
    return grants if actor.roles & SETTING_ROLES else grants.where(Grant.role.not_in(SETTING_ROLES))


def submissions_for(actor: Actor, now: datetime) -> Select[Submission]:
    """The submissions an actor may know of. Whatever is fetched, is fetched through this.

    A family's own views are known to another of the family only by a grant on that very form: parents who
    live apart are told nothing of each other. Whoever was asked for some parts of a form knows that form alone.
    """
    if actor.person_id is None:
        return select(Submission).where(Submission.id.is_(None))
    if actor.roles & STAFF_ROLES:
        theirs_to_read = or_(Submission.state == "sent", Submission.form_id.in_(RECORDS | PLANS), is_being_keyed())
        hidden = kept_from(actor.person_id, Submission.case_id)
        return select(Submission).where(theirs_to_read, Submission.case_id.is_not(None), ~hidden)
    grants = grants_of(actor, now).subquery()
    root = aliased(Submission)
    here = select(grants.c.submission_id).where(grants.c.submission_id.is_not(None))
    whole = here.where(grants.c.sections.is_(None))
    cases = select(grants.c.case_id).where(grants.c.case_id.is_not(None))
    opened = Submission.state.in_(("shared", "sent"))
    together = Submission.form_id.in_(TOGETHER)
    around = or_(
        and_(opened, Submission.root_id.in_(whole)),
        and_(together, Submission.root_id.in_(here)),
        and_(Submission.state == "sent", Submission.case_id.in_(cases)),
    )
    # A plan is the family's to read; what one of them thinks of its draft is nobody's but theirs.
    of_family = Submission.case_id.in_(cases.where(grants.c.role.in_(FAMILY_ROLES)))
    around = and_(around, or_(Submission.form_id.not_in(PLANS), of_family), Submission.form_id != ON_A_DRAFT)
    if actor.kind == "family":
        around = and_(around, Submission.form_id.not_in(familys_own()))
    ways = [Submission.id.in_(here), around]
    mine = Submission.owner_id == actor.person_id
    theirs = select(root.id).where(root.setting_id.in_(actor.settings))
    if actor.kind != "professional":  # what a setting writes is the setting's, whoever began it
        ways.append(mine)
    else:  # and what somebody was asked to add to it is theirs for as long as they are let in
        asked = select(cast(grants.c.advice_id, String)).where(grants.c.advice_id.is_not(None))
        beside = or_(
            Submission.root_id.in_(here), Submission.root_id.in_(theirs), Submission.facts[REPLY_TO].astext.in_(asked)
        )
        ways.append(and_(mine, Submission.setting_id.is_(None), beside))
        at = AdviceRequest.setting_id.in_(actor.settings if actor.roles & SETTING_ROLES else ())
        advised = select(AdviceRequest.case_id).where(advised_by(actor.person_id, at, now))
        papers = Submission.form_id.in_(familys_papers())
        ways.append(and_(Submission.state == "sent", papers, Submission.case_id.in_(advised)))
    if actor.settings and actor.roles & SETTING_ROLES:
        ways += [Submission.setting_id.in_(actor.settings), and_(opened, Submission.root_id.in_(theirs))]
        asked_here = select(Consultation).where(consulted_at(Consultation.setting_id.in_(actor.settings)))
        with_it = Submission.case_id.in_(asked_here.with_only_columns(Consultation.case_id))
        ways.append(Submission.id.in_(asked_here.with_only_columns(Consultation.plan_id)))
        ways.append(and_(Submission.state == "sent", Submission.form_id.in_(ADVICE), with_it))
    return select(Submission).where(or_(*ways), Submission.state != "withdrawn", Submission.form_id.not_in(RECORDS))


@cache
def familys_own() -> frozenset[str]:
    """The forms that hold one family member's own views."""
    return frozenset(f.id for f in catalogue.all_forms() if f.voice == "view" and f.written_by == "family")


def cases_for(actor: Actor, now: datetime) -> Select[Case]:
    """The cases an actor may know of: of the council's, all but those they have a conflict of interest with."""
    if actor.person_id is None:
        return select(Case).where(Case.id.is_(None))
    if actor.roles & STAFF_ROLES:
        return select(Case).where(~kept_from(actor.person_id, Case.id))
    grants = grants_of(actor, now).subquery()
    return select(Case).where(Case.id.in_(select(grants.c.case_id).where(grants.c.case_id.is_not(None))))
