"""Every failure is a page that says what to do, and tells the logs nothing that somebody typed."""

import base64
import re
import uuid
from collections.abc import Callable
from html import unescape

import pytest
from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from models.access import KeptText
from models.database import Database
from tests.conftest import MASTER_KEY
from tests.web.conftest import PageClient, Somebody, check_page
from tests.web.writing.conftest import fields_of
from web.application import Coproduce
from web.who import no_database, who
from workflow import clock
from workflow.access.actor import actor_for
from workflow.coproduction import submissions
from workflow.errors import AlreadyDone, NotFound, NotPermitted, Refused, TooMany

Clients = Callable[[Somebody | None], PageClient]
People = Callable[..., Somebody]
Page = tuple[PageClient, str, dict[str, list[str]]]
PLANTED = "planted-mark Juniper"


@pytest.fixture
def failing(own_app: Coproduce) -> Coproduce:
    """The application with a page for each way to fail."""
    failures: dict[str, Exception] = {
        "unexpected": RuntimeError(PLANTED),
        "refused": Refused("Say the date."),
        "not-found": NotFound(),
        "not-permitted": NotPermitted("No."),
        "already": AlreadyDone("Somebody was first."),
        "too-many": TooMany("Wait.", 60),
        "database": OperationalError("select 1", {}, Exception(PLANTED)),
    }

    def view(error: Exception) -> Callable[[], str]:
        @who("public")
        @no_database
        def fail() -> str:
            raise error

        return fail

    for name, error in failures.items():
        own_app.add_url_rule(f"/fail/{name}", f"fail_{name}", view(error), methods=["GET", "POST"])
    own_app.testing = False
    return own_app


@pytest.mark.parametrize(
    "name, status",
    [
        ("unexpected", 500),
        ("refused", 422),
        ("not-found", 404),
        ("not-permitted", 404),
        ("already", 409),
        ("too-many", 429),
        ("database", 503),
    ],
)
def test_each_failure_has_its_page(failing: Coproduce, name: str, status: int) -> None:
    response = failing.test_client().get(f"/fail/{name}")
    assert response.status_code == status
    assert response.text.count("<h1") == 1
    assert "Traceback" not in response.text


def test_l1_no_message_of_an_error_reaches_the_logs_or_the_page(
    failing: Coproduce, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("unexpected", "database"):
        assert PLANTED not in failing.test_client().get(f"/fail/{name}").text
    written = capsys.readouterr()
    assert '"event": "unexpected"' in written.err
    assert PLANTED not in written.err + written.out


def test_the_script_gets_its_errors_as_json(failing: Coproduce) -> None:
    response = failing.test_client().get("/fail/refused", headers={"Accept": "application/json"})
    assert response.json == {"message": "Say the date."}


def test_what_is_not_there_gets_help(client_for: Clients) -> None:
    response = client_for(None).get("/no-such-page")
    assert response.status_code == 404
    assert "What you can do" in response.text


def test_a_link_that_is_somebody_elses_tells_the_signed_in_what_to_do(
    client_for: Clients, somebody: Callable[..., Somebody]
) -> None:
    text = client_for(somebody("family")).get(f"/forms/{uuid.uuid4()}").text
    assert "the email went to another address than the one you are signed in with" in text
    assert 'href="/home">Go to your own page' in text and "Sign out, then use another address" in text
    assert 'href="/sign-in">Sign in' not in text


# What was typed is given back (W8)

WORDS = 'She likes <b>bees</b>,\nand "long" words. أحبّ'
HIDDEN = {
    "person": "9f8b7c6d-0000-4000-8000-123456789abc",
    "save": "9f8b7c6d-0000-4000-8000-cba987654321",
    "was:pq_who": "0123456789abcdef",
    "version:pq_who": "3",
    "choice": "not_sure",
    "born-day": "12",
    "token": "IjAxMjM0NTY3ODlhYmNkZWYwMTIzNDU2Nzg5YWJjZGVmIg.aBcDeF.x-YzAbCdEfGhIjKlMnOpQrStUvW",
}


def boxes(html: str) -> list[str]:
    """The texts in the boxes to copy from, as a browser shows them."""
    return [unescape(each) for each in re.findall(r"<textarea[^>]* readonly>\n(.*?)</textarea>", html, re.DOTALL)]


def lose(app: Coproduce) -> None:
    """Take the database away: nothing listens where the application now looks for it."""
    nowhere = "postgresql+psycopg://nobody@127.0.0.1:1/nothing"
    app.extensions["database"] = Database(nowhere, base64.urlsafe_b64decode(MASTER_KEY))
    app.testing = False


@pytest.fixture
def parents_page(app: Coproduce, authority_id: uuid.UUID, somebody: People, client_for: Clients) -> Page:
    """A parent's browser, a page of answers in it, and its fields with words typed into one."""
    who = somebody("family")
    with app.database.transaction(authority_id) as session:
        actor = actor_for(session, who.account_id, clock.london_day(clock.now()))
        assert actor is not None
        form = submissions.begin(
            session, actor, "ehcna-req-parent", create_token=uuid.uuid4(), now=clock.now(), facts={"role": "parent"}
        )
    client, path = client_for(who), f"/forms/{form.id}/page/pq_who"
    return client, path, {**fields_of(client.get(path).text), "pq_who": [WORDS]}


def test_w8_an_answer_posted_while_the_database_is_gone_comes_back_word_for_word(
    app: Coproduce, parents_page: Page
) -> None:
    client, path, fields = parents_page
    lose(app)
    response = client.post(path, data=fields)
    assert response.status_code == 503
    assert boxes(response.text) == [WORDS]
    assert "<b>bees" not in response.text


def test_r18_without_a_database_every_page_says_so_with_503(app: Coproduce, parents_page: Page) -> None:
    client, path, _ = parents_page
    lose(app)
    response = client.get(path)
    assert response.status_code == 503
    assert "The service is resting for a moment" in response.text
    check_page(response.text)
    assert "nonce-" in response.headers["Content-Security-Policy"]


def test_r18_a_database_that_goes_in_the_middle_of_a_request_is_a_503_too(
    app: Coproduce, parents_page: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    client, path, fields = parents_page
    app.testing = False

    def gone(*_: object, **__: object) -> None:
        raise OperationalError("update", {}, Exception(PLANTED))

    monkeypatch.setattr("web.sessions.signed_in.find", gone)
    monkeypatch.setattr("web.sessions.web_sessions.save", gone)
    response = client.post(path, data=fields)
    assert (response.status_code, boxes(response.text)) == (503, [WORDS])


def test_r18_a_session_that_cannot_be_written_is_a_503_and_no_log_says_what_was_in_it(
    app: Coproduce, parents_page: Page, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    client, _, _ = parents_page
    app.testing = False

    def gone(*_: object, **__: object) -> None:
        raise OperationalError("update", {}, Exception(PLANTED))

    monkeypatch.setattr("web.sessions.web_sessions.save", gone)
    monkeypatch.setattr("web.sessions.SEEN_EVERY", -1)
    assert client.get("/").status_code == 503
    assert PLANTED not in caplog.text


def test_w8_a_page_made_for_somebody_else_gives_the_words_back_with_409(parents_page: Page) -> None:
    client, path, fields = parents_page
    response = client.post(path, data={**fields, "person": str(uuid.uuid4())})
    assert (response.status_code, boxes(response.text)) == (409, [WORDS])


@pytest.mark.parametrize(
    ("name", "status"),
    [("unexpected", 500), ("refused", 422), ("already", 409), ("too-many", 429), ("not-found", 404), ("database", 503)],
)
def test_w8_every_failure_of_a_post_gives_back_what_was_typed_and_nothing_else(
    failing: Coproduce, name: str, status: int
) -> None:
    failing.config["WTF_CSRF_ENABLED"] = False
    typed = {"note": WORDS, "name": "Juniper", "link": "https://example.org/a"}
    response = failing.test_client().post(f"/fail/{name}", data={**HIDDEN, **typed})
    assert response.status_code == status
    assert boxes(response.text) == list(typed.values())
    check_page(response.text)


def test_the_same_words_are_given_back_once_and_a_single_text_is_not_numbered(failing: Coproduce) -> None:
    failing.config["WTF_CSRF_ENABLED"] = False
    response = failing.test_client().post("/fail/already", data={"note": WORDS, "again-note": WORDS})
    assert boxes(response.text) == [WORDS]
    assert ">What you typed</label>" in response.text


def test_w8_a_text_is_never_cut_and_what_is_given_back_has_an_end(failing: Coproduce) -> None:
    failing.config["WTF_CSRF_ENABLED"] = False
    longest = "Word " * 10_000
    found = boxes(
        failing.test_client()
        .post("/fail/already", data={f"q{n}": f"{n} {longest}" for n in range(12)} | {"last": "A short one."})
        .text
    )
    assert found[0] == f"0 {longest}"
    assert (len(found), found[-1]) == (10, "A short one.")


@pytest.mark.parametrize("field", ["code", "pin", "again", "password", "csrf_token"])
def test_a4_codes_pins_and_tokens_are_never_given_back(failing: Coproduce, field: str) -> None:
    failing.config["WTF_CSRF_ENABLED"] = False
    secret = "Secret 402 913"
    response = failing.test_client().post("/fail/already", data={field: secret})
    assert secret not in response.text and boxes(response.text) == []


@pytest.mark.parametrize(
    "path", ["/sign-in/code", "/sign-in", "/invitations/9f8b7c6d-0000-4000-8000-123456789abc/accept"]
)
def test_a4_a_page_of_signing_in_gives_nothing_back_when_the_database_is_gone(
    app: Coproduce, client_for: Clients, path: str
) -> None:
    client = client_for(None)
    lose(app)
    response = client.post(path, data={"code": "402 913", "words": "Amber otter window", "email": "Pat@x.example"})
    assert response.status_code == 503
    assert boxes(response.text) == []
    assert not [each for each in ("402 913", "Amber otter", "Pat@x") if each in response.text]


def test_w1_a_form_of_another_site_gets_none_of_its_words_shown(failing: Coproduce) -> None:
    response = failing.test_client().post(
        "/fail/already", data={"note": WORDS}, headers={"Origin": "https://elsewhere.example"}
    )
    assert (response.status_code, boxes(response.text)) == (403, [])


def test_a_page_that_does_not_exist_repeats_nothing(failing: Coproduce) -> None:
    response = failing.test_client().post("/no-such-page", data={"note": WORDS})
    assert (response.status_code, boxes(response.text)) == (404, [])


def test_the_script_keeps_its_own_words_and_gets_json(failing: Coproduce) -> None:
    failing.config["WTF_CSRF_ENABLED"] = False
    response = failing.test_client().post("/fail/already", json={"note": WORDS})
    assert response.json == {"message": "Somebody was first."}


def test_a4_a_secret_typed_after_a_session_had_ended_is_not_kept(app: Coproduce, authority_id: uuid.UUID) -> None:
    client = app.test_client()
    client.post("/invitations/9f8b7c6d-0000-4000-8000-123456789abc/accept", data={"words": "amber otter window"})
    with app.database.transaction(authority_id) as session:
        assert [row.fields for row in session.scalars(select(KeptText))] == [[]]
