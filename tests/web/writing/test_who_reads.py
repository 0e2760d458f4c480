"""The giver of words can keep them from a reader where the law lets them, and is told where it does not."""

import io
from collections.abc import Callable
from typing import Any

import pytest
from PIL import Image

from tests.web.conftest import Somebody
from tests.web.writing.conftest import Desk
from tests.web.writing.test_together import parent, views

__all__ = ["parent", "views"]


@pytest.fixture
def shared(views: Desk) -> Desk:
    """A parent's views that the school may read."""
    views.write("vp_good", vp_good="Numbers")
    views.write("vp_great", vp_great="Her laugh")
    views.client.submit(f"/forms/{views.form_id}/share", page=f"/forms/{views.form_id}")
    return views


def keep(of: Desk, *paths: str) -> Any:
    return of.client.submit(f"/forms/{of.form_id}/who-reads", {"keep": list(paths)})


def test_what_is_kept_from_the_school_the_school_does_not_read(
    shared: Desk, schools_request: Desk, somebody: Callable[..., Somebody]
) -> None:
    assert keep(shared, "vp_good").status_code == 302
    html = schools_request.client.get(f"/forms/{shared.form_id}/check").text
    assert "Her laugh" in html and "Numbers" not in html
    assert "Numbers" not in schools_request.client.get(f"/forms/{shared.form_id}/print").text


def test_its_giver_still_reads_it_and_can_let_it_be_read_again(shared: Desk, schools_request: Desk) -> None:
    keep(shared, "vp_good")
    assert "Numbers" in shared.client.get(f"/forms/{shared.form_id}/check").text
    keep(shared)
    assert "Numbers" in schools_request.client.get(f"/forms/{shared.form_id}/check").text


def test_what_is_written_later_in_a_kept_answer_stays_kept(shared: Desk, schools_request: Desk) -> None:
    keep(shared, "vp_good")
    shared.write("vp_good", vp_good="Numbers and maps")
    assert "maps" not in schools_request.client.get(f"/forms/{shared.form_id}/check").text


def test_a_paper_in_a_kept_answer_is_kept_too(shared: Desk, schools_request: Desk) -> None:
    picture = io.BytesIO()
    Image.new("RGB", (20, 20), "red").save(picture, "PNG")
    picture.seek(0)
    page = shared.page("fi")
    row = page["fi[]"][0]
    fields = {**page, f"fi[{row}].file": (picture, "letter.png")}
    address = f"/forms/{shared.form_id}/page/fi"
    assert shared.client.post(address, data=fields, content_type="multipart/form-data").status_code == 302
    html = schools_request.client.get(f"/forms/{shared.form_id}/check").text
    assert "letter.png" in html
    address = next(part.split('"')[0] for part in html.split('href="') if "/files/" in part.split('"')[0])
    assert schools_request.client.get(address).status_code == 200
    keep(shared, "fi[]")
    assert schools_request.client.get(address).status_code == 404


def test_the_page_says_what_the_law_does_not_let_them_keep_back(shared: Desk) -> None:
    html = shared.client.get(f"/forms/{shared.form_id}/who-reads").text
    assert "regulation 6(3)" in html


def test_nothing_of_the_schools_own_form_can_be_kept_back(parent: Desk, schools_request: Desk) -> None:
    for at in (parent, schools_request):
        assert at.client.get(f"/forms/{schools_request.form_id}/who-reads").status_code == 404


def test_nobody_else_decides_who_reads_it(shared: Desk, schools_request: Desk) -> None:
    assert schools_request.client.get(f"/forms/{shared.form_id}/who-reads").status_code == 404
