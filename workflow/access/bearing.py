"""What bears on somebody's standing at a form: the form with their grants and the like, read in one statement."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, NamedTuple, TypeVar

from sqlalchemy import ARRAY, BindParameter, Row, Select, String, Uuid, and_, any_, bindparam, cast, exists, or_, select
from sqlalchemy.orm import aliased

from models.access import Account, Grant
from models.advice import AdviceRequest, Consultation
from models.cases import Case
from models.database import OwnedSession
from models.submissions import Filled, Held, Submission
from workflow.access import office
from workflow.access.actor import SETTING_ROLES, STAFF_ROLES, Actor
from workflow.access.advising import advised_by, consulted_at
from workflow.access.conflicts import kept_from
from workflow.access.scope import not_over
from workflow.clock import london_day
from workflow.coproduction.kinds import ADVICE, REPLY_TO


class Given(NamedTuple):
    """What a grant lets somebody do, and where."""

    role: str
    submission_id: uuid.UUID | None
    advice_id: uuid.UUID | None
    rights: Sequence[str]
    sections: Sequence[str] | None


AForm = TypeVar("AForm", bound=Filled)


@dataclass(frozen=True)
class Known(Generic[AForm]):
    """A submission with what bears on an actor's standing there: their live grants, whose its root is, whether its
    owner signs in for themselves, whether its case is theirs or that of somebody they cover for, whether a conflict of
    interest keeps them from it, as what the actor was asked for advice on it, and whether it went to where they work
    when they were consulted.

    Of each kind of actor only what can bear on theirs is read."""

    submission: AForm
    grants: tuple[Given, ...] = ()
    root_setting: uuid.UUID | None = None
    owner_signs_in: bool = False
    on_the_case: bool = False
    kept_from: bool = False
    advises_as: str | None = None
    consulted: bool = False


_root = aliased(Submission)
_now: BindParameter[datetime] = bindparam("now")
_asked_at = AdviceRequest.setting_id == any_(bindparam("settings", type_=ARRAY(Uuid)))
_ADVISES_AS = (
    select(AdviceRequest.role)
    .where(AdviceRequest.case_id == Submission.case_id, advised_by(bindparam("person"), _asked_at, _now))
    .order_by(AdviceRequest.setting_id.is_(None))
    .limit(1)
    .scalar_subquery()
)
_CONSULTED = exists().where(
    consulted_at(Consultation.setting_id == any_(bindparam("settings", type_=ARRAY(Uuid)))),
    or_(
        Consultation.plan_id == Submission.id,
        and_(Consultation.case_id == Submission.case_id, Submission.form_id.in_(ADVICE)),
    ),
)
_REACHES = and_(
    Grant.person_id == office.PERSON,
    Grant.from_at <= _now,
    not_over(_now),
    or_(
        Grant.submission_id == Submission.id,
        Grant.submission_id == Submission.root_id,
        Grant.case_id == Submission.case_id,
        cast(Grant.advice_id, String) == Submission.facts[REPLY_TO].astext,
    ),
)


def _bearing(*form: Any) -> dict[str, Select[*tuple[Any, ...]]]:
    """By the kind of actor: these columns of a form, then what bears on the actor's standing there."""
    here = select(*form).select_from(Submission)
    family = here.add_columns(
        *(getattr(Grant, name) for name in Given._fields),
        exists().where(Account.person_id == Submission.owner_id, Account.closed_at.is_(None)).label("owner_signs_in"),
    ).outerjoin(Grant, _REACHES)
    professional = family.outerjoin(_root, _root.id == Submission.root_id).add_columns(
        _root.setting_id.label("root_setting"), _ADVISES_AS.label("advises_as"), _CONSULTED.label("consulted")
    )
    staff = here.add_columns(
        exists().where(Case.id == Submission.case_id, office.on_the_case()).label("on_the_case"),
        kept_from(office.PERSON, Submission.case_id).label("kept_from"),
    )
    return {"family": family, "professional": professional, "staff": staff}


_BEARS = ("root_setting", "owner_signs_in", "on_the_case", "kept_from", "advises_as", "consulted")
_THIS = Submission.id == bindparam("submission")
_THESE = Submission.id == any_(bindparam("submissions", type_=ARRAY(Uuid)))
_KNOWN = {kind: bearing.where(_THIS) for kind, bearing in _bearing(Submission).items()}
_EACH_KNOWN = {kind: bearing.where(_THESE) for kind, bearing in _bearing(Submission).items()}
_HELD = {
    kind: bearing.where(_THIS).with_for_update(key_share=True, of=Submission)
    for kind, bearing in _bearing(*(getattr(Submission, name) for name in Held._fields)).items()
}


def known(session: OwnedSession, actor: Actor, submission_id: uuid.UUID, now: datetime) -> Known[Submission] | None:
    """A submission with what bears on the actor's standing there, in one statement; None when there is none.

    It says nothing yet about whether the actor may know of it: `standing` does.
    """
    asked = {"submission": submission_id, **_asking(actor, now)}
    rows = session.execute(_KNOWN[_kind(actor)], asked).all()
    return _gathered(rows[0][0], rows, 1) if rows else None


def known_and_held(session: OwnedSession, actor: Actor, submission_id: uuid.UUID, now: datetime) -> Known[Held] | None:
    """The same, taken for this transaction as `submissions.hold` does, and read as a plain row: this is asked at
    every pause in typing, and making an object of it took longer than anything else a save does."""
    session.flush()  # what is read must not lack what is not written yet
    asked = {"submission": submission_id, **_asking(actor, now)}
    rows = session.connection().execute(_HELD[_kind(actor)], asked).all()
    width = len(Held._fields)
    return _gathered(Held(*rows[0][:width]), rows, width) if rows else None


def each_known(
    session: OwnedSession, actor: Actor, submission_ids: list[uuid.UUID], now: datetime
) -> dict[uuid.UUID, Known[Submission]]:
    """The same of several, by id, in one statement."""
    asked = {"submissions": submission_ids, **_asking(actor, now)}
    rows: dict[uuid.UUID, list[Row[*tuple[Any, ...]]]] = {}
    for row in session.execute(_EACH_KNOWN[_kind(actor)], asked) if submission_ids else ():
        rows.setdefault(row[0].id, []).append(row)
    return {each: _gathered(found[0][0], found, 1) for each, found in rows.items()}


def _kind(actor: Actor) -> str:
    """Which of the things that may bear on a standing bear on this actor's."""
    if actor.roles & STAFF_ROLES:
        return "staff"
    return "professional" if actor.kind == "professional" or actor.roles & SETTING_ROLES else "family"


def _asking(actor: Actor, now: datetime) -> dict[str, object]:
    settings = list(actor.settings) if actor.roles & SETTING_ROLES else []
    return {"person": actor.person_id, "settings": settings, "now": now, "today": london_day(now)}


def _gathered(submission: AForm, rows: Sequence[Row[*tuple[Any, ...]]], width: int) -> Known[AForm]:
    """What these rows tell of a form, whose own columns are the first `width`."""
    first = rows[0]._mapping
    bearing = {name: first[name] for name in _BEARS if name in first}
    grants = (Given(*row[width : width + len(Given._fields)]) for row in rows if "role" in first and row.role)
    return Known(submission, tuple(grants), **bearing)
