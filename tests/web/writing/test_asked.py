"""The other parent, the young person, staff and professionals: asked, and let in to what is theirs."""

import re
import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from sqlalchemy import select

from models.access import Account, Grant, Post
from models.cases import Note
from models.submissions import Submission
from tests.web.conftest import Somebody
from tests.web.writing.conftest import Desk
from tests.web.writing.people import ask, born, come, form_at, helper, token_of
from workflow import clock, signing_in

__all__ = ["ask", "come", "helper"]


def test_the_other_parent_writes_their_own_and_knows_nothing_of_the_first(
    parents_request: Desk, ask: Any, come: Any, somebody: Callable[..., Somebody], client_for: Any
) -> None:
    other = somebody("family", name="Quentin Other")
    own = come(other, ask(parents_request, "parent", other.email))
    client = client_for(other)
    assert own != parents_request.form_id
    assert client.get(f"/forms/{own}").status_code == 200
    assert client.get(f"/forms/{parents_request.form_id}").status_code == 404
    assert "Asha" not in client.get(f"/forms/{own}/people").text
    # Nor is the first told the other's name, nor may they end their part.
    html = parents_request.client.get(f"/forms/{parents_request.form_id}/people").text
    assert "A parent or carer" in html and "Quentin" not in html and "/stop" not in html
    assert parents_request.client.get(f"/forms/{own}").status_code == 404


def test_a_parent_beside_a_schools_form_asks_the_other_parent_to_it(
    schools_request: Desk,
    invite: Any,
    ask: Any,
    come: Any,
    somebody: Callable[..., Somebody],
    desk: Any,
    client_for: Any,
) -> None:
    mine, other = somebody("family", name="Priya Parent"), somebody("family", name="Quentin Other")
    invite(schools_request, mine)
    parent = desk(mine, schools_request.form_id)
    begun = parent.client.submit(f"/forms/{parent.form_id}/begin/views-parent", page=f"/forms/{parent.form_id}")
    views = desk(mine, uuid.UUID(begun.location.rpartition("/")[2]))
    own = come(other, ask(views, "parent", other.email))
    assert own not in (views.form_id, schools_request.form_id)
    client = client_for(other)
    assert client.get(f"/forms/{schools_request.form_id}").status_code == 200
    assert client.get(f"/forms/{views.form_id}").status_code == 404
    for client_of, stranger in ((client, "Priya"), (parent.client, "Quentin")):
        html = client_of.get(f"/forms/{schools_request.form_id}/people").text
        assert "A parent or carer" in html and stranger not in html and "/stop" not in html


def test_one_parent_cannot_end_the_others_part_and_a_school_must_say_why(
    schools_request: Desk, invite: Any, somebody: Callable[..., Somebody], desk: Any, app: Any, authority_id: uuid.UUID
) -> None:
    first, second = somebody("family"), somebody("family")
    invite(schools_request, first)
    invite(schools_request, second)
    with app.database.transaction(authority_id) as session:
        grant = session.scalars(select(Grant.id).where(Grant.person_id == second.person_id)).one()
    stop = f"/forms/{schools_request.form_id}/people/{grant}/stop"
    parent = desk(first, schools_request.form_id)
    assert parent.client.get(stop).status_code == 404
    token = {"csrf_token": parent.client.token(f"/forms/{schools_request.form_id}/how"), "reason": "Because."}
    assert parent.client.post(stop, data=token).status_code == 404
    refused = schools_request.client.submit(stop)
    assert refused.status_code == 422 and "Say why" in refused.text
    assert schools_request.client.submit(stop, {"reason": "A court order came."}).status_code == 302
    assert desk(second, parent.form_id).client.get(f"/forms/{parent.form_id}").status_code == 404
    with app.database.transaction(authority_id) as session:
        assert session.scalars(select(Note.words).where(Note.kind == "why")).one() == "A court order came."


def test_a_teacher_without_a_post_writes_a_form_of_their_own_for_as_long_as_they_are_let_in(
    schools_request: Desk,
    ask: Any,
    come: Any,
    somebody: Callable[..., Somebody],
    desk: Any,
    app: Any,
    authority_id: uuid.UUID,
) -> None:
    teacher = somebody("professional", name="Tom Teacher")
    own = desk(teacher, come(teacher, ask(schools_request, "teacher", teacher.email)))
    assert own.client.get(f"/forms/{own.form_id}").status_code == 200
    assert own.client.get(f"/forms/{own.form_id}/page/{form_at(own).pages()[0].id}").status_code == 200
    assert schools_request.client.get(f"/forms/{own.form_id}").status_code == 404  # private until shared
    with app.database.transaction(authority_id) as session:
        form = session.get_one(Submission, (authority_id, own.form_id))
        assert form.form_id == "views-education" and form.owner_id == teacher.person_id
        session.scalars(select(Grant).where(Grant.person_id == teacher.person_id)).one().until_at = clock.now()
    assert own.client.get(f"/forms/{own.form_id}").status_code == 404


def test_another_professional_reads_the_chosen_parts_and_writes_none(
    schools_request: Desk, ask: Any, come: Any, somebody: Callable[..., Somebody], desk: Any
) -> None:
    schools_request.write("request", rq_why_now="PART ONE")
    schools_request.write("views", vw_child_q="PART TWO")
    ep = somebody("professional", name="Eve Psychologist")
    part = next(p.section.id for p in form_at(schools_request).pages() if p.id == "request")
    made = ask(schools_request, "professional", ep.email, being="ep", parts=[part])
    reader = desk(ep, come(ep, made))
    html = reader.client.get(f"/forms/{reader.form_id}/check").text
    assert "PART ONE" in html and "PART TWO" not in html
    assert reader.client.get(f"/forms/{reader.form_id}/page/request").location.endswith("/check")
    assert (
        reader.client.post(f"/forms/{reader.form_id}/page/request", data={"csrf_token": token_of(reader)}).status_code
        == 404
    )


def test_a_teachers_part_has_an_end_and_opens_nothing_that_was_not_chosen(
    schools_request: Desk, ask: Any, come: Any, somebody: Callable[..., Somebody], app: Any, authority_id: uuid.UUID
) -> None:
    teacher = somebody("professional")
    come(teacher, ask(schools_request, "teacher", teacher.email))
    with app.database.transaction(authority_id) as session:
        grant = session.scalars(select(Grant).where(Grant.person_id == teacher.person_id)).one()
        assert grant.sections == [] and grant.until_at is not None


def test_a_young_person_is_asked_by_age_and_reads_their_own(
    parents_request: Desk,
    ask: Any,
    come: Any,
    somebody: Callable[..., Somebody],
    desk: Any,
    app: Any,
    authority_id: uuid.UUID,
) -> None:
    today = clock.london_day(clock.now())
    address = {"email": "kid@example.org", "again": "kid@example.org"}
    page = f"/forms/{parents_request.form_id}/invite/young"
    assert "date of birth" in parents_request.client.submit(page, address).text
    born(parents_request, today.year - 6)
    assert "hand over the screen" in parents_request.client.submit(page, address).text
    born(parents_request, today.year - 14)
    child = somebody("family", name="Kit")
    own = desk(child, come(child, ask(parents_request, "young", child.email)))
    assert own.client.get(f"/forms/{own.form_id}").status_code == 200
    assert own.client.get(f"/forms/{parents_request.form_id}").status_code == 404
    assert parents_request.client.get(f"/forms/{own.form_id}").status_code == 404
    with app.database.transaction(authority_id) as session:
        assert session.get_one(Submission, (authority_id, own.form_id)).form_id == "aam-secondary"


def test_a_new_senco_goes_on_with_the_old_ones_draft_and_the_old_one_no_longer_can(
    schools_request: Desk,
    school: uuid.UUID,
    somebody: Callable[..., Somebody],
    desk: Any,
    app: Any,
    authority_id: uuid.UUID,
) -> None:
    schools_request.write("views", vw_child_q="Old words.")
    with app.database.transaction(authority_id) as session:
        post = session.scalars(select(Post).where(Post.person_id == schools_request.who.person_id)).one()
        post.until_on = clock.london_day(clock.now()) - timedelta(days=1)
    new = desk(somebody("professional", "senco", school, name="Nia New"), schools_request.form_id)
    assert "Sam Senco wrote this" in new.client.get(f"/forms/{new.form_id}/page/views").text
    new.write("views", vw_child_q="New words.")
    history = new.client.get(f"/forms/{new.form_id}/history/vw_child_q").text
    assert "Sam Senco wrote" in history and "Old words." in history and "You wrote" in history
    for path in ("", "/page/views", "/people", "/check"):
        assert schools_request.client.get(f"/forms/{new.form_id}{path}").status_code == 404, path


def test_an_invitation_to_a_professional_opens_a_professional_account_behind_the_same_page(
    schools_request: Desk, ask: Any, client_for: Any, app: Any, authority_id: uuid.UUID
) -> None:
    made = ask(schools_request, "teacher", "tom@school.example")
    there, nowhere = client_for(None), client_for(None)
    pages = [each.get(f"/invitations/{key}").text for each, key in ((there, made), (nowhere, uuid.uuid4()))]
    tokens = [re.sub(r'value="[^"]+"|nonce="[^"]+"', "", page) for page in pages]
    assert tokens[0].replace(str(made), "") == re.sub(r"[0-9a-f-]{36}", "", tokens[1]).replace(str(made), "")
    with app.database.transaction(authority_id) as session:
        account = signing_in.open_account(session, "Tom", "tom@school.example", "professional", now=clock.now())
        assert session.get_one(Account, (authority_id, account.id)).kind == "professional"


def test_what_was_meant_for_somebodys_account_at_work_is_not_taken_by_their_familys(
    schools_request: Desk, ask: Any, somebody: Callable[..., Somebody], client_for: Any
) -> None:
    mum = somebody("family")
    made = ask(schools_request, "teacher", mum.email)
    assert client_for(mum).get(f"/invitations/{made}/accept").status_code == 404
