"""Bringing in plans: a file is looked at, confirmed, and brought in once."""

import io
import re
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from models.cases import ImportBatch, Plan
from models.outbox import Message
from tests.web.conftest import PageClient
from tests.web.council.conftest import Office
from workflow.cases import plans_import

HEAD = ",".join(plans_import.COLUMNS)
GOOD = f"{HEAD}\nZoë,O’Neill,2014-03-05,,2025-09-01,,\nBad,Row,never,,2025-09-01,,\n"


def upload(client: PageClient, content: bytes, name: str = "plans.csv") -> Any:
    sent = {"file": (io.BytesIO(content), name)}
    return client.submit("/council/plans", sent, content_type="multipart/form-data")


def plans(office: Office) -> int:
    with office.look() as session:
        return session.scalars(select(func.count()).select_from(Plan)).one()


def test_a_file_is_shown_before_anything_is_changed(office: Office) -> None:
    client = office.as_("manager")
    preview = client.get(upload(client, GOOD.encode()).location).text
    assert "O’Neill" in preview and "The birth date is not a date" in preview and "Bring in 1 plan" in preview
    assert plans(office) == 0


def test_confirming_twice_brings_it_in_once_and_mails_nobody(office: Office) -> None:
    client = office.as_("caseworker")
    page = upload(client, GOOD.encode()).location
    token = client.token(page)
    for _ in range(2):
        done = client.post(page, data={"csrf_token": token}, follow_redirects=True)
    assert "Plans brought in" in done.text
    with office.look() as session:
        assert plans(office) == 1
        assert session.scalars(select(Message)).first() is None
        assert session.scalars(select(ImportBatch.content)).one() is None


def test_the_same_file_again_has_nothing_new(office: Office) -> None:
    client = office.as_("manager")
    page = upload(client, GOOD.encode()).location
    client.submit(page)
    again = client.get(upload(client, GOOD.encode("utf-8-sig")).location).text
    assert "There is nothing new to bring in" in again and "Plans here already" in again


@pytest.mark.parametrize(
    ("content", "says"),
    [(b"", "lacks"), (b"\x00\x01PK", "cannot be read"), (b"a,b\n1,2\n", "lacks"), (b"x" * 10_485_761, "larger than")],
)
def test_what_is_no_file_of_plans_is_refused_with_a_sentence(office: Office, content: bytes, says: str) -> None:
    answer = upload(office.as_("manager"), content)
    assert answer.status_code == 422 and says in answer.text


def test_no_file_at_all_is_asked_for(office: Office) -> None:
    answer = office.as_("manager").submit("/council/plans", {}, content_type="multipart/form-data")
    assert answer.status_code == 422 and "Choose a CSV file" in answer.text


def test_a_name_that_looks_like_a_formula_or_markup_is_shown_as_it_is(office: Office) -> None:
    client = office.as_("manager")
    content = f'{HEAD}\n"=cmd|x","<script>alert(1)</script>",2014-03-05,,2025-09-01,,\n'
    preview = client.get(upload(client, content.encode()).location).text
    assert "<script>alert(1)" not in preview and "=cmd|x" in preview


def test_the_file_to_start_from_can_be_brought_in(office: Office) -> None:
    client = office.as_("manager")
    template = client.get("/council/plans/template.csv")
    assert template.headers["Content-Disposition"] == "attachment; filename=plans.csv"
    assert "Bring in 1 plan" in client.get(upload(client, template.data).location).text


def test_the_command_says_what_it_would_do_and_does_it_only_when_told(office: Office, tmp_path: Path) -> None:
    file = tmp_path / "plans.csv"
    file.write_text(GOOD, encoding="utf-8-sig")
    run = office.app.test_cli_runner().invoke
    first = run(args=["import", "plans", str(file)])
    assert first.exit_code == 0 and "Would bring in 1" in first.output
    assert re.search(r"Line 3: The birth date", first.output)
    assert plans(office) == 0
    run(args=["import", "plans", str(file), "--authority", "hartwell", "--apply"])
    again = run(args=["import", "plans", str(file), "--apply"])
    assert plans(office) == 1 and "Here already: 1" in again.output


def test_the_command_ends_with_one_sentence_for_a_bad_file_or_authority(office: Office, tmp_path: Path) -> None:
    file = tmp_path / "plans.csv"
    file.write_text("nothing,useful\n1,2\n")
    run = office.app.test_cli_runner().invoke
    assert run(args=["import", "plans", str(file)]).exit_code != 0
    wrong = run(args=["import", "plans", str(file), "--authority", "nowhere"])
    assert wrong.exit_code != 0 and "Name the authority" in wrong.output
