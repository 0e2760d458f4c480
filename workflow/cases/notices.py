"""Notices the law asks for: written whole or not at all, one to each person, and told of by message."""

import uuid
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import exists, or_, select

from law import notices as law_notices
from models.access import Account, Grant, Post
from models.authority import Authority
from models.cases import Case, Event, Notice
from models.database import OwnedSession
from models.people import Child, Person
from workflow import audit, outbox
from workflow.access import deciding
from workflow.access.actor import Actor
from workflow.audit import Subject
from workflow.cases import letters
from workflow.clock import london_day
from workflow.errors import Refused

TEMPLATES = {"considering_family": "considering", "considering_others": "considering"}
BY_POST = 2  # working days in the ordinary course of post (Interpretation Act 1978, s.7)
TO_ALL_THE_FAMILY = frozenset({"turn_coming", "turn_taken", "turn_represented"})


@dataclass(frozen=True)
class Reader:
    """Somebody a notice goes to: a person with an account, a body by address, or someone to write to by post.

    Who asked on paper has a name and no account: their letters are theirs, and go by post alone.
    """

    audience: str
    name: str
    person_id: uuid.UUID | None = None
    address: str | None = None
    by_post: bool = False


@dataclass(frozen=True)
class Place:
    """The setting a letter is about, where it is not the one the child attends: on record here, or by name alone."""

    name: str
    setting_id: uuid.UUID | None = None


def issue(
    session: OwnedSession,
    event: Event,
    case: Case,
    notice_ids: tuple[str, ...],
    *,
    now: datetime,
    about: Mapping[str, Any] | None = None,
    to: Sequence[Reader] | None = None,
    place: Place | None = None,
) -> list[Notice]:
    """Write every notice an act owes, to everyone it is owed to, and put a message in the outbox for each.

    `to` are its readers, where the act itself knows them (an adviser, a setting that is consulted). `place` is the
    setting that is told, where it is another than the child attends; one without a name is none.
    `about` are further facts for the letters (see `letters.Facts`). Raises `Refused`, naming what is missing,
    when a letter would lack anything the law names: the act then is not done either.
    """
    facts = _facts(session, case, event.happened_on, about or {})
    issued: list[Notice] = []
    for notice_id in notice_ids:
        wanted = law_notices.notice(notice_id)
        contents = letters.compose(wanted.must_contain, facts, notice_id)
        if missing := law_notices.missing(notice_id, contents):
            raise Refused(f"The letter cannot be finished. It still needs: {missing[0].words}.", missing[0].id)
        everyone = notice_id in TO_ALL_THE_FAMILY
        found = to
        if found is None:
            found = [
                each
                for audience in wanted.to
                for each in readers(session, case, audience, now, place, everyone=everyone)
            ]
        issued += [_write(session, event, case, wanted, reader, contents, now) for reader in found]
    return issued


def readers(
    session: OwnedSession,
    case: Case,
    audience: str,
    now: datetime,
    place: Place | None = None,
    *,
    everyone: bool = False,
) -> Iterator[Reader]:
    """Everyone a notice to this audience goes to. There is always at least one: without an account, by post.

    The family's letters go to whoever decides; `everyone` in it gets those about who decides. `place` is told
    where it is another setting than the child attends.
    """
    if audience == "family":
        yield from _family(session, case, now, everyone)
    elif audience == "setting":
        child = session.get_one(Child, (session.authority_id, case.child_id))
        told = place or Place("Head teacher" if child.setting_id else "", child.setting_id)
        if told.name:
            yield from at_setting(session, told.setting_id, now, told.name)
    elif audience in ("health", "social_care"):
        body = _authority(session).settings.get("bodies", {}).get(audience, {})
        yield Reader(audience, body.get("name", audience), address=body.get("email"))
    else:  # everyone who must be invited to a review (SEND Regulations 2014, regs 20(2) and 21(2))
        for each in ("family", "setting", "health", "social_care"):
            yield from readers(session, case, each, now)


def at_setting(
    session: OwnedSession, setting_id: uuid.UUID | None, now: datetime, otherwise: str = "Head teacher"
) -> list[Reader]:
    """Whoever works at a setting and can sign in; where nobody can, `otherwise` by post."""
    posts = select(Post.person_id).where(
        Post.setting_id == setting_id,
        Post.from_on <= london_day(now),
        or_(Post.until_on.is_(None), Post.until_on >= london_day(now)),
    )
    staff = _people(session, posts, "setting") if setting_id else []
    return staff or [Reader("setting", otherwise)]


def mark_posted(session: OwnedSession, notice: Notice, actor: Actor, *, now: datetime) -> None:
    """Put on record that a letter went by post today. The first time counts."""
    if notice.posted_on is not None:
        return
    notice.posted_on = london_day(now)
    audit.record(
        session,
        "post_letter",
        actor,
        Subject(case_id=notice.case_id),
        happened_on=notice.posted_on,
        now=now,
        facts={"notice": str(notice.id)},
    )


def _write(
    session: OwnedSession,
    event: Event,
    case: Case,
    wanted: law_notices.Notice,
    reader: Reader,
    contents: Mapping[str, str],
    now: datetime,
) -> Notice:
    letter = {
        "title": wanted.title,
        "parts": [{"item": item, "text": contents[item]} for item in wanted.must_contain],
        "citation": wanted.citation,
    }
    notice = Notice(
        id=uuid.uuid4(),
        case_id=case.id,
        event_id=event.id,
        kind=wanted.id,
        audience=reader.audience,
        person_id=reader.person_id,
        to_name=reader.name,
        contents=list(wanted.must_contain),
        letter=letter,
        notified_on=event.happened_on,
    )
    session.add(notice)
    session.flush()
    if (reader.person_id and not reader.by_post) or reader.address:
        outbox.add(
            session,
            dedupe_key=f"notice:{notice.id}",
            # A body has no page to read it on: it is told that the letter comes by post.
            template=TEMPLATES.get(wanted.id, "decision") if reader.person_id else "by_post",
            importance="statutory",
            now=now,
            person_id=reader.person_id,
            address=reader.address,
            words={},
            link_to=f"notice:{notice.id}",
            case_id=case.id,
            notice_id=notice.id,
            about_on=event.happened_on,
        )
    return notice


def _facts(session: OwnedSession, case: Case, day: date, about: Mapping[str, Any]) -> letters.Facts:
    child = session.get_one(Child, (session.authority_id, case.child_id))
    authority = _authority(session)
    officer = session.get(Person, (session.authority_id, case.caseworker_id)) if case.caseworker_id else None
    given = {"officer": officer.name if officer else "", **about}
    return letters.Facts(
        child=child.known_as or child.first,
        authority=authority.name,
        settings=authority.settings,
        happened_on=given.pop("happened_on", day),
        **given,
    )


def _people(session: OwnedSession, ids: Any, audience: str = "family") -> list[Reader]:
    rows = session.execute(
        select(Person.id, Person.name)
        .where(Person.id.in_(ids), Person.id.in_(select(Account.person_id).where(Account.closed_at.is_(None))))
        .order_by(Person.name)
    )
    return [Reader(audience, name, person_id=person_id) for person_id, name in rows]


def _family(session: OwnedSession, case: Case, now: datetime, everyone: bool) -> list[Reader]:
    roles = deciding.roles_of(session, [case.id], now)[case.id]
    young = roles == deciding.YOUNG
    found = _relatives(session, _granted(case, deciding.FAMILY if everyone else roles, now))
    if not young:
        return found or [Reader("family", "Parent or carer")]
    theirs = found if not everyone else _relatives(session, _granted(case, deciding.YOUNG, now))
    # The young person is written to themself, whether or not they have ever signed in.
    return found if theirs else [*found, Reader("family", _name_of_child(session, case))]


def _relatives(session: OwnedSession, ids: Any) -> list[Reader]:
    """The family's own: those with an account, and by post those who never had one."""
    signs_in = exists().where(Account.person_id == Person.id, Account.closed_at.is_(None))
    once_had = exists().where(Account.person_id == Person.id)
    rows = session.execute(
        select(Person.id, Person.name, signs_in)
        .where(Person.id.in_(ids), signs_in | ~once_had)
        .order_by(Person.name, Person.id)
    )
    return [Reader("family", name, person_id=person_id, by_post=not online) for person_id, name, online in rows]


def _granted(case: Case, roles: Collection[str], now: datetime) -> Any:
    return select(Grant.person_id).where(
        Grant.case_id == case.id,
        Grant.role.in_(roles),
        Grant.from_at <= now,
        or_(Grant.until_at.is_(None), Grant.until_at > now),
    )


def _name_of_child(session: OwnedSession, case: Case) -> str:
    child = session.get_one(Child, (session.authority_id, case.child_id))
    return f"{child.first} {child.last}".strip()


def _authority(session: OwnedSession) -> Authority:
    return session.get_one(Authority, session.authority_id)
