"""A child who is known already is found, however the name was written and whichever digit slipped."""

import uuid
from datetime import date

import pytest

from models.database import OwnedSession
from models.people import Child, Person
from tests.workflow.statements import counted
from workflow.cases.finding import index, likely_same, tokens

BORN = date(2017, 5, 4)


def known(session: OwnedSession, first: str, last: str, born_on: date = BORN, known_as: str = "") -> Child:
    person = Person(id=uuid.uuid4(), name=first)
    session.add(person)
    session.flush()
    child = Child(
        id=uuid.uuid4(), person_id=person.id, first=first, last=last, known_as=known_as or first, born_on=born_on
    )
    session.add(child)
    session.flush()
    index(session, child)
    session.flush()
    return child


@pytest.mark.parametrize(
    ("stored", "typed"),
    [
        ("Zoë Brontë", "Zoe Bronte"),
        ("Siân Evans", "Sian Evans"),
        ("Niamh O'Neill", "Niamh ONeill"),
        ("Niamh O’Neill", "Niamh O Neill"),
        ("Rosa D'Souza", "Rosa De Souza"),
        ("Anne-Marie Lee", "Annemarie Lee"),
        ("Tom Smith-Jones", "Tom SmithJones"),
        ("Tom Smith-Jones", "Tom Smith"),
        ("Łukasz Nowak", "Lukasz Nowak"),
        ("Jürgen Müller", "Juergen Mueller"),
        ("Søren Ødegård", "Soeren Odegaard"),
        ("Юлия Иванова", "Yulia Ivanova"),
        ("Алексей Петров", "Alexei Petrov"),
        ("Γιώργος Παππάς", "Giorgos Pappas"),
        ("محمد علي", "Mohammed Ali"),
        ("Muhammad Ali", "Mohamed Aly"),
        ("Stephen Catherall", "Steven Katherall"),
        ("Example Robin", "Robin Example"),
        ("ROBIN EXAMPLE", "robin example"),
    ],
)
def test_the_same_name_written_another_way_is_found_even_with_a_slip_in_the_date(
    session: OwnedSession, stored: str, typed: str
) -> None:
    first, last = stored.split(" ", 1)
    child = known(session, first, last)
    assert child in likely_same(session, typed, date(2017, 5, 14), but_not=None)


@pytest.mark.parametrize(
    "typed",
    [
        date(2017, 5, 4),
        date(2017, 4, 5),  # day and month the other way round
        date(2017, 5, 24),  # one digit
        date(2018, 5, 4),  # the year
        date(2017, 8, 4),  # the month
        date(2017, 6, 1),  # a few weeks
    ],
)
def test_a_birth_date_typed_wrong_by_little_still_finds_the_child(session: OwnedSession, typed: date) -> None:
    assert likely_same(session, "Robin Example", typed, but_not=None) == []
    child = known(session, "Robin", "Example")
    assert likely_same(session, "Robin Example", typed, but_not=None) == [child]


def test_another_birth_date_altogether_is_another_child(session: OwnedSession) -> None:
    known(session, "Robin", "Example")
    assert likely_same(session, "Robin Example", date(2011, 9, 17), but_not=None) == []


def test_one_name_shared_is_enough_only_on_the_very_birth_date(session: OwnedSession) -> None:
    child = known(session, "Robin", "Elsewhere")
    assert likely_same(session, "Robin Example", BORN, but_not=None) == [child]
    assert likely_same(session, "Robin Example", date(2017, 5, 14), but_not=None) == []


def test_a_child_with_one_name_is_found_by_it(session: OwnedSession) -> None:
    child = known(session, "Sukarno", "")
    assert likely_same(session, "Sukarno", date(2017, 5, 14), but_not=None) == [child]


def test_the_likeliest_is_first_and_a_common_name_hides_nobody(session: OwnedSession) -> None:
    for year in range(2008, 2017):
        for month in (1, 2, 3):
            known(session, "Mohammed", "Ali", date(year, month, 17))
    twin = known(session, "Muhammad", "Ali", date(2017, 5, 14))
    child = known(session, "Mohamed", "Aly")
    assert likely_same(session, "Mohammed Ali", BORN, but_not=None)[:2] == [child, twin]


def test_finding_asks_the_database_once_however_many_there_are(session: OwnedSession) -> None:
    def ask() -> None:
        session.expire_all()
        likely_same(session, "Robin Example", BORN, but_not=None)

    known(session, "Robin", "Example")
    with counted(session) as few:
        ask()
    for _ in range(5):
        known(session, "Robin", "Example")
    with counted(session) as more:
        ask()
    assert len(few) == len(more) == 1


def test_single_letters_and_sounds_of_one_letter_find_nobody() -> None:
    assert not {"d", "~T", "~S"} & tokens("D'Souza Zoe")
