"""Notify's receipts: shown a token or refused, taken once, and anything unknown taken for nothing."""

import uuid
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select

from models.outbox import Message
from tasks.mailers.receipts import reference
from tests.workflow.outbox.builders import message
from web.application import Coproduce
from workflow import clock

TOKEN = "a token that only Notify was given 0123456789"
NUMBER = "740e5834-3a29-46b4-9a6f-16142fde533a"

Post = Callable[..., int]


@pytest.fixture
def taken(app: Coproduce, authority_id: uuid.UUID) -> uuid.UUID:
    """A message that Notify has."""
    app.extensions["settings"] = app.settings.model_copy(update={"notify_callback_token": _secret()})
    with app.database.transaction(authority_id) as session:
        made = message(session, now=clock.now(), importance="statutory")
        row = session.scalars(select(Message).where(Message.id == made)).one()
        row.state, row.carrier_id, row.accepted_at, row.ask_at = "accepted", NUMBER, clock.now(), clock.now()
    return made


def _secret() -> Any:
    from pydantic import SecretStr

    return SecretStr(TOKEN)


@pytest.fixture
def post(app: Coproduce, authority_id: uuid.UUID, taken: uuid.UUID) -> Post:
    """`post(status)`: a receipt about that message, as Notify posts it; what is answered."""

    def make(status: str = "delivered", *, token: str = TOKEN, host: str = "localhost", **changes: Any) -> int:
        body = {
            "id": NUMBER,
            "reference": reference(authority_id, taken),
            "to": "typed@example.org",
            "status": status,
            "created_at": "2026-11-23T12:00:00.000000Z",
            "completed_at": "2026-11-23T12:00:30.000000Z",
            "sent_at": "2026-11-23T12:00:05.000000Z",
            "notification_type": "email",
            "template_id": str(uuid.UUID(int=1)),
            "template_version": 1,
        }
        headers = {"Authorization": f"Bearer {token}", "Host": host}
        return app.test_client().post("/receipts/notify", json={**body, **changes}, headers=headers).status_code

    return make


def state(app: Coproduce, authority_id: uuid.UUID) -> str:
    with app.database.transaction(authority_id) as session:
        return session.scalars(select(Message.state)).one()


@pytest.mark.parametrize(
    ("status", "becomes"),
    [
        ("sending", "accepted"),
        ("delivered", "delivered"),
        ("permanent-failure", "bounced"),
        ("temporary-failure", "bounced"),
        ("technical-failure", "queued"),
    ],
)
def test_r20_each_status_is_written_down_once(
    app: Coproduce, authority_id: uuid.UUID, post: Post, status: str, becomes: str
) -> None:
    assert [post(status) for _ in range(2)] == [204, 204]
    assert state(app, authority_id) == becomes


@pytest.mark.parametrize("token", ["", "wrong", TOKEN[:-1], TOKEN + "x", "Bearer", "tökén"])
def test_who_does_not_show_the_token_is_refused(
    app: Coproduce, authority_id: uuid.UUID, post: Post, token: str
) -> None:
    assert post(token=token) == 401
    assert state(app, authority_id) == "accepted"


def test_without_a_token_set_there_is_no_such_address(app: Coproduce, post: Post) -> None:
    app.extensions["settings"] = app.settings.model_copy(update={"notify_callback_token": None})
    assert post() == 404


@pytest.mark.parametrize(
    "changes",
    [
        {"reference": None},
        {"reference": "somebody else's"},
        {"reference": f"{uuid.UUID(int=1)}.{uuid.UUID(int=2)}"},
        {"reference": f"{uuid.UUID(int=1)}.\0"},
        {"id": "another"},
        {"id": None},
        {"status": None},
        {"status": ["delivered"]},
    ],
)
def test_what_is_not_ours_is_taken_and_ignored(
    app: Coproduce, authority_id: uuid.UUID, post: Post, changes: dict[str, Any]
) -> None:
    assert post(**changes) == 204
    assert state(app, authority_id) == "accepted"


@pytest.mark.parametrize("body", [b"", b"[]", b"{", b"\xff", b'"delivered"'])
def test_what_is_no_receipt_is_refused(app: Coproduce, taken: uuid.UUID, body: bytes) -> None:
    headers = {"Authorization": f"Bearer {TOKEN}", "Content-Type": "application/json"}
    assert app.test_client().post("/receipts/notify", data=body, headers=headers).status_code == 400


def test_what_is_far_too_large_is_not_read(app: Coproduce, post: Post) -> None:
    assert post(padding="x" * 20_000) in (400, 413)


def test_a_receipt_needs_no_cookie_and_leaves_none(app: Coproduce, taken: uuid.UUID) -> None:
    headers = {"Authorization": f"Bearer {TOKEN}"}
    answer = app.test_client().post("/receipts/notify", json={}, headers=headers)
    assert (answer.status_code, answer.headers.getlist("Set-Cookie")) == (204, [])


def test_z17_nothing_of_a_receipt_reaches_a_log(
    post: Post, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    post("permanent-failure")
    seen = "".join((caplog.text, *capfd.readouterr()))
    assert "typed@" not in seen
    assert TOKEN not in seen
