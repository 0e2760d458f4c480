"""What a child tells in sound or video: safe at once, playable once made anew, and read as its words."""

import io
import re
import uuid
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select, update

from models.files import Attachment
from models.operations import DueHint
from models.outbox import Message
from tests.web.child.test_handing_over import answer, take_back
from tests.web.conftest import PageClient
from tests.web.writing.conftest import Desk
from tests.web.writing.test_papers import stored
from tests.workflow.files.recorded import sound, told
from workflow import clock
from workflow.files import converting
from workflow.files.converting import Work, convert
from workflow.outbox.hints import RECORDINGS

SAFE = "We have it safe."


def work(app: Any, *, minutes: float = 0, scanned: bool = False) -> dict[str, int]:
    later = clock.now() + timedelta(minutes=minutes)
    return convert(Work(app.database, app.extensions["blobs"], later, scanned))


def record(handed: PageClient, begun: uuid.UUID, data: bytes = b"", name: str = "sound.weba", **more: Any) -> Any:
    return answer(handed, begun, "ap_picture", ap_picture=(io.BytesIO(data or sound()), name), **more)


def page(handed: PageClient, begun: uuid.UUID) -> str:
    return handed.get(f"/child/{begun}/about/ap_picture").text


def kept(app: Any) -> list[Any]:
    return [each for each in app.extensions["blobs"].root.rglob("*") if each.is_file()]


def test_a_recording_waits_made_anew_it_can_be_heard_and_what_was_sent_is_gone(
    handed: PageClient, begun: uuid.UUID, app: Any, authority_id: uuid.UUID
) -> None:
    assert record(handed, begun, **{"ap_picture-words": "Me singing"}).status_code == 302
    (file,) = stored(app, authority_id)
    assert file.state == "received" and SAFE in page(handed, begun)
    assert handed.get(f"/child/{begun}/pictures/{file.id}").status_code == 404
    before = kept(app)
    assert work(app) == {"clean": 1}
    html = page(handed, begun)
    source = re.search(r'<audio [^>]*src="([^"]+)" aria-label="Me singing"', html)
    assert source and SAFE not in html
    heard = handed.get(source[1])
    assert heard.mimetype == "audio/mp4" and told(heard.data)["streams"] == ["aac"]
    assert "sound.m4a" in heard.headers["Content-Disposition"]
    assert len(kept(app)) == 1 and kept(app) != before


def test_a_player_may_ask_for_a_part(handed: PageClient, begun: uuid.UUID, app: Any, authority_id: uuid.UUID) -> None:
    record(handed, begun)
    work(app)
    address = f"/child/{begun}/pictures/{stored(app, authority_id)[0].id}"
    part = handed.get(address, headers={"Range": "bytes=0-9"})
    assert part.status_code == 206 and part.data == handed.get(address).data[:10]


def test_the_virus_scanner_has_the_last_word(
    handed: PageClient, begun: uuid.UUID, app: Any, authority_id: uuid.UUID
) -> None:
    record(handed, begun)
    assert work(app, scanned=True) == {"scanning": 1}
    assert SAFE in page(handed, begun)


def test_what_turns_out_to_be_no_recording_is_told_and_its_bytes_go(
    handed: PageClient, begun: uuid.UUID, app: Any, authority_id: uuid.UUID
) -> None:
    assert record(handed, begun, sound()[:200]).status_code == 302
    assert work(app) == {"rejected": 1}
    assert "We could not keep this." in page(handed, begun)
    assert kept(app) == []
    with app.database.transaction(authority_id) as session:
        told = session.scalars(select(Message).where(Message.template == "file_refused")).one()
        assert told.person_id == stored(app, authority_id)[0].added_by


def test_a_worker_that_died_leaves_its_recording_to_the_next(
    handed: PageClient, begun: uuid.UUID, app: Any, authority_id: uuid.UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    record(handed, begun)

    def die(*_: object) -> Any:
        raise SystemExit

    with monkeypatch.context() as once, pytest.raises(SystemExit):
        once.setattr(converting, "make_over", die)
        work(app)
    assert work(app, minutes=1) == {}  # still the first one's
    assert work(app, minutes=7) == {"clean": 1}
    with app.database.transaction(None) as session:
        left = session.scalars(select(DueHint.due_at).where(DueHint.queue == RECORDINGS)).all()
    assert len(left) <= 1


def test_one_taken_off_meanwhile_is_not_made(
    handed: PageClient, begun: uuid.UUID, app: Any, authority_id: uuid.UUID
) -> None:
    record(handed, begun)
    with app.database.transaction(authority_id) as session:
        session.execute(update(Attachment).values(removed_at=clock.now()))
    assert work(app) == {}


def test_who_can_see_this_holds_for_a_recording_too(
    handed: PageClient, begun: uuid.UUID, app: Any, authority_id: uuid.UUID, parents_request: Desk
) -> None:
    record(handed, begun)
    answer(handed, begun, "ap_who_sees", ap_who_sees=["teacher"])
    work(app)
    (file,) = stored(app, authority_id)
    assert file.audience == ["owner", "setting"]
    take_back(handed, begun)
    assert parents_request.client.get(f"/files/{file.id}").status_code == 404


def test_what_is_made_on_the_page_brings_back_the_page(handed: PageClient, begun: uuid.UUID) -> None:
    response = record(handed, begun, stay="ap_picture")
    assert response.location.endswith("/about/ap_picture")


def test_only_this_page_may_use_the_microphone(handed: PageClient, begun: uuid.UUID) -> None:
    def allowed(question: str) -> str:
        return handed.get(f"/child/{begun}/about/{question}").headers["Permissions-Policy"]

    assert "microphone=(self)" in allowed("ap_picture") and "microphone=()" in allowed("ap_good")
