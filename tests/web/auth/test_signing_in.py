"""Signing in with a code: nothing is told, everything is bounded, no words are lost."""

import uuid
from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from models.access import Account, LoginCode, WebSession
from models.outbox import Message
from tests.web.conftest import PageClient, Somebody
from web.application import Coproduce
from workflow import signing_in

Clients = Callable[[Somebody | None], PageClient]


def _code(app: Coproduce, authority_id: uuid.UUID) -> str | None:
    with app.database.transaction(authority_id) as session:
        newest = session.scalars(
            select(Message).where(Message.template == "code").order_by(Message.created_at.desc())
        ).first()
        return newest.words["code"] if newest else None


def test_a5_the_page_says_the_same_whether_or_not_there_is_an_account(
    app: Coproduce, authority_id: uuid.UUID, somebody: Callable[..., Somebody], client_for: Clients
) -> None:
    known, unknown = client_for(None), client_for(None)
    first = known.submit("/sign-in", {"email": somebody("family").email}, follow_redirects=True)
    second = unknown.submit("/sign-in", {"email": "nobody@people.example"}, follow_redirects=True)
    assert first.status_code == second.status_code == 200
    assert len(first.text) == len(second.text)


def test_a2_the_right_code_signs_in_and_works_once(
    app: Coproduce, authority_id: uuid.UUID, somebody: Callable[..., Somebody], client_for: Clients
) -> None:
    parent, client = somebody("family"), client_for(None)
    client.submit("/sign-in", {"email": parent.email.upper()})
    code = _code(app, authority_id)
    assert client.submit("/sign-in/code", {"code": f" {code} "}).location == "/home"
    assert client.get("/home").status_code == 200
    other = client_for(None)
    assert other.submit("/sign-in/code", {"code": code}).status_code == 422


def test_a4_a_code_works_only_in_the_browser_that_asked(
    app: Coproduce, authority_id: uuid.UUID, somebody: Callable[..., Somebody], client_for: Clients
) -> None:
    client_for(None).submit("/sign-in", {"email": somebody("family").email})
    response = client_for(None).submit("/sign-in/code", {"code": _code(app, authority_id)})
    assert response.status_code == 422
    assert "is not right or has run out" in response.text


def test_a4_five_wrong_tries_kill_a_code(
    app: Coproduce, authority_id: uuid.UUID, somebody: Callable[..., Somebody], client_for: Clients
) -> None:
    client = client_for(None)
    client.submit("/sign-in", {"email": somebody("family").email})
    code = _code(app, authority_id) or ""
    wrong = "000000" if code != "000000" else "111111"
    for _ in range(5):
        assert client.submit("/sign-in/code", {"code": wrong}).status_code == 422
    assert client.submit("/sign-in/code", {"code": code}).status_code == 422


def test_a4_a_code_dies_after_ten_minutes(
    app: Coproduce, authority_id: uuid.UUID, somebody: Callable[..., Somebody], client_for: Clients
) -> None:
    client = client_for(None)
    client.submit("/sign-in", {"email": somebody("family").email})
    with app.database.transaction(authority_id) as session:
        session.execute(
            update(LoginCode).values(expires_at=LoginCode.expires_at - signing_in.LIFE - timedelta(seconds=1))
        )
    assert client.submit("/sign-in/code", {"code": _code(app, authority_id)}).status_code == 422


def test_a6_asking_too_often_is_refused_with_when_to_try_again(client_for: Clients) -> None:
    client = client_for(None)
    for _ in range(6):
        assert client.submit("/sign-in", {"email": "often@people.example"}).status_code == 302
    response = client.submit("/sign-in", {"email": "often@people.example"})
    assert response.status_code == 429
    assert int(response.headers["Retry-After"]) > 0


@pytest.mark.parametrize("typed", ["", "not an address", "two@@signs.invalid", "a@b\r\nBcc: c@d.invalid"])
def test_a_wrong_address_is_a_sentence_beside_the_field(typed: str, client_for: Clients) -> None:
    response = client_for(None).submit("/sign-in", {"email": typed})
    assert response.status_code == 422
    assert "Enter " in response.text
    assert 'href="#email"' in response.text


def test_a1_staff_are_never_sent_a_code(
    app: Coproduce, authority_id: uuid.UUID, somebody: Callable[..., Somebody], client_for: Clients
) -> None:
    worker = somebody("staff", "caseworker")
    for page in ("/sign-in", "/sign-in/professional"):
        client_for(None).submit(page, {"email": worker.email})
    assert _code(app, authority_id) is None


def test_s4_closing_an_account_ends_its_sessions_at_once(
    app: Coproduce, authority_id: uuid.UUID, somebody: Callable[..., Somebody], client_for: Clients
) -> None:
    parent = somebody("family")
    client = client_for(parent)
    assert client.get("/home").status_code == 200
    with app.database.transaction(authority_id) as session:
        session.get_one(Account, (authority_id, parent.account_id)).closed_at = session.scalars(
            select(WebSession.created_at)
        ).first()
    assert client.get("/home").status_code == 302


def test_s3_a_session_idles_out(
    app: Coproduce, authority_id: uuid.UUID, somebody: Callable[..., Somebody], client_for: Clients
) -> None:
    client = client_for(somebody("family"))
    with app.database.transaction(authority_id) as session:
        session.execute(update(WebSession).values(seen_at=WebSession.seen_at - timedelta(minutes=61)))
    assert client.get("/home").status_code == 302


def test_s7_signing_out_clears_the_browser_and_kills_the_token(
    somebody: Callable[..., Somebody], client_for: Clients
) -> None:
    parent = somebody("family")
    client = client_for(parent)
    response = client.submit("/sign-out", page="/home")
    assert "Clear-Site-Data" in response.headers
    assert client_for(parent).get("/home").status_code == 302


def test_asking_for_an_assessment_needs_no_account_and_keeps_the_place_once_an_address_is_proved(
    app: Coproduce, authority_id: uuid.UUID, client_for: Clients
) -> None:
    client = client_for(None)
    begun = client.submit("/ask", {"token": str(uuid.uuid4())})
    assert "/forms/" in (begun.location or "")
    client.submit("/keep", {"email": "new.parent@people.example"})
    assert client.submit("/sign-in/code", {"code": _code(app, authority_id)}).location == "/home"
    again = client_for(None)
    again.submit("/sign-in", {"email": "new.parent@people.example"})
    again.submit("/sign-in/code", {"code": _code(app, authority_id)})
    assert begun.location in again.get("/home").text


def test_a_link_in_a_mail_grants_nothing_and_leads_on_after_signing_in(
    app: Coproduce, authority_id: uuid.UUID, somebody: Callable[..., Somebody], client_for: Clients
) -> None:
    client = client_for(None)
    client.submit("/sign-in", {"email": somebody("family").email})
    with app.database.transaction(authority_id) as session:
        code = session.scalars(select(Message.link_code)).first()
    assert client_for(None).get(f"/go/{code}").location == "/sign-in/which"
    assert client_for(None).get("/go/not-a-code").status_code == 404
