"""What is kept for the caseworker, on every surface that shows a form: read by them, by nobody else at the council."""

import re
import uuid
from collections.abc import Callable
from datetime import timedelta
from html import unescape
from io import BytesIO
from typing import Any

import pytest
from sqlalchemy import select

from models.access import Cover
from models.cases import Case
from models.operations import ReadLog
from models.submissions import Submission
from tests.web.conftest import PageClient, Somebody
from tests.web.writing.conftest import Desk, acting, desk, parents_request, schools_request
from tests.web.writing.test_sending import fill, fill_school, send
from web.application import Coproduce
from workflow import clock
from workflow.access.policy import AS_MANAGER

__all__ = ["acting", "desk", "parents_request", "schools_request"]

SECRET = "He must not learn the address."
PAPER = "Dr Quiet"
STAFF = ("own", "cover", "another", "decider", "manager")
READS = {"own": True, "cover": True, "another": False, "decider": False, "manager": True}


@pytest.fixture
def staff(app: Coproduce, authority_id: uuid.UUID, somebody: Callable[..., Somebody]) -> dict[str, Somebody]:
    """A caseworker, who covers for them, another caseworker, a decider and a manager."""
    roles = {"decider": "decider", "manager": "manager"}
    people = {name: somebody("staff", roles.get(name, "caseworker")) for name in STAFF}
    with app.database.transaction(authority_id) as session:
        today = clock.london_day(clock.now())
        own, cover = people["own"].person_id, people["cover"].person_id
        session.add(
            Cover(
                caseworker_id=own, cover_id=cover, from_on=today - timedelta(days=1), until_on=today, arranged_by=own,
                arranged_at=clock.now(),
            )
        )  # fmt: skip
    return people


def paper(at: Desk, *, page: str = "fi") -> uuid.UUID:
    """A paper that is only for the caseworker, and its file."""
    fields = at.page(page)
    row = fields["fi[]"][0]
    cells = {f"fi[{row}].by": PAPER, f"fi[{row}].share": "caseworker"}
    at.post(page, {**fields, **cells, f"fi[{row}].file": (BytesIO(b"the order of the court"), "quiet.txt")})
    html = at.client.get(f"/forms/{at.form_id}/page/{page}").text
    return uuid.UUID(re.search(r"/files/([0-9a-f-]{36})", html)[1])  # type: ignore[index]


@pytest.fixture
def sent(parents_request: Desk, staff: dict[str, Somebody], app: Coproduce, authority_id: uuid.UUID) -> dict[str, str]:
    """A parent's request with a private note and a kept paper, sent and given to the caseworker: its addresses."""
    fill(parents_request)
    parents_request.write("sh_private", sh_private=SECRET)
    file = paper(parents_request)
    send(parents_request)
    with app.database.transaction(authority_id) as session:
        form = session.get_one(Submission, (authority_id, parents_request.form_id))
        assert form.case_id
        session.get_one(Case, (authority_id, form.case_id)).caseworker_id = staff["own"].person_id
        here = f"/forms/{form.id}"
        return {
            "check": f"{here}/check",
            "print": f"{here}/print",
            "papers": f"/council/cases/{form.case_id}/papers?left={form.id}",
            "file": f"/files/{file}",
        }


@pytest.mark.parametrize("name", STAFF)
def test_each_surface_shows_what_is_kept_to_the_same_people(
    sent: dict[str, str], staff: dict[str, Somebody], client_for: Callable[..., PageClient], name: str
) -> None:
    client = client_for(staff[name])
    for surface in ("check", "print", "papers"):
        html = unescape(client.get(sent[surface]).text)
        assert (SECRET in html, PAPER in html, "quiet.txt" in html) == (READS[name],) * 3, surface
        assert READS[name] or "Paper 1" not in html, surface
    assert (client.get(sent["file"]).status_code == 200) is READS[name]


def test_a_managers_reading_is_on_record_as_one_and_the_caseworkers_is_not(
    sent: dict[str, str], staff: dict[str, Somebody], client_for: Any, app: Coproduce, authority_id: uuid.UUID
) -> None:
    for name in ("own", "cover", "manager"):
        for address in sent.values():
            client_for(staff[name]).get(address)
    with app.database.transaction(authority_id) as session:
        rows = session.execute(select(ReadLog.person_id, ReadLog.what).where(ReadLog.what.endswith(AS_MANAGER))).all()
    assert {person for person, _ in rows} == {staff["manager"].person_id}
    assert sorted({what for _, what in rows}) == [f"file{AS_MANAGER}", f"form{AS_MANAGER}"]


def test_the_history_of_an_answer_is_kept_like_the_answer(
    schools_request: Desk, staff: dict[str, Somebody], client_for: Any, app: Coproduce, authority_id: uuid.UUID
) -> None:
    fill_school(schools_request)
    schools_request.write("request-told", rq_urgent=["custody"])
    send(schools_request)
    with app.database.transaction(authority_id) as session:
        form = session.get_one(Submission, (authority_id, schools_request.form_id))
        session.get_one(Case, (authority_id, form.case_id)).caseworker_id = staff["own"].person_id
    page = f"/forms/{schools_request.form_id}/history/rq_urgent"
    read = {name: "In custody" in client_for(staff[name]).get(page).text for name in STAFF}
    assert read == READS
