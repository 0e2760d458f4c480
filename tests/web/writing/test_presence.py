"""Who else is writing here: for those who may know it, blocking nobody."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from tests.web.conftest import Somebody
from tests.web.writing.conftest import Desk
from tests.web.writing.test_together import parent, views
from workflow import clock

__all__ = ["parent", "views"]


def here(at: Desk, page: str = "request") -> list[str]:
    return at.client.get(f"/forms/{at.form_id}/page/{page}/here").get_json()["here"]  # type: ignore[no-any-return]


def shared_page(at: Desk) -> str:
    """A page that school and family both write."""
    from forms import catalogue

    form = catalogue.get("ehcna-req-setting")
    return next(page.id for page in form.pages() if {"senco", "parent"} <= set(page.section.writers) and page.questions)


def say(at: Desk, page: str) -> None:
    fields = at.page(page)
    name = next(each for each in fields if each.startswith(("ch_", "na_", "pr", "vw_")) and not each.endswith("[]"))
    at.post(page, {**fields, name: "Words"})


def test_the_school_sees_that_a_parent_is_writing_and_the_parent_sees_the_school(
    parent: Desk, schools_request: Desk
) -> None:
    page = shared_page(parent)
    say(parent, page)
    assert here(schools_request, page) == ["Priya Parent"]
    assert here(parent, page) == []


def test_nobody_is_here_a_little_later(parent: Desk, schools_request: Desk, monkeypatch: Any) -> None:
    page = shared_page(parent)
    say(parent, page)
    later = clock.now() + timedelta(minutes=2)
    monkeypatch.setattr(clock, "now", lambda: later)
    assert here(schools_request, page) == []


def test_one_parent_never_learns_that_the_other_is_here(
    parent: Desk, schools_request: Desk, invite: Any, somebody: Callable[..., Somebody], desk: Any
) -> None:
    other = desk(somebody("family", name="Omar Iqbal"), schools_request.form_id)
    invite(schools_request, other.who)
    page = shared_page(parent)
    say(parent, page)
    assert here(other, page) == []


def test_a_private_view_shows_nobody(views: Desk, schools_request: Desk) -> None:
    views.write("vp_good", vp_good="Numbers")
    assert here(views, "vp_good") == []
    assert schools_request.client.get(f"/forms/{views.form_id}/page/vp_good/here").status_code == 404


def test_it_is_said_on_the_page_without_script(parent: Desk, schools_request: Desk) -> None:
    page = shared_page(parent)
    say(parent, page)
    html = schools_request.client.get(f"/forms/{schools_request.form_id}/page/{page}").text
    assert "is writing here too" in html and "Priya Parent" in html
