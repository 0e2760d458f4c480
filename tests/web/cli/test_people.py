"""People and posts, and the record of acts, as an operator handles them."""

import uuid
from collections.abc import Callable
from datetime import date, timedelta

import psycopg
import pytest
from click.testing import Result
from sqlalchemy import select

from models.access import Account, Post
from tests.web.conftest import Somebody
from web.application import Coproduce
from workflow import audit, clock
from workflow.access.actor import SYSTEM

Run = Callable[..., Result]


@pytest.fixture
def run(app: Coproduce) -> Run:
    return lambda *words: app.test_cli_runner().invoke(args=[str(word) for word in words])


def posts(app: Coproduce, authority_id: uuid.UUID, email: str) -> list[tuple[str, date | None]]:
    with app.database.transaction(authority_id) as session:
        found = select(Post.role, Post.until_on).join(Account, Account.person_id == Post.person_id)
        return [(role, until) for role, until in session.execute(found.where(Account.email == email))]


def test_somebody_is_given_a_post_and_it_ends(app: Coproduce, authority_id: uuid.UUID, run: Run) -> None:
    assert run("people", "add-setting", "Acorns", "early_years").exit_code == 0
    assert run("people", "add", "nell@acorns.example", "Nell", "senco", "--setting", "Acorns").exit_code == 0
    assert posts(app, authority_id, "nell@acorns.example") == [("senco", None)]
    today = clock.london_day(clock.now())
    early = run("people", "end-post", "nell@acorns.example", "senco", "--on", today - timedelta(days=1))
    assert early.exit_code == 1 and "cannot be before the first" in early.output
    assert str(today) in run("people", "end-post", "nell@acorns.example", "senco").output
    assert posts(app, authority_id, "nell@acorns.example") == [("senco", today)]
    assert "Nobody with this address is senco" in run("people", "end-post", "nell@acorns.example", "senco").output


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("add", "a@b.example", "A", "senco"), "Name a setting that exists"),
        (("add", "a@b.example", "A", "manager", "--host", "nowhere.example"), "No authority answers"),
        (("close", "nobody@b.example", "staff"), "no open account"),
    ],
)
def test_what_cannot_be_done_to_people_is_said_in_a_sentence(run: Run, words: tuple[str, ...], said: str) -> None:
    result = run("people", *words)
    assert result.exit_code == 1 and said in result.output


def test_closing_an_account_ends_its_sessions_at_once(
    app: Coproduce, run: Run, somebody: Callable[..., Somebody], client_for: Callable[..., object]
) -> None:
    manager = somebody("staff", "manager")
    client = client_for(manager)
    assert client.get("/council/").status_code == 200  # type: ignore[attr-defined]
    with app.database.transaction(app.database.authority_of_host("localhost").id) as session:  # type: ignore[union-attr]
        email = session.scalars(select(Account.email).where(Account.id == manager.account_id)).one()
    assert run("people", "close", email, "staff").output == "Closed.\n"
    assert "/sign-in" in client.get("/council/").location  # type: ignore[attr-defined]


def test_l4_the_command_that_verifies_ends_badly_when_the_chain_was_changed(
    app: Coproduce, authority_id: uuid.UUID, fresh: tuple[str, str], run: Run
) -> None:
    with app.database.transaction(authority_id) as session:
        now = clock.now()
        for _ in range(2):
            audit.record(session, "note", SYSTEM, audit.Subject(), happened_on=now.date(), now=now)
    assert "2 acts, the chain holds" in run("audit", "verify").output
    with psycopg.connect(fresh[0]) as owner:
        owner.execute("alter table event disable trigger user")
        owner.execute("select set_config('app.authority', %s, false)", (str(authority_id),))
        owner.execute("update event set act = 'something_else' where seq = 1")
    assert run("audit", "verify").exit_code == 1
