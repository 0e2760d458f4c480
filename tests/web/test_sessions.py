"""The browser's session is read in the request's own transaction, and never lost to a failure on the way."""

import uuid
from collections.abc import Callable

import pytest
from sqlalchemy import event, select
from sqlalchemy.exc import OperationalError

from models.access import WebSession
from tests.web.conftest import PageClient, Somebody
from web.application import Coproduce

People = Callable[..., Somebody]
Clients = Callable[..., PageClient]


def test_a_page_takes_one_transaction(
    app: Coproduce, somebody: People, client_for: Clients, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("models.database.HOSTS_KNOWN_FOR", 3600.0)
    client = client_for(somebody("family"))
    client.get("/home")
    begun: list[object] = []

    def count(connection: object) -> None:
        begun.append(connection)

    event.listen(app.database.engine, "begin", count)
    client.get("/home")
    event.remove(app.database.engine, "begin", count)
    assert len(begun) == 1


@pytest.mark.parametrize("path", ["/home", "/"])
def test_a_database_that_is_away_for_a_moment_signs_nobody_out(
    app: Coproduce,
    authority_id: uuid.UUID,
    somebody: People,
    client_for: Clients,
    monkeypatch: pytest.MonkeyPatch,
    path: str,
) -> None:
    """The page that says so has a token of its own in its session, which could be written: the reader's is not."""
    who = somebody("family")
    client = client_for(who)

    def gone(*_: object) -> None:
        raise OperationalError("select", {}, Exception("gone"))

    with monkeypatch.context() as away:
        away.setattr("web.sessions.signed_in.find", gone)
        app.testing = False
        assert client.get(path).status_code == 503
    with app.database.transaction(authority_id) as session:
        (kept,) = session.scalars(select(WebSession)).all()
        assert (kept.account_id, kept.data) == (who.account_id, {"kind": "family"})
    assert client.get("/home").status_code == 200


def test_a_token_that_is_no_session_is_forgotten(client_for: Clients) -> None:
    client = client_for(None)
    client.set_cookie("session", "made-up", domain="localhost")
    client.get("/sign-in")
    cookie = client.get_cookie("session", domain="localhost")
    assert cookie is not None and cookie.value != "made-up"


def test_a_page_too_big_to_read_is_refused_with_a_page(app: Coproduce, client_for: Clients, somebody: People) -> None:
    client = client_for(somebody("family"))
    app.config["MAX_CONTENT_LENGTH"] = 1000
    response = client.post("/home", data={"note": "x" * 2000})
    assert response.status_code == 413 and "nonce-" in response.headers["Content-Security-Policy"]
