"""Files on answers: looked into, sealed, served to their audience only."""

import io
import uuid
from collections.abc import Callable
from typing import Any

import pikepdf
import pytest
from PIL import Image
from sqlalchemy import select

from models.files import Attachment
from tests.web.conftest import Somebody
from tests.web.writing.conftest import Desk
from web.writing.papers import disposition


def pdf(pages: int = 1) -> bytes:
    made, out = pikepdf.new(), io.BytesIO()
    for _ in range(pages):
        made.add_blank_page()
    made.save(out)
    return out.getvalue()


def add(at: Desk, *files: tuple[str, bytes], **typed: Any) -> Any:
    page = at.page("request")
    field = "request__paper"
    given = [(io.BytesIO(data), name) for name, data in files]
    return at.client.post(
        f"/forms/{at.form_id}/page/request", data={**page, **typed, field: given}, content_type="multipart/form-data"
    )


def stored(app: Any, authority_id: uuid.UUID) -> list[Attachment]:
    with app.database.transaction(authority_id) as session:
        return list(session.scalars(select(Attachment).order_by(Attachment.added_at, Attachment.id)))


def test_a_paper_is_kept_and_comes_back_as_it_was(schools_request: Desk, app: Any, authority_id: uuid.UUID) -> None:
    data = pdf()
    assert add(schools_request, ("report.pdf", data)).status_code == 302
    file = stored(app, authority_id)[0]
    assert (file.state, file.name, file.media_type) == ("clean", "report.pdf", "application/pdf")
    response = schools_request.client.get(f"/files/{file.id}")
    assert response.data == data
    assert response.headers["Content-Disposition"] == "attachment; filename=\"report.pdf\"; filename*=UTF-8''report.pdf"
    assert "sandbox" in response.headers["Content-Security-Policy"]
    assert response.headers["X-Content-Type-Options"] == "nosniff" and response.headers["Cache-Control"] == "no-store"


def test_a_wrong_file_is_said_beside_the_field_and_the_words_stay(
    schools_request: Desk, app: Any, authority_id: uuid.UUID
) -> None:
    response = add(schools_request, ("letter.pdf", b"<html>not a pdf</html>"), rq_why_now="Typed at length.")
    assert response.status_code == 422
    assert "letter" in response.text and "was not added" in response.text and "Typed at length." in response.text
    assert [file.state for file in stored(app, authority_id)] == ["rejected"]


def test_an_oversize_file_is_said_and_the_words_stay(schools_request: Desk, values: Any) -> None:
    response = add(schools_request, ("big.pdf", b"%PDF-1.4" + b"0" * (51 * 1024 * 1024)), rq_why_now="Typed at length.")
    assert response.status_code == 422
    assert "too big" in response.text and "Typed at length." in response.text
    assert values(schools_request)["rq_why_now"] == "Typed at length."


def test_nobody_fetches_what_is_not_clean_or_was_taken_off(
    schools_request: Desk, app: Any, authority_id: uuid.UUID
) -> None:
    add(schools_request, ("a.pdf", b"nonsense"))
    add(schools_request, ("b.pdf", pdf()))
    rejected, clean = sorted(stored(app, authority_id), key=lambda file: file.state == "clean")
    assert schools_request.client.get(f"/files/{rejected.id}").status_code == 404
    page = schools_request.page("request")
    schools_request.post("request", {**page, "request__paper-remove": str(clean.id)})
    assert schools_request.client.get(f"/files/{clean.id}").status_code == 404


def test_two_people_adding_files_at_once_both_keep_theirs(schools_request: Desk, values: Any) -> None:
    page = schools_request.page("request")
    for name in ("one.pdf", "two.pdf"):
        data = {**page, "request__paper": (io.BytesIO(pdf()), name)}
        schools_request.client.post(
            f"/forms/{schools_request.form_id}/page/request", data=data, content_type="multipart/form-data"
        )
    assert [file["name"] for file in values(schools_request)["request__paper"]] == ["one.pdf", "two.pdf"]


def test_strangers_and_the_council_before_sending_fetch_nothing(
    schools_request: Desk, app: Any, authority_id: uuid.UUID, somebody: Callable[..., Somebody], client_for: Any
) -> None:
    add(schools_request, ("a.pdf", pdf()))
    file = stored(app, authority_id)[0]
    for who in (somebody("family"), somebody("staff", "caseworker")):
        assert client_for(who).get(f"/files/{file.id}").status_code == 404


def test_where_a_photo_was_taken_is_not_kept(schools_request: Desk, app: Any, authority_id: uuid.UUID) -> None:
    taken, exif = io.BytesIO(), Image.Exif()
    exif.get_ifd(0x8825)[2] = (51.0, 30.0, 0.0)
    exif[0x010F] = "PLANTED MARK"
    Image.new("RGB", (60, 40), "blue").save(taken, "JPEG", exif=exif)
    assert b"PLANTED MARK" in taken.getvalue()
    add(schools_request, ("IMG 001.JPG", taken.getvalue()))
    data = schools_request.client.get(f"/files/{stored(app, authority_id)[0].id}").data
    assert b"PLANTED MARK" not in data and b"Exif" not in data


def test_the_bytes_on_disk_are_sealed(schools_request: Desk, app: Any, authority_id: uuid.UUID) -> None:
    add(schools_request, ("words.txt", b"PLANTED MARK"))
    blobs = app.extensions["blobs"]
    assert b"PLANTED" not in blobs.get(stored(app, authority_id)[0].blob)


@pytest.mark.parametrize(
    "name, said",
    [
        ("résumé ½.pdf", "attachment; filename=\"r_sum_ _.pdf\"; filename*=UTF-8''r%C3%A9sum%C3%A9%20%C2%BD.pdf"),
        ('a"b\\c.pdf', "attachment; filename=\"a_b_c.pdf\"; filename*=UTF-8''a%22b%5Cc.pdf"),
    ],
)
def test_a_name_travels_whole_and_cannot_break_the_header(name: str, said: str) -> None:
    assert disposition(name) == said
