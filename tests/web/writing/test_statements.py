"""What a form's pages and its autosave ask of the database: so many statements, however much is written there."""

import uuid
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import event

from models.people import Person
from models.submissions import Submission
from tests.web.conftest import Somebody
from tests.web.writing.conftest import Desk
from web.application import Coproduce
from workflow import clock
from workflow.access.relation import Relation
from workflow.coproduction import answers
from workflow.coproduction.contributions import Change, Writer
from workflow.coproduction.submissions import form_of

EVERYTHING = Relation("senco", frozenset({"setting"}), frozenset({"read", "write"}))
PLACES = [*(f"tr_cycle[r{number}].aim" for number in range(20)), "rq_why_now", "vw_child_q"]
MOST = {"": 20, "/page/request": 16, "/check": 16, "/print": 16}

Counted = list[str]


@pytest.fixture
def statements(app: Coproduce, monkeypatch: pytest.MonkeyPatch) -> Iterator[Counted]:
    """The statements of everything since the list was last cleared; hosts are known throughout."""
    monkeypatch.setattr("models.database.HOSTS_KNOWN_FOR", 3600.0)
    found: Counted = []

    def count(connection: Any, cursor: Any, statement: str, *_: Any) -> None:
        found.append(statement)

    event.listen(app.database.engine, "before_cursor_execute", count)
    yield found
    event.remove(app.database.engine, "before_cursor_execute", count)


def asks(at: Desk, path: str, statements: Counted) -> int:
    """How many statements one page takes."""
    at.client.get("/")
    statements.clear()
    assert at.client.get(f"/forms/{at.form_id}{path}").status_code == 200
    return len(statements)


@pytest.fixture
def crowd(
    app: Coproduce, authority_id: uuid.UUID, somebody: Callable[..., Somebody], invite: Any
) -> Callable[[Desk], None]:
    """Fill a form: many answers by many people, each over and over, with two texts standing at one."""

    def write(at: Desk) -> None:
        for _ in range(3):
            invite(at, somebody("family"))
        with app.database.transaction(authority_id) as session:
            form = session.get_one(Submission, (authority_id, at.form_id))
            people = [Person(id=uuid.uuid4(), name=f"Colleague {number}") for number in range(5)]
            session.add_all(people)
            session.flush()
            for turn, person in enumerate([*people, people[0]]):
                texts = {path: Change(f"Turn {turn}", turn) for path in PLACES}
                answers.save(
                    session, form, form_of(form), EVERYTHING, Writer(person.id, person.id), texts,
                    save_id=uuid.uuid4(), now=clock.now() + timedelta(minutes=31 * turn - 600),
                )  # fmt: skip

    return write


@pytest.mark.parametrize("path", list(MOST))
def test_a_page_asks_no_more_for_many_answers_people_and_versions(
    schools_request: Desk, statements: Counted, crowd: Callable[[Desk], None], path: str
) -> None:
    few = asks(schools_request, path, statements)
    crowd(schools_request)
    many = asks(schools_request, path, statements)
    assert many <= few <= MOST[path]


def sends(at: Desk, answer: dict[str, Any], statements: Counted) -> list[str]:
    """The statements of one autosave alone."""
    url, token = f"/forms/{at.form_id}/autosave?who={at.who.account_id}", at.client.token(f"/forms/{at.form_id}")
    body = {"save": str(uuid.uuid4()), "page": str(uuid.uuid4()), "seq": 1, "answers": answer}
    statements.clear()
    response = at.client.post(url, json=body, headers={"X-CSRFToken": token})
    assert response.status_code == 200, response.text
    return list(statements)


def test_typing_on_takes_five_statements_whatever_the_form_holds(
    schools_request: Desk, statements: Counted, crowd: Callable[[Desk], None]
) -> None:
    """The tenant, who asks, the form held with their rights, the answer, its text with the receipt."""
    sends(schools_request, {"rq_told_parent_note": {"value": "It", "base": 0}}, statements)
    few = sends(schools_request, {"rq_told_parent_note": {"value": "It is", "base": 1}}, statements)
    crowd(schools_request)
    many = sends(schools_request, {"rq_told_parent_note": {"value": "It is so", "base": 2}}, statements)
    assert len(few) == len(many) == 5, few


@pytest.mark.parametrize("path", ["rq_why_now", "tr_cycle[r1].aim"])
def test_a_first_word_and_a_clash_take_no_more_for_what_else_is_there(
    schools_request: Desk, statements: Counted, crowd: Callable[[Desk], None], path: str
) -> None:
    few = sends(schools_request, {path: {"value": "First", "base": 0}}, statements)
    crowd(schools_request)
    many = sends(schools_request, {path: {"value": "From an old page", "base": 1}}, statements)
    assert len(many) <= len(few) + 2 <= 17, (few, many)
