"""Why something is late is told to the family, lifts nothing, moves nothing, and stays in the past."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from models.cases import Case, Deadline, Event, Process
from tests.workflow.cases.builders import World
from workflow.cases import lateness
from workflow.errors import Refused
from workflow.queries import as_it_was, timelines
from workflow.queries.timelines import Dated

WEEKS = timedelta(weeks=1)


def of(world: World, process: Process, rule: str = "assess.decide") -> Deadline:
    return world.session.scalars(select(Deadline).where(Deadline.process_id == process.id, Deadline.rule == rule)).one()


def late(world: World, case: Case) -> list[Dated]:
    return timelines.late(timelines.timeline(world.session, case.id, "family"), world.today)


def say(world: World, deadline: Deadline, why: str) -> None:
    lateness.say_why(world.session, deadline, world.staff("caseworker"), why=why, now=world.now)


def test_what_the_council_missed_is_late_and_the_newest_reason_stands_by_it(world: World) -> None:
    case, process = world.request(on=world.now - 7 * WEEKS)
    missed = of(world, process)
    due = missed.due_on
    assert [(each.rule, each.why_late) for each in late(world, case)] == [("assess.decide", "")]
    say(world, missed, "The papers lay in the wrong tray.")
    say(world, missed, "We lost the papers. You will hear on Friday.")
    assert [each.why_late for each in late(world, case)] == ["We lost the papers. You will hear on Friday."]
    assert (of(world, process).due_on, of(world, process).limit_disapplied) == (due, False)


def test_the_same_reason_twice_is_on_record_once(world: World) -> None:
    _, process = world.request(on=world.now - 7 * WEEKS)
    for _ in range(2):
        say(world, of(world, process), "We lost the papers.")
    assert len(world.session.scalars(select(Event).where(Event.act == lateness.ACT)).all()) == 1


def test_no_reason_is_given_without_words_or_for_what_is_not_late(world: World) -> None:
    _, early = world.request()
    with pytest.raises(Refused, match="not late"):
        say(world, of(world, early), "It is much work.")
    _, process = world.request(first="Other", on=world.now - 7 * WEEKS)
    with pytest.raises(Refused, match="Write why"):
        say(world, of(world, process), "  ")


def test_what_the_family_may_do_in_its_own_time_is_never_called_late_by_the_council(world: World) -> None:
    assert not lateness.ours("mediation.contact") and not lateness.ours("plan.draft_representations")
    assert lateness.ours("assess.decide") and lateness.ours("plan.finalise")


def test_a_reason_stays_by_its_date_once_done_and_is_absent_on_days_before_it_was_given(world: World) -> None:
    case, process = world.request(on=world.now - 7 * WEEKS)
    say(world, of(world, process), "We lost the papers.")
    world.decide(process, assess=False)
    (done,) = (e for e in timelines.timeline(world.session, case.id, "family") if e.rule == "assess.decide")
    assert (done.state, done.why_late) == ("met", "We lost the papers.")
    then = {
        day: [e.why_late for e in as_it_was.as_it_was(world.session, case, day, "family").dates if e.rule == done.rule]
        for day in (world.today - timedelta(days=1), world.today)
    }
    assert list(then.values()) == [[""], ["We lost the papers."]]
