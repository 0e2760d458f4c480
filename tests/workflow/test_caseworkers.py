"""What is kept for the caseworker: for the one whose case it is, who covers for them, and a manager."""

import uuid
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from models.access import Cover
from models.cases import Case, Event
from models.database import OwnedSession
from models.submissions import Submission
from tests.conftest import NOW, TODAY
from tests.workflow.cases.builders import World
from tests.workflow.cases.conftest import session, world
from workflow.access.actor import Actor
from workflow.access.policy import READ_KEPT, can
from workflow.access.relation import relation
from workflow.cases import covering, records
from workflow.coproduction import reading
from workflow.errors import NotFound, NotPermitted, Refused
from workflow.queries.covering import now_and_coming
from workflow.queries.offers import offers
from workflow.queries.writing import open_form

__all__ = ["session", "world"]

PRIVATE = "sh_private"
DAY = timedelta(days=1)


@pytest.fixture
def case(world: World) -> Case:
    """A parent's request with a private note, given to a caseworker."""
    made, _ = world.request(more={PRIVATE: "He must not know where we live.", "pq_urgent": "He came to school."})
    made.caseworker_id = world.staff("caseworker").person
    world.session.flush()
    return made


def reads(session: OwnedSession, actor: Actor, case: Case) -> bool:
    """Whether somebody reads the note; and that every way of asking agrees."""
    sent = session.scalars(select(Submission).where(Submission.case_id == case.id)).one()
    theirs = relation(session, actor, sent, NOW)
    found = PRIVATE in reading.read(session, sent, theirs).values
    assert found == can(session, actor, READ_KEPT, case, NOW) == ("caseworker" in theirs.readers)
    assert "rq_why_now" not in reading.read(session, sent, theirs).values or "authority" in theirs.readers
    return found


def cover(world: World, by: Actor, *, first: int = 0, last: int = 0) -> Cover:
    return covering.arrange(
        world.session, world.staff("manager"), world.staff("caseworker").person, by.person,
        from_on=TODAY + first * DAY, until_on=TODAY + last * DAY, now=NOW,
    )  # fmt: skip


def test_only_the_caseworker_it_was_given_to_and_a_manager_read_what_is_kept(world: World, case: Case) -> None:
    people = {
        "own": world.staff("caseworker"),
        "another": world.person("staff", "caseworker"),
        "decider": world.staff("decider"),
        "manager": world.staff("manager"),
    }
    read = {name: reads(world.session, actor, case) for name, actor in people.items()}
    assert read == {"own": True, "another": False, "decider": False, "manager": True}


def test_a_manager_reads_as_one_who_oversees_and_the_caseworker_does_not(world: World, case: Case) -> None:
    sent = world.session.scalars(select(Submission).where(Submission.case_id == case.id)).one()
    oversees = {
        role: relation(world.session, world.staff(role), sent, NOW).oversees for role in ("caseworker", "manager")
    }
    assert oversees == {"caseworker": False, "manager": True}


def test_a_case_that_nobody_has_is_for_no_caseworker_yet(world: World, case: Case) -> None:
    case.caseworker_id = None
    world.session.flush()
    assert not reads(world.session, world.staff("caseworker"), case)
    assert reads(world.session, world.staff("manager"), case)


@pytest.mark.parametrize(("first", "last", "may"), [(0, 0, True), (-3, 5, True), (1, 5, False)])
def test_who_covers_reads_it_from_the_first_day_to_the_last(
    world: World, case: Case, first: int, last: int, may: bool
) -> None:
    other = world.person("staff", "caseworker")
    cover(world, other, first=first, last=last)
    assert reads(world.session, other, case) is may


def test_covering_ends_with_its_last_day_and_when_it_is_ended(world: World, case: Case) -> None:
    other = world.person("staff", "caseworker")
    made = cover(world, other)
    sent = world.session.scalars(select(Submission).where(Submission.case_id == case.id)).one()
    assert "caseworker" not in relation(world.session, other, sent, NOW + 2 * DAY).readers
    covering.end(world.session, other, made.id, now=NOW)
    assert not reads(world.session, other, case)
    acts = world.session.scalars(select(Event.act).where(Event.act.endswith("_cover")).order_by(Event.seq)).all()
    assert acts == ["arrange_cover", "end_cover"]


def test_arranging_the_same_twice_is_arranging_it_once(world: World, case: Case) -> None:
    other = world.person("staff", "caseworker")
    assert cover(world, other).id == cover(world, other).id
    acts = world.session.scalars(select(Event.act).where(Event.act == "arrange_cover")).all()
    assert acts == ["arrange_cover"]


def test_covering_for_one_caseworker_opens_nobody_elses_case(world: World, case: Case) -> None:
    other = world.person("staff", "caseworker")
    cover(world, other)
    case.caseworker_id = world.person("staff", "caseworker").person
    world.session.flush()
    assert not reads(world.session, other, case)


def test_a_case_joined_to_another_is_for_the_caseworker_of_that_one(world: World, case: Case) -> None:
    kept, _ = world.request(first="Robyn")
    case.joined_to_id, kept.caseworker_id = kept.id, world.person("staff", "caseworker").person
    case_before, theirs = case.caseworker_id, kept.caseworker_id
    world.session.flush()
    sent = world.session.scalars(select(Submission).where(Submission.case_id == case.id)).one()
    people = {each: Actor("staff", each, roles=frozenset({"caseworker"})) for each in (case_before, theirs)}
    readers = {
        each: "caseworker" in relation(world.session, actor, sent, NOW).readers for each, actor in people.items()
    }
    assert readers == {case_before: False, theirs: True}


def test_covering_opens_what_was_joined_to_their_cases_and_no_other(world: World, case: Case) -> None:
    """However many cases have been joined to others meanwhile."""
    theirs, elsewhere = (world.person("staff", "caseworker").person for _ in range(2))
    for number, caseworker in enumerate((theirs, elsewhere)):
        kept, gone = (world.request(first=f"Robin{number}", last=last)[0] for last in ("Kept", "Gone"))
        gone.joined_to_id, kept.caseworker_id = kept.id, caseworker
    world.session.flush()
    covering.arrange(
        world.session, world.staff("manager"), theirs, world.staff("decider").person,
        from_on=TODAY, until_on=TODAY, now=NOW,
    )  # fmt: skip
    assert not reads(world.session, world.staff("decider"), case)


@pytest.mark.parametrize("role", ["caseworker", "decider", "manager"])
def test_what_is_kept_is_offered_into_no_record_that_all_staff_read(world: World, case: Case, role: str) -> None:
    record = records.begin_record(world.session, case, "la-triage", world.staff(role), now=NOW)
    desk = open_form(world.session, world.staff(role), record.id, "read", NOW)
    asked = [each for each in desk.form.questions() if each.id in ("lt_urgent", "lt_safe")]
    assert offers(world.session, desk, asked, NOW) == {}


@pytest.mark.parametrize(
    ("who", "by", "days", "wrong"),
    [
        ("manager", "caseworker", (0, 1), NotPermitted),
        ("caseworker", "caseworker", (0, 1), Refused),
        ("caseworker", "decider", (2, 1), Refused),
        ("caseworker", "decider", (-9, -1), Refused),
        ("caseworker", "senco", (0, 1), Refused),
    ],
    ids=["for somebody else", "for oneself", "ends before it begins", "over already", "does not work here"],
)
def test_covering_that_cannot_be_is_refused(world: World, who: str, by: str, days: tuple[int, int], wrong: Any) -> None:
    cover_id = world.senco().person if by == "senco" else world.staff(by).person
    with pytest.raises(wrong):
        covering.arrange(
            world.session, world.staff("caseworker"), world.staff(who).person, cover_id,
            from_on=TODAY + days[0] * DAY, until_on=TODAY + days[1] * DAY, now=NOW,
        )  # fmt: skip


def test_somebody_elses_cover_is_ended_by_the_two_and_a_manager_alone(world: World) -> None:
    made = cover(world, world.staff("decider"), last=5)
    stranger = world.person("staff", "caseworker")
    with pytest.raises(NotFound):
        covering.end(world.session, stranger, made.id, now=NOW)
    shown = {
        name: now_and_coming(world.session, actor, TODAY)[0].mine
        for name, actor in {
            "stranger": stranger,
            "manager": world.staff("manager"),
            "own": world.staff("caseworker"),
        }.items()
    }
    assert shown == {"stranger": False, "manager": True, "own": True}
    with pytest.raises(NotFound):
        covering.end(world.session, world.staff("manager"), uuid.uuid4(), now=NOW)
