"""Every failure is a page that says what to do, and tells the logs nothing that somebody typed."""

from collections.abc import Callable

import pytest
from sqlalchemy.exc import OperationalError

from tests.web.conftest import PageClient, Somebody
from web.application import Coproduce
from web.who import no_database, who
from workflow.errors import AlreadyDone, NotFound, NotPermitted, Refused, TooMany

Clients = Callable[[Somebody | None], PageClient]
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
        own_app.add_url_rule(f"/fail/{name}", f"fail_{name}", view(error))
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
