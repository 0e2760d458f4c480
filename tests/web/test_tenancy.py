"""Two authorities on two host names: no route, task, count or error of one shows anything of the other."""

import uuid
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from sqlalchemy import select, text

from models import Base
from models.access import Account
from models.cases import Case, Notice, Process
from models.security import GLOBAL
from models.submissions import Submission
from tests.conftest import found_authority
from tests.web.conftest import SETTINGS, PageClient, Somebody
from web.application import Coproduce
from web.demo import seed
from workflow import clock, web_sessions

MARKS = ("Juniper", "Exampleton", "Wren", "Bramble Hill", "hartwell.example", "Hartwell NHS")


@pytest.fixture
def ours(app: Coproduce, authority_id: uuid.UUID, monkeypatch: pytest.MonkeyPatch) -> uuid.UUID:
    """The first authority, with invented people and cases of each kind."""
    monkeypatch.setattr(seed, "REQUESTS", [each for each in seed.REQUESTS if each.first in ("Juniper", "Wren", "Bo")])
    monkeypatch.setattr(seed, "PLANNED", seed.PLANNED[:3])
    with app.database.transaction(authority_id) as session:
        seed.seed(session, datetime(2026, 11, 20, 10, tzinfo=UTC))
    return authority_id


@pytest.fixture
def theirs(app: Coproduce, fresh: tuple[str, str]) -> uuid.UUID:
    """A second authority, on a host of its own."""
    return found_authority(fresh[0], "otherton", "127.0.0.1", **{**SETTINGS, "bodies": {}})


def _sign_in(app: Coproduce, authority: uuid.UUID, kind: str, host: str) -> PageClient:
    """A browser signed in at the second authority as somebody new there."""
    from models.access import Post
    from models.people import Person

    token = web_sessions.new_token()
    with app.database.transaction(authority) as session:
        person = Person(id=uuid.uuid4(), name="Other Person")
        account = Account(id=uuid.uuid4(), person_id=person.id, kind=kind, email=f"{kind}@otherton.invalid")
        session.add(person)
        session.flush()
        session.add(account)
        if kind == "staff":
            for role in ("caseworker", "decider", "manager"):
                session.add(Post(person_id=person.id, role=role, from_on=clock.now().date()))
        session.flush()
        web_sessions.save(session, token, {"kind": kind}, account.id, clock.now())
    app.test_client_class = PageClient
    client = app.test_client()
    client.set_cookie("session", token, domain=host)
    assert isinstance(client, PageClient)
    return client


def _their_ids(app: Coproduce, authority: uuid.UUID) -> list[uuid.UUID]:
    with app.database.transaction(authority) as session:
        return [
            session.scalars(select(table.id)).first() or uuid.uuid4()
            for table in (Submission, Case, Process, Notice, Account)
        ]


@pytest.mark.parametrize("kind", ["family", "professional", "staff"])
def test_t1_no_route_of_one_authority_shows_anything_of_another(
    app: Coproduce, ours: uuid.UUID, theirs: uuid.UUID, kind: str
) -> None:
    client = _sign_in(app, theirs, kind, "127.0.0.1")
    ids = _their_ids(app, ours)
    with app.test_request_context():
        rules = [rule for rule in app.url_map.iter_rules() if "GET" in (rule.methods or set())]
    for rule in rules:
        if rule.endpoint.startswith("demo.") or rule.endpoint in ("health.metrics", "health.ready"):
            continue
        for each in ids if rule.arguments else [uuid.uuid4()]:
            values = {name: each if name.endswith("_id") else "x" for name in rule.arguments}
            address = app.url_map.bind("127.0.0.1").build(rule.endpoint, values)
            response = client.get(str(address), base_url="http://127.0.0.1")
            assert not [mark for mark in MARKS if mark in response.text], rule.endpoint
            if rule.arguments and getattr(app.view_functions[rule.endpoint], "who_may", ()) != ("public",):
                assert response.status_code in (302, 404), rule.endpoint


def test_t1_a_session_of_one_authority_is_none_at_another(
    app: Coproduce, ours: uuid.UUID, theirs: uuid.UUID, somebody: Callable[..., Somebody]
) -> None:
    here = somebody("staff", "manager")
    client = app.test_client()
    for host in ("localhost", "127.0.0.1"):
        client.set_cookie("session", here.token, domain=host)
    assert client.get("/council/", base_url="http://localhost").status_code == 200
    assert client.get("/council/", base_url="http://127.0.0.1").status_code == 302


def test_t3_no_table_of_case_data_has_a_row_at_the_other_authority(
    app: Coproduce, ours: uuid.UUID, theirs: uuid.UUID
) -> None:
    with app.database.transaction(theirs) as session:
        for table in sorted(set(Base.metadata.tables) - GLOBAL):
            assert session.execute(text(f'select count(*) from "{table}"')).scalar_one() == 0, table


def test_t4_the_same_address_may_have_an_account_at_both_and_neither_is_told(
    app: Coproduce, ours: uuid.UUID, theirs: uuid.UUID
) -> None:
    from workflow import signing_in

    for authority in (ours, theirs):
        with app.database.transaction(authority) as session:
            account = signing_in.open_account(session, "Same", "same@example.invalid", "family", now=clock.now())
            assert account.authority_id == authority
