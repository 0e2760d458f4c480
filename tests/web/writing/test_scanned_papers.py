"""Files and a real virus scanner: refused, waiting while it is away, and told in plain words to whoever added them."""

import uuid
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select, update

from models.files import Attachment
from models.operations import DueHint
from models.outbox import Message
from tests.web.conftest import PageClient, Somebody
from tests.web.writing.conftest import Desk
from tests.web.writing.test_papers import add, pdf, stored
from tests.web.writing.test_sending import fill_school, send
from tests.workflow.files.daemon import EICAR, Daemon, clamd
from web.application import Coproduce
from workflow import clock
from workflow.files import rechecking
from workflow.files.rechecking import Checks
from workflow.files.scanning import Clamd, NotScanned, Scanner
from workflow.outbox.hints import FILES

AWAY = Clamd("tcp://127.0.0.1:1")
CHECKING = "We are still checking this file."
STOPPED = "Our virus checker stopped it."


@pytest.fixture
def daemon(tmp_path: Path) -> Iterator[Daemon]:
    folder = tmp_path / "clamd"
    folder.mkdir()
    with clamd(folder) as running:
        yield running


@pytest.fixture
def use(app: Coproduce) -> Iterator[Callable[[Scanner], None]]:
    """Give the application a scanner."""
    yield lambda scanner: app.extensions.update(scanner=scanner)
    app.extensions["scanner"] = None


@pytest.fixture
def check(app: Coproduce, authority_id: uuid.UUID) -> Callable[..., dict[str, int]]:
    """Have the waiting files asked about, some minutes later."""

    def run(scanner: Scanner, minutes: float = 0) -> dict[str, int]:
        now = clock.now() + timedelta(minutes=minutes)
        return rechecking.check(Checks(app.database, scanner, app.extensions["blobs"], now))

    return run


def kept_bytes(app: Coproduce) -> int:
    return sum(each.is_file() for each in app.extensions["blobs"].root.rglob("*"))


def hinted(app: Coproduce) -> list[datetime]:
    with app.database.transaction(None) as session:
        return list(session.scalars(select(DueHint.due_at).where(DueHint.queue == FILES)))


def test_a_harmful_file_is_refused_at_once_in_plain_words(
    schools_request: Desk, app: Coproduce, authority_id: uuid.UUID, daemon: Daemon, use: Any
) -> None:
    use(daemon.scanner)
    response = add(schools_request, ("notes.txt", EICAR), rq_why_now="Typed at length.")
    assert response.status_code == 422
    assert "notes" in response.text and STOPPED in response.text and "Typed at length." in response.text
    assert [(each.state, each.sha256) for each in stored(app, authority_id)] == [("rejected", "")]
    assert kept_bytes(app) == 0


def test_a_clean_file_is_there_at_once(
    schools_request: Desk, app: Coproduce, authority_id: uuid.UUID, daemon: Daemon, use: Any
) -> None:
    use(daemon.scanner)
    add(schools_request, ("report.pdf", pdf()))
    file = stored(app, authority_id)[0]
    assert file.state == "clean" and file.scanned_at is not None and not hinted(app)
    assert schools_request.client.get(f"/files/{file.id}").status_code == 200


def test_with_the_scanner_away_a_file_waits_and_only_who_added_it_is_told(
    schools_request: Desk,
    app: Coproduce,
    authority_id: uuid.UUID,
    school: uuid.UUID,
    somebody: Callable[..., Somebody],
    desk: Callable[..., Desk],
    use: Any,
) -> None:
    use(AWAY)
    assert add(schools_request, ("report.pdf", pdf())).status_code == 302
    file = stored(app, authority_id)[0]
    page = schools_request.client.get(f"/forms/{schools_request.form_id}/page/request").text
    assert file.state == "scanning" and "report.pdf" in page and CHECKING in page and str(file.id) + '"' in page
    assert f"/files/{file.id}" not in page
    assert schools_request.client.get(f"/files/{file.id}").status_code == 404
    other = desk(somebody("professional", "senco", school), schools_request.form_id)
    for where in ("page/request", "check", "print"):
        assert "report.pdf" not in other.client.get(f"/forms/{schools_request.form_id}/{where}").text
    check_page = schools_request.client.get(f"/forms/{schools_request.form_id}/check").text
    assert "report.pdf" in check_page and CHECKING in check_page


def test_what_another_saves_beside_a_waiting_file_loses_nothing(
    schools_request: Desk, app: Coproduce, authority_id: uuid.UUID, school: uuid.UUID, somebody: Any, desk: Any,
    values: Any, use: Any,
) -> None:  # fmt: skip
    use(AWAY)
    add(schools_request, ("one.pdf", pdf()))
    other = desk(somebody("professional", "senco", school), schools_request.form_id)
    assert add(other, ("two.pdf", pdf()), rq_why_now="Words.").status_code == 302
    assert [each["name"] for each in values(schools_request)["request__paper"]] == ["one.pdf", "two.pdf"]


def test_waiting_files_are_asked_about_until_the_scanner_has_said(
    schools_request: Desk, app: Coproduce, authority_id: uuid.UUID, daemon: Daemon, use: Any, check: Any
) -> None:
    use(daemon.scanner)
    daemon.kill()
    add(schools_request, ("good.pdf", pdf()))
    add(schools_request, ("bad.txt", EICAR))
    good, bad = stored(app, authority_id)
    assert [good.state, bad.state] == ["scanning", "scanning"]
    assert check(daemon.scanner) == {"away": 1}
    assert check(daemon.scanner) == {}, "it is asked again in a minute, not at once"
    assert check(daemon.scanner, 1.1) == {"away": 1}
    daemon.start()
    assert check(daemon.scanner, 3) == {"clean": 1, "rejected": 1}
    assert schools_request.client.get(f"/files/{good.id}").status_code == 200
    page = schools_request.client.get(f"/forms/{schools_request.form_id}/page/request").text
    assert STOPPED in page and CHECKING not in page
    assert schools_request.client.get(f"/files/{bad.id}").status_code == 404
    assert kept_bytes(app) == 1
    assert check(daemon.scanner, 60) == {} and check(daemon.scanner, 120) == {} and not hinted(app)


def test_whoever_added_files_that_are_refused_later_is_told_once_and_the_mail_names_nothing(
    schools_request: Desk, app: Coproduce, authority_id: uuid.UUID, daemon: Daemon, use: Any, check: Any
) -> None:
    use(AWAY)
    for name in ("bad.txt", "worse.txt", "good.pdf"):
        add(schools_request, (name, pdf() if name == "good.pdf" else EICAR))
    assert check(daemon.scanner) == {"clean": 1, "rejected": 2}
    with app.database.transaction(authority_id) as session:
        told = session.scalars(select(Message).where(Message.template == "file_refused")).one()
        assert (told.person_id, told.words) == (schools_request.who.person_id, {})
        assert told.link_to == f"submission:{schools_request.form_id}"


class Dying:
    """A scanner that is killed while it reads."""

    def __init__(self, daemon: Daemon) -> None:
        self.daemon, self.tried = daemon, 0

    def answers(self) -> bool:
        return self.daemon.scanner.answers()

    def found_in(self, data: bytes, seconds: float = 10) -> str | None:
        self.tried += 1
        if self.tried == 1:
            self.daemon.kill()
            raise NotScanned("it hung up")
        return self.daemon.scanner.found_in(data, seconds)


def test_a_scanner_killed_in_the_middle_loses_nothing(
    schools_request: Desk, app: Coproduce, authority_id: uuid.UUID, daemon: Daemon, use: Any, check: Any
) -> None:
    use(AWAY)
    for name in ("one.pdf", "two.pdf"):
        add(schools_request, (name, pdf()))
    assert check(Dying(daemon)) == {"scanning": 1, "away": 1}
    daemon.start()
    assert check(daemon.scanner, 2) == {"clean": 2}
    assert {each.state for each in stored(app, authority_id)} == {"clean"}


class Silent:
    """A scanner that never says anything of one file."""

    def __init__(self, about: bytes) -> None:
        self.about = about

    def answers(self) -> bool:
        return True

    def found_in(self, data: bytes, seconds: float = 10) -> str | None:
        if data == self.about:
            raise NotScanned("TimeoutError")
        return None


def test_a_file_that_is_never_answered_keeps_no_other_waiting(
    schools_request: Desk,
    app: Coproduce,
    authority_id: uuid.UUID,
    use: Any,
    check: Any,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(rechecking, "AT_ONCE", 1)
    use(AWAY)
    for words in (b"The first.", b"The second."):
        add(schools_request, ("words.txt", words))
    counts = [check(Silent(b"The first."), minutes) for minutes in (0, 0.01, 0.02)]
    assert counts[:2] == [{"scanning": 1}, {"clean": 1}]
    assert [each.state for each in stored(app, authority_id)] == ["scanning", "clean"]


def test_a_form_is_sent_while_its_file_waits_and_the_council_sees_it_once_it_is_clean(
    schools_request: Desk, app: Coproduce, authority_id: uuid.UUID, daemon: Daemon, use: Any, check: Any,
    somebody: Callable[..., Somebody], client_for: Callable[..., PageClient],
) -> None:  # fmt: skip
    use(AWAY)
    fill_school(schools_request)
    add(schools_request, ("letter.pdf", pdf()))
    assert "/sent" in send(schools_request).location
    worker = client_for(somebody("staff", "caseworker"))
    check_page = f"/forms/{schools_request.form_id}/check"
    assert "letter.pdf" not in worker.get(check_page).text
    assert CHECKING in schools_request.client.get(check_page).text
    check(daemon.scanner)
    assert "letter.pdf" in worker.get(check_page).text
    assert worker.get(f"/files/{stored(app, authority_id)[0].id}").status_code == 200


def test_new_files_are_looked_at_again_and_those_from_before_there_was_a_scanner(
    schools_request: Desk, app: Coproduce, authority_id: uuid.UUID, daemon: Daemon, check: Any
) -> None:
    for name, data in (("new.txt", EICAR), ("old.txt", EICAR + b" ")):
        add(schools_request, (name, data))
    long_ago = clock.now() - timedelta(days=40)
    with app.database.transaction(authority_id) as session:
        old = Attachment.id == stored(app, authority_id)[1].id
        session.execute(update(Attachment).where(old).values(added_at=long_ago, scanned_at=long_ago))
    rechecking.look_again(app.database, clock.now())
    assert check(daemon.scanner) == {"rejected": 1}
    assert sorted(each.state for each in stored(app, authority_id)) == ["clean", "rejected"]


def test_a_file_whose_form_was_deleted_meanwhile_is_let_be(
    schools_request: Desk, app: Coproduce, authority_id: uuid.UUID, use: Any, check: Any
) -> None:
    use(AWAY)
    add(schools_request, ("report.pdf", pdf()))

    class Deleting(Silent):
        def found_in(self, data: bytes, seconds: float = 10) -> str | None:
            with app.database.transaction(authority_id) as session:
                for file in session.scalars(select(Attachment)):
                    session.delete(file)
            return None

    assert check(Deleting(b"")) == {"gone": 1}


def test_bytes_that_are_gone_end_the_waiting_with_a_sentence(
    schools_request: Desk, app: Coproduce, authority_id: uuid.UUID, use: Any, check: Any
) -> None:
    use(AWAY)
    add(schools_request, ("report.pdf", pdf()))
    app.extensions["blobs"].remove(stored(app, authority_id)[0].blob)
    assert check(Silent(b"")) == {"rejected": 1}
    assert "Add it again." in schools_request.client.get(f"/forms/{schools_request.form_id}/page/request").text


def test_one_authoritys_waiting_files_cost_the_others_nothing(app: Coproduce, check: Any) -> None:
    with app.database.transaction(None) as session:
        assert session.scalars(select(func.count()).select_from(DueHint).where(DueHint.queue == FILES)).one() == 0
    assert check(AWAY) == {}, "without a hint no authority is entered and no scanner asked"


def test_health_names_a_scanner_that_is_away_where_there_is_one(
    app: Coproduce, client_for: Any, use: Any, tmp_path: Path
) -> None:
    app.config["DATA_DIR"] = str(tmp_path)
    client = client_for(None)
    assert "scanner" not in client.get("/health/ready").json
    use(AWAY)
    assert client.get("/health/ready").json["scanner"].startswith("The virus scanner does not answer")
    assert client.get("/health/live").status_code == 200
