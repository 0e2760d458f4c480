"""Marks in every field of a form, and a search of everything that somebody can reach."""

import re
import subprocess
import uuid
from collections import deque
from collections.abc import Callable
from html import unescape
from typing import Any

import pytest
from sqlalchemy import select

from forms.definition import Form, Question
from models.submissions import Answer, Contribution, Submission
from tests.web.conftest import PageClient, Somebody
from workflow import clock
from workflow.access.actor import actor_for
from workflow.access.relation import relation
from workflow.coproduction import submissions, voices

MARK = "XQMARK"
PARTS = {
    "address": ("line1", "town", "postcode"),
    "person": ("name", "job", "organisation", "phone", "email"),
    "sign": ("name", "role"),
}
TYPED = {"text", "area", "link", "phone", "email", "postcode"}


def value_of(asked: Question) -> Any:
    """A value full of marks for a question that takes words; None for one that does not."""
    if asked.type in PARTS:
        return {part: f"{MARK} {asked.id} {part}" for part in PARTS[asked.type]}
    return f"{MARK} {asked.id}" if asked.type in TYPED else None


@pytest.fixture
def mark(app: Any, authority_id: uuid.UUID) -> Callable[[uuid.UUID, Somebody], int]:
    """Write a mark into every field of a form, and rows into every group, as its writer. Returns how many."""

    def everywhere(form_id: uuid.UUID, who: Somebody) -> int:
        with app.database.transaction(authority_id) as session:
            sent = session.get_one(Submission, (authority_id, form_id))
            form = submissions.form_of(sent)
            actor = actor_for(session, who.account_id, clock.london_day(clock.now()))
            assert actor is not None
            theirs = relation(session, actor, sent, clock.now())
            said = dict(_said(form))
            for path, value in said.items():
                answer = Answer(
                    id=uuid.uuid4(),
                    submission_id=form_id,
                    path=path,
                    version=1,
                    audience=voices.audience(form, path, theirs.role, voices.Chosen()),
                )
                old = select(Answer).where(Answer.submission_id == form_id, Answer.path == path)
                if session.scalars(old).first():
                    continue
                session.add(answer)
                session.flush()
                session.add(
                    Contribution(
                        answer_id=answer.id,
                        author_id=who.person_id,
                        entered_by=who.person_id,
                        mode="own",
                        value=value,
                        version=1,
                        based_on=0,
                        state="current",
                        started_at=clock.now(),
                        saved_at=clock.now(),
                    )
                )
            return len(said)

    return everywhere


def _said(form: Form) -> Any:
    for section in form.sections:
        for asked in section.questions:
            if asked.type == "repeat":
                row = str(uuid.uuid4())
                yield asked.id, [row]
                for cell in asked.walk():
                    if cell.id != asked.id and cell.id.count("[]") == 1 and (value := value_of(cell)):
                        yield cell.id.replace("[]", f"[{row}]"), value
            elif value := value_of(asked):
                yield asked.id, value


def words_of_pdf(pdf: bytes) -> str:
    """What a PDF says, read by another program."""
    done = subprocess.run(["pdftotext", "-", "-"], input=pdf, stdout=subprocess.PIPE, check=True)
    return done.stdout.decode()


def reached(client: PageClient, *starts: str) -> dict[str, str]:
    """Every page and file that links lead to, with its text."""
    found: dict[str, str] = {}
    waiting = deque(starts)
    while waiting and len(found) < 250:
        path = waiting.popleft()
        if path in found:
            continue
        response = client.get(path)
        if response.status_code in (301, 302):
            waiting.append(response.location)
            found[path] = response.location
            continue
        text = words_of_pdf(response.data) if response.mimetype == "application/pdf" else response.text
        found[path] = f"{response.headers} {text}"
        links = re.findall(r'href="(/[^"#]*)', response.text) if response.mimetype == "text/html" else []
        waiting.extend(
            link for each in links if not (link := unescape(each)).startswith(("/static", "/demo", "/sign-out"))
        )
    return found


def nothing_of(other: str, client: PageClient, *starts: str) -> None:
    """Nothing marked, nor the other's name, is anywhere that this person can get to."""
    pages = reached(client, "/home", *starts)
    assert len(pages) > 8
    for path, text in pages.items():
        assert MARK not in text, (path, text[max(0, text.index(MARK) - 200) : text.index(MARK) + 60])
        assert other not in text, path


def doors(form_id: uuid.UUID) -> list[str]:
    """Every address of a form that somebody might try."""
    pages = ("", "/check", "/print", "/people", "/how", "/delete", "/sent", "/send", "/invite", "/invite/helper")
    return [f"/forms/{form_id}{page}" for page in (*pages, "/page/vp_great", "/history/vp_great", "/page/ch_first")]
