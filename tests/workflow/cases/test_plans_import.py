"""Bringing in plans: previewed, brought in once, and no mail about the past."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from models.cases import Case, Deadline, Plan
from models.outbox import Message
from models.people import Child
from tests.workflow.cases.builders import World
from workflow.cases import plans_import
from workflow.errors import Refused

HEAD = ",".join(plans_import.COLUMNS)


def csv(*lines: str) -> str:
    return "\r\n".join((HEAD, *lines)) + "\r\n"


def count(world: World, table: type) -> int:
    return world.session.scalars(select(func.count()).select_from(table)).one()


def bring_in(world: World, content: str) -> plans_import.Preview:
    done = plans_import.apply(world.session, content, world.staff("manager"), now=world.now)
    world.session.flush()
    return done


def test_reading_changes_nothing(world: World) -> None:
    before = count(world, Child), count(world, Plan)
    preview = plans_import.read(world.session, csv("Ash,Planned,2014-03-05,,2025-09-01,,"), world.today)
    assert len(preview.good) == 1
    assert (count(world, Child), count(world, Plan)) == before


def test_running_it_twice_changes_nothing(world: World) -> None:
    content = csv("Ash,Planned,2014-03-05,,2025-09-01,,", "Bo,Planned,2013-01-02,,2024-09-01,2026-02-01,")
    bring_in(world, content)
    before = count(world, Child), count(world, Case), count(world, Plan), count(world, Deadline)
    again = bring_in(world, content)
    assert (len(again.good), len(again.known)) == (0, 2)
    assert (count(world, Child), count(world, Case), count(world, Plan), count(world, Deadline)) == before


def test_the_same_line_twice_in_a_file_is_one_plan(world: World) -> None:
    line = "Ash,Planned,2014-03-05,,2025-09-01,,"
    done = bring_in(world, csv(line, line))
    assert (len(done.good), len(done.known)) == (1, 1)


@pytest.mark.parametrize(
    ("line", "says"),
    [
        (",Planned,2014-03-05,,2025-09-01,,", "no first name"),
        ("Ash,Planned,31/02/2014,,2025-09-01,,", "birth date is not a date"),
        ("Ash,Planned,2014-03-05,,soon,,", "plan date is not a date"),
        ("Ash,Planned,2014-03-05,,2013-09-01,,", "before the birth date"),
        ("Ash,Planned,2014-03-05,,2027-09-01,,", "in the future"),
        ("Ash,Planned,2014-03-05,,2025-09-01,2024-01-01,", "before the plan"),
        ("Ash,Planned,2014-03-05,,2025-09-01,yesterday,", "last review is not a date"),
        ("Ash,Planned,2014-03-05,No Such School,2025-09-01,,", "No setting has this name"),
        ("Ash,Planned,2014-03-05,,2025-09-01,,nobody@example.invalid", "No member of staff"),
    ],
)
def test_a_bad_row_is_listed_with_its_line_and_stops_no_other(world: World, line: str, says: str) -> None:
    preview = plans_import.read(world.session, csv("Good,Row,2014-03-05,,2025-09-01,,", line), world.today)
    (bad,) = preview.bad
    assert says in bad.problem
    assert (bad.number, len(preview.good)) == (3, 1)


def test_a_file_without_the_columns_is_refused_as_a_whole(world: World) -> None:
    with pytest.raises(Refused, match="birth_date"):
        plans_import.read(world.session, "name,born\nAsh,2014", world.today)


def test_past_dates_make_a_worklist_and_no_mail(world: World) -> None:
    bring_in(world, csv("Late,Planned,2014-03-05,,2023-01-15,2024-06-01,"))
    late = world.session.scalars(select(Deadline).where(Deadline.rule == "review.annual")).one()
    assert late.due_on is not None and late.due_on < world.today
    assert late.remind_on is None
    assert count(world, Message) == 0


def test_no_reminder_of_an_import_reaches_back_before_today(world: World) -> None:
    near = world.today - timedelta(days=340)  # due in under a month: some stages have passed
    bring_in(world, csv(f"Near,Planned,2014-03-05,,{near},,", "Far,Planned,2014-03-05,,2026-10-01,,"))
    days = world.session.scalars(select(Deadline.remind_on).where(Deadline.remind_on.is_not(None))).all()
    assert len(days) == 2
    assert all(day >= world.today for day in days if day)


@pytest.mark.parametrize("typed", ["2014-03-05", "05/03/2014", "5 March 2014", "05/03/14", "5 Mar 2014"])
def test_dates_are_read_as_excel_and_people_write_them(world: World, typed: str) -> None:
    preview = plans_import.read(world.session, csv(f"Ash,Planned,{typed},,2025-09-01,,"), world.today)
    assert [str(row.born_on) for row in preview.good] == ["2014-03-05"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_accents_and_apostrophes_come_through_however_the_file_was_saved(world: World, encoding: str) -> None:
    content = plans_import.decode(csv("Zoë,O’Neill,2014-03-05,,2025-09-01,,").encode(encoding))
    preview = plans_import.read(world.session, content, world.today)
    assert [(row.child_first, row.child_last) for row in preview.good] == [("Zoë", "O’Neill")]


def test_bytes_that_are_not_text_are_refused() -> None:
    with pytest.raises(ValueError):
        plans_import.decode(b"PK\x03\x04\x00\x00\x00\x00")


def test_a_held_file_is_brought_in_once_and_then_let_go(world: World) -> None:
    manager = world.staff("manager")
    batch = plans_import.keep(world.session, csv("Ash,Planned,2014-03-05,,2025-09-01,,"), manager, world.now)
    first = plans_import.confirm(world.session, batch.id, manager, now=world.now)
    again = plans_import.confirm(world.session, batch.id, manager, now=world.now)
    assert first.counts == again.counts == {"new": 1, "known": 0, "bad": 0}
    assert again.content is None


def test_a_second_plan_of_the_same_child_is_on_the_same_case(world: World) -> None:
    bring_in(world, csv("Ash,Planned,2014-03-05,,2022-09-01,,"))
    bring_in(world, csv("Ash,Planned,2014-03-05,,2025-09-01,,"))
    assert (count(world, Child), count(world, Case), count(world, Plan)) == (1, 1, 2)


def test_no_cell_of_the_template_begins_like_a_formula() -> None:
    cells = [cell for line in plans_import.TEMPLATE.splitlines() for cell in line.split(",")]
    assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for cell in cells)
