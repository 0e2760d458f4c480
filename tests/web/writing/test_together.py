"""Several people and one form: who reads, who writes, what two versions become."""

import re
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import event, select

from forms import catalogue
from models.submissions import Submission
from tests.web.conftest import PageClient, Somebody
from tests.web.writing.conftest import Desk, fields_of


@pytest.fixture
def parent(schools_request: Desk, somebody: Callable[..., Somebody], invite: Any, desk: Any) -> Desk:
    """A parent who took part in the school's request when asked."""
    who = somebody("family", name="Priya Parent")
    invite(schools_request, who)
    return desk(who, schools_request.form_id)  # type: ignore[no-any-return]


@pytest.fixture
def views(parent: Desk, app: Any, authority_id: uuid.UUID, desk: Any) -> Desk:
    """That parent's own views, begun beside the request, with something private in them."""
    at = f"/forms/{parent.form_id}"
    parent.client.submit(f"{at}/begin/views-parent", page=at)
    with app.database.transaction(authority_id) as session:
        form_id = session.scalars(select(Submission.id).where(Submission.form_id == "views-parent")).one()
    own: Desk = desk(parent.who, form_id)
    own.write("vp_great", vp_great="PRIVATE MARK")
    return own


def test_a_private_view_is_seen_by_nobody_else(
    views: Desk,
    schools_request: Desk,
    somebody: Callable[..., Somebody],
    invite: Any,
    client_for: Callable[..., PageClient],
) -> None:
    other = somebody("family")
    invite(schools_request, other)
    readers = [
        schools_request.client,
        client_for(other),
        client_for(somebody("staff", "caseworker")),
        client_for(somebody("family")),
    ]
    for client in readers:
        for path in ("", "/check", "/print", "/page/vp_great", "/history/vp_great", "/two-versions/vp_great", "/sent"):
            assert client.get(f"/forms/{views.form_id}{path}").status_code == 404, path
        root = client.get(f"/forms/{schools_request.form_id}")
        assert "PRIVATE MARK" not in root.text


def test_others_see_only_that_a_view_has_been_started(views: Desk, schools_request: Desk) -> None:
    html = schools_request.client.get(f"/forms/{schools_request.form_id}").text
    assert "Parent and carer views" in html and "Private until its writer shares it" in html
    assert f"/forms/{views.form_id}" not in html


def test_a_shared_view_is_read_by_the_setting_and_not_by_the_other_parent(
    views: Desk,
    schools_request: Desk,
    somebody: Callable[..., Somebody],
    invite: Any,
    client_for: Callable[..., PageClient],
) -> None:
    other = somebody("family")
    invite(schools_request, other)
    views.client.submit(f"/forms/{views.form_id}/share", page=f"/forms/{views.form_id}")
    assert "PRIVATE MARK" in schools_request.client.get(f"/forms/{views.form_id}/check").text
    assert "PRIVATE MARK" not in client_for(other).get(f"/forms/{views.form_id}/check").text


def test_a_view_taken_back_is_private_again(views: Desk, schools_request: Desk) -> None:
    for act in ("share", "take-back"):
        views.client.submit(f"/forms/{views.form_id}/{act}", page=f"/forms/{views.form_id}")
    assert schools_request.client.get(f"/forms/{views.form_id}/check").status_code == 404


def test_nobody_shares_or_changes_anothers_view(views: Desk, schools_request: Desk) -> None:
    views.client.submit(f"/forms/{views.form_id}/share", page=f"/forms/{views.form_id}")
    token = schools_request.client.token(f"/forms/{schools_request.form_id}")
    for path in ("take-back", "share", "page/vp_great", "autosave", "history/vp_great", "send"):
        response = schools_request.client.post(f"/forms/{views.form_id}/{path}", data={"csrf_token": token})
        assert response.status_code in (401, 404), path
    assert schools_request.client.get(f"/forms/{views.form_id}/history/vp_great").status_code == 404


def test_a_parent_writes_only_in_the_parts_that_are_theirs(parent: Desk) -> None:
    assert parent.client.get(f"/forms/{parent.form_id}/page/needs").location.endswith("/check")
    assert parent.client.get(f"/forms/{parent.form_id}/page/views").status_code == 200


def test_a_shared_answer_shows_who_wrote_it(parent: Desk, schools_request: Desk) -> None:
    schools_request.write("views", vw_child_q="She says lunch is loud.")
    html = parent.client.get(f"/forms/{parent.form_id}/page/views").text
    assert "Sam Senco wrote this" in html and "She says lunch is loud." in html


def clash(parent: Desk, schools_request: Desk) -> str:
    """Two people write one answer at the same time. Returns the page of the two versions."""
    one, two = schools_request.page("views"), parent.page("views")
    schools_request.post("views", {**one, "vw_child_q": "school's words"})
    response = parent.post("views", {**two, "vw_child_q": "parent's words"})
    assert "/two-versions/vw_child_q" in response.location
    return f"/forms/{parent.form_id}/two-versions/vw_child_q"


def choices(client: PageClient, page: str) -> tuple[dict[str, list[str]], list[str]]:
    html = client.get(page).text
    return fields_of(html), re.findall(r'name="decide"[^>]*value="([0-9a-f-]{36})"', html)


@pytest.mark.parametrize("decide", ["both", "join"])
def test_two_versions_can_be_kept_or_joined(parent: Desk, schools_request: Desk, decide: str) -> None:
    page = clash(parent, schools_request)
    fields, texts = choices(schools_request.client, page)
    assert len(texts) == 2
    joined = {"joined": "school's and parent's words"} if decide == "join" else {}
    assert schools_request.client.post(page, data={**fields, "decide": decide, **joined}).status_code == 302
    html = parent.client.get(f"/forms/{parent.form_id}/check").text
    assert (
        ("school&#39;s and parent&#39;s words" in html)
        if decide == "join"
        else ("parent&#39;s words" in html and "school&#39;s words" in html)
    )


def test_one_of_two_versions_can_be_chosen_and_the_other_brought_back(parent: Desk, schools_request: Desk) -> None:
    page = clash(parent, schools_request)
    fields, texts = choices(schools_request.client, page)
    schools_request.client.post(page, data={**fields, "decide": texts[1]})
    assert parent.page("views")["vw_child_q"] == ["parent's words"]
    history = f"/forms/{parent.form_id}/history/vw_child_q"
    html = schools_request.client.get(history).text
    assert "school&#39;s words" in html
    back = re.search(r'name="bring_back" value="([^"]+)"', html)
    assert back
    schools_request.client.submit(history, {"bring_back": back[1]})
    assert parent.page("views")["vw_child_q"] == ["school's words"]


def test_a_choice_made_on_an_old_page_is_not_taken(parent: Desk, schools_request: Desk) -> None:
    page = clash(parent, schools_request)
    fields, texts = choices(schools_request.client, page)
    parent.client.post(page, data={**choices(parent.client, page)[0], "decide": "both"})
    response = schools_request.client.post(page, data={**fields, "decide": texts[0]})
    assert response.status_code == 422 and "Somebody wrote here since" in response.text


def test_writing_on_after_settling_makes_no_new_clash(parent: Desk, schools_request: Desk) -> None:
    page = clash(parent, schools_request)
    fields, texts = choices(schools_request.client, page)
    schools_request.client.post(page, data={**fields, "decide": texts[0]})
    assert "/two-versions/" not in parent.write("views", vw_child_q="both of us agree now").location


def test_words_that_another_has_built_upon_are_not_a_second_version(parent: Desk, schools_request: Desk) -> None:
    page = schools_request.page("views")
    schools_request.autosave({"vw_child_q": {"value": "start", "base": 0}}, page="views")
    parent.write("views", vw_child_q="start, and then more")
    response = schools_request.post("views", {**page, "vw_child_q": "start", "version:vw_child_q": "1"})
    assert "/two-versions/" not in response.location
    assert parent.page("views")["vw_child_q"] == ["start, and then more"]


def test_an_unsettled_pair_is_printed_whole(parent: Desk, schools_request: Desk) -> None:
    clash(parent, schools_request)
    html = schools_request.client.get(f"/forms/{parent.form_id}/print").text
    assert "school&#39;s words" in html and "parent&#39;s words" in html
    assert f"ehcna-req-setting, version {catalogue.get('ehcna-req-setting').version}" in html


def test_one_parent_is_not_told_the_others_name(
    parent: Desk,
    schools_request: Desk,
    somebody: Callable[..., Somebody],
    invite: Any,
    client_for: Callable[..., PageClient],
) -> None:
    other = somebody("family", name="Quentin Other")
    invite(schools_request, other)
    parent.write("views", vw_child_q="She likes maths.")
    client = client_for(other)
    for path in ("", "/check", "/print", "/page/views", "/history/vw_child_q"):
        html = client.get(f"/forms/{parent.form_id}{path}").text
        assert "Priya" not in html, path


def test_the_words_of_an_invitation_are_shown_once(schools_request: Desk, somebody: Callable[..., Somebody]) -> None:
    at = f"/forms/{schools_request.form_id}/invite"
    token = fields_of(schools_request.client.get(at).text)
    sent = {**token, "email": "parent@example.org", "again": "parent@example.org"}
    first = schools_request.client.post(at, data=sent)
    second = schools_request.client.post(at, data=sent)
    assert first.location == second.location
    shown = schools_request.client.get(first.location).text
    assert re.search(r'govuk-panel__title">\w+ \w+ \w+<', shown)
    assert "cannot be shown again" in schools_request.client.get(first.location).text


@pytest.mark.parametrize(
    "email, again, said",
    [
        ("", "", "Enter the parent"),
        ("not an address", "not an address", "Enter the parent"),
        ("a@example.org", "b@example.org", "not the same"),
        ("mum@gmial.com", "mum@gmial.com", "Did you mean mum@gmail.com?"),
    ],
)
def test_an_address_that_may_be_wrong_is_queried(schools_request: Desk, email: str, again: str, said: str) -> None:
    response = schools_request.client.submit(
        f"/forms/{schools_request.form_id}/invite", {"email": email, "again": again}
    )
    assert response.status_code == 422 and said in response.text.replace("&#39;", "'")


def test_a_page_asks_the_database_no_more_for_many_answers_and_people(
    schools_request: Desk, somebody: Callable[..., Somebody], invite: Any, app: Any
) -> None:
    paths = ["", "/page/views", "/page/request", "/check", "/print"]
    schools_request.write("request", rq_why_now="Now.")
    schools_request.write("views", vw_child_q="Words.")
    few = [queries(app, schools_request, path) for path in paths]
    for _ in range(3):
        invite(schools_request, somebody("family"))
    schools_request.write("request", rq_why_now="Now and later.", rq_told_parent_note="Yes.")
    for number in range(4):
        row = schools_request.page("tried")["tr_cycle[]"][-1]
        schools_request.write("tried", **{f"tr_cycle[{row}].aim": f"Aim {number}", "add": "tr_cycle[]"})
    many = [queries(app, schools_request, path) for path in paths]
    assert all(more <= before for before, more in zip(few, many, strict=True)), (few, many)


def queries(app: Any, at: Desk, path: str) -> int:
    counted: list[str] = []

    def count(connection: Any, cursor: Any, statement: str, *_: Any) -> None:
        counted.append(statement)

    app.database.authority_of_host("localhost")  # whose host it is, is asked once in some seconds: not now
    event.listen(app.database.engine, "before_cursor_execute", count)
    try:
        assert at.client.get(f"/forms/{at.form_id}{path}").status_code == 200
    finally:
        event.remove(app.database.engine, "before_cursor_execute", count)
    return len(counted)
