"""The hand-over screen: only the child's pages answer, the child's choice is obeyed, a number takes it back."""

import io
import re
import uuid
from typing import Any

import pytest
from PIL import Image
from sqlalchemy import select

from models.access import Grant
from models.files import Attachment
from models.submissions import Answer, Contribution, Submission
from tests.web.conftest import PageClient
from tests.web.writing.conftest import Desk, fields_of


def answer(client: PageClient, form_id: uuid.UUID, page: str, **typed: Any) -> Any:
    html = client.get(f"/child/{form_id}/about/{page}").text
    return client.post(f"/child/{form_id}/about/{page}", data={**fields_of(html), **typed})


def audiences(app: Any, authority_id: uuid.UUID, form_id: uuid.UUID) -> dict[str, set[str]]:
    with app.database.transaction(authority_id) as session:
        rows = session.execute(select(Answer.path, Answer.audience).where(Answer.submission_id == form_id))
        return {path: set(audience) for path, audience in rows}


def test_while_handed_over_nothing_of_the_grown_up_answers(
    handed: PageClient, begun: uuid.UUID, parents_request: Desk
) -> None:
    for path in (
        "/home",
        f"/forms/{parents_request.form_id}",
        f"/forms/{parents_request.form_id}/check",
        f"/forms/{begun}",
    ):
        response = handed.get(path)
        assert response.status_code == 302 and response.location == f"/child/{begun}", path
    assert "Sign out" not in handed.get(f"/child/{begun}").text


def test_nobody_gets_to_the_childs_pages_without_a_hand_over(parents_request: Desk, begun: uuid.UUID) -> None:
    assert parents_request.client.get(f"/child/{begun}").location.endswith("/hand-over")
    for path in ("about/ap_good", "finish", "stop"):
        assert parents_request.client.get(f"/child/{begun}/{path}").status_code == 404


def test_who_can_see_this_comes_first(handed: PageClient, begun: uuid.UUID) -> None:
    html = handed.get(f"/child/{begun}").text
    assert f"/child/{begun}/about/ap_who_sees" in html


def test_each_page_says_in_words_and_stones_which_part_it_is(handed: PageClient, begun: uuid.UUID) -> None:
    for page, words, behind in (
        ("ap_who_sees", "Me<span", 0),
        ("ap_feel", "School<span", 1),
        ("ap_wish", "My hopes<span", 4),
    ):
        html = handed.get(f"/child/{begun}/about/{page}").text
        assert f'app-way__words">{words}' in html and f"part {behind + 1} of 5" in html, page
        assert (html.count("app-way__behind"), html.count("app-way__here")) == (behind, 1), page
        assert 'class="app-way__stones"' in html and "%" not in re.sub(r"<[^>]*>", "", html)
    end = handed.get(f"/child/{begun}/finish").text
    assert (end.count("app-way__behind"), end.count("app-way__here")) == (5, 0)


def test_what_a_child_writes_is_the_childs_own(
    handed: PageClient, begun: uuid.UUID, app: Any, authority_id: uuid.UUID, parents_request: Desk
) -> None:
    answer(handed, begun, "ap_good", ap_good="Climbing!")
    with app.database.transaction(authority_id) as session:
        form = session.get_one(Submission, (authority_id, begun))
        text = session.scalars(select(Contribution)).one()
        assert (text.value, text.author_id, text.entered_by) == (
            "Climbing!",
            form.owner_id,
            parents_request.who.person_id,
        )


def test_with_nothing_ticked_only_the_child_reads_it(
    handed: PageClient, begun: uuid.UUID, app: Any, authority_id: uuid.UUID, parents_request: Desk
) -> None:
    answer(handed, begun, "ap_good", ap_good="a secret skill")
    assert audiences(app, authority_id, begun) == {"ap_good": {"owner"}}
    handed.submit(f"/child/{begun}/finish")
    take_back(handed, begun)
    assert "a secret skill" not in handed.get(f"/forms/{begun}/check").text


def test_a_changed_choice_counts_for_everything_said_before(
    handed: PageClient, begun: uuid.UUID, app: Any, authority_id: uuid.UUID
) -> None:
    answer(handed, begun, "ap_good", ap_good="Climbing!")
    answer(handed, begun, "ap_who_sees", ap_who_sees=["family", "council"])
    assert audiences(app, authority_id, begun)["ap_good"] == {"owner", "family", "authority"}
    answer(handed, begun, "ap_who_sees", ap_who_sees=[])
    assert audiences(app, authority_id, begun)["ap_good"] == {"owner"}


def test_the_grown_up_reads_it_only_when_let_and_shared(
    handed: PageClient, begun: uuid.UUID, parents_request: Desk
) -> None:
    answer(handed, begun, "ap_who_sees", ap_who_sees=["family"])
    answer(handed, begun, "ap_good", ap_good="Climbing!")
    take_back(handed, begun)
    assert "Climbing!" not in handed.get(f"/forms/{begun}/check").text
    handed.submit(f"/child/{begun}/hand-over", {"pin": "1111", "again": "1111"})
    handed.submit(f"/child/{begun}/finish")
    assert "You said you are happy" in handed.get(f"/child/{begun}/finish").text
    take_back(handed, begun, "1111")
    assert "Climbing!" in handed.get(f"/forms/{begun}/check").text


def test_a_drawing_is_kept_shown_to_the_child_and_follows_the_choice(
    handed: PageClient, begun: uuid.UUID, app: Any, authority_id: uuid.UUID
) -> None:
    drawn = io.BytesIO()
    Image.new("RGB", (40, 30), "green").save(drawn, "PNG")
    drawn.seek(0)
    response = answer(handed, begun, "ap_picture", ap_picture=(drawn, "me.png"), **{"ap_picture-words": "Me on a hill"})
    assert response.status_code == 302
    html = handed.get(f"/child/{begun}/about/ap_picture").text
    source = re.search(r'<img class="answer-picture" src="([^"]+)" alt="Me on a hill"', html)
    assert source and handed.get(source[1]).mimetype == "image/png"
    answer(handed, begun, "ap_who_sees", ap_who_sees=["teacher"])
    with app.database.transaction(authority_id) as session:
        assert session.scalars(select(Attachment)).one().audience == ["owner", "setting"]
    take_back(handed, begun)
    assert handed.get(f"/files/{source[1].rsplit('/', 1)[1]}").status_code == 404


def test_things_with_faces_can_be_added(handed: PageClient, begun: uuid.UUID) -> None:
    html = handed.get(f"/child/{begun}/about/ap_feel").text
    row = fields_of(html)["ap_feel[]"][0]
    answer(
        handed,
        begun,
        "ap_feel",
        **{"ap_feel[]": row, f"ap_feel[{row}].thing": "lunch", f"ap_feel[{row}].face": "sad", "add": "ap_feel[]"},
    )
    again = fields_of(handed.get(f"/child/{begun}/about/ap_feel").text)
    assert len(again["ap_feel[]"]) == 2 and again[f"ap_feel[{row}].face"] == ["sad"]


def test_wanting_to_stop_keeps_what_was_typed(handed: PageClient, begun: uuid.UUID) -> None:
    response = answer(handed, begun, "ap_good", ap_good="Half a sen", stop="yes")
    assert response.location.endswith("/stop")
    assert "Half a sen" in handed.get(f"/child/{begun}/about/ap_good").text


def test_five_wrong_numbers_end_the_session(handed: PageClient, begun: uuid.UUID) -> None:
    for _ in range(4):
        assert handed.submit(f"/child/{begun}/leave", {"pin": "0000"}, page=f"/child/{begun}/stop").status_code == 422
    response = handed.submit(f"/child/{begun}/leave", {"pin": "0000"}, page=f"/child/{begun}/stop")
    assert "/sign-in" in response.location
    assert "/sign-in" in handed.get(f"/child/{begun}").location


@pytest.mark.parametrize("pin, again", [("123", "123"), ("12a4", "12a4"), ("1234", "4321"), ("", "")])
def test_the_number_must_be_four_numbers_typed_twice(
    parents_request: Desk, begun: uuid.UUID, pin: str, again: str
) -> None:
    response = parents_request.client.submit(f"/child/{begun}/hand-over", {"pin": pin, "again": again})
    assert response.status_code == 422 and "govuk-error-summary" in response.text


def test_how_the_grown_up_helped_is_their_own_page_afterwards(
    handed: PageClient, begun: uuid.UUID, parents_request: Desk, app: Any, authority_id: uuid.UUID
) -> None:
    assert "hp_mode" not in handed.get(f"/child/{begun}").text
    assert handed.get(f"/child/{begun}/about/hp_mode").status_code == 302
    take_back(handed, begun)
    desk = Desk(handed, parents_request.who, begun)
    assert desk.write("hp_mode", hp_mode="said").status_code == 302
    assert desk.page("hp_mode")["hp_mode"] == ["said"]
    with app.database.transaction(authority_id) as session:
        text = session.scalars(select(Contribution)).one()
        assert text.author_id == parents_request.who.person_id


def test_the_grown_up_cannot_write_the_childs_answers(
    parents_request: Desk, begun: uuid.UUID, app: Any, authority_id: uuid.UUID
) -> None:
    desk = Desk(parents_request.client, parents_request.who, begun)
    token = parents_request.client.token(f"/forms/{begun}")
    response = desk.post(
        "ap_good", {"csrf_token": token, "ap_good": "my words", "person": str(parents_request.who.account_id)}
    )
    assert response.status_code == 302 and response.location.endswith("/check")
    with app.database.transaction(authority_id) as session:
        assert session.scalars(select(Contribution)).all() == []


def test_a_grown_up_whose_leave_to_help_has_ended_cannot_go_on(
    handed: PageClient, begun: uuid.UUID, app: Any, authority_id: uuid.UUID
) -> None:
    from workflow import clock

    with app.database.transaction(authority_id) as session:
        for grant in session.scalars(select(Grant).where(Grant.submission_id == begun)):
            grant.until_at = clock.now()
    assert handed.get(f"/child/{begun}").status_code == 404


def take_back(client: PageClient, form_id: uuid.UUID, pin: str = "2580") -> None:
    response = client.submit(f"/child/{form_id}/leave", {"pin": pin}, page=f"/child/{form_id}/stop")
    assert response.location == f"/forms/{form_id}"
