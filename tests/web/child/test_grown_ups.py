"""A child's form is read by somebody by name by the next school day; a child who asks to talk is heard that day."""

import re
import uuid
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from sqlalchemy import select, update

from models.access import Post
from models.outbox import Message
from models.tasks import Task
from tests.web.child.test_handing_over import answer
from tests.web.conftest import PageClient, Somebody
from tests.web.writing.conftest import Desk
from web.application import Coproduce
from workflow import clock
from workflow.coproduction.grown_ups import next_school_day
from workflow.outbox import still_wanted
from workflow.outbox.rights import NOT_THEIRS


def tasks(app: Coproduce, authority_id: uuid.UUID) -> list[Task]:
    with app.database.transaction(authority_id) as session:
        return list(session.scalars(select(Task).order_by(Task.made_at)))


def finish(client: PageClient, form_id: uuid.UUID, *who: str) -> None:
    answer(client, form_id, "ap_who_sees", ap_who_sees=list(who))
    client.submit(f"/child/{form_id}/finish")


def give_back(client: PageClient, form_id: uuid.UUID) -> None:
    client.submit(f"/child/{form_id}/leave", {"pin": "2580"}, page=f"/child/{form_id}/stop")


@pytest.mark.parametrize(
    "day, read_by",
    [
        (date(2026, 11, 23), date(2026, 11, 24)),
        (date(2026, 11, 27), date(2026, 11, 30)),
        (date(2026, 12, 24), date(2026, 12, 29)),
    ],
)
def test_the_next_school_day_is_no_weekend_and_no_bank_holiday(day: date, read_by: date) -> None:
    assert next_school_day(day) == read_by


def test_the_grown_up_who_helped_is_asked_to_read_it(
    handed: PageClient, begun: uuid.UUID, parents_request: Desk, app: Coproduce, authority_id: uuid.UUID
) -> None:
    finish(handed, begun, "family")
    (task,) = tasks(app, authority_id)
    assert (task.kind, task.person_id) == ("read_child", parents_request.who.person_id)
    assert task.due_on == next_school_day(clock.london_day(clock.now()))


def test_nobody_is_asked_to_read_what_a_child_keeps(
    handed: PageClient, begun: uuid.UUID, app: Coproduce, authority_id: uuid.UUID
) -> None:
    finish(handed, begun)
    assert tasks(app, authority_id) == []


def test_saying_happy_twice_asks_once(
    handed: PageClient, begun: uuid.UUID, app: Coproduce, authority_id: uuid.UUID
) -> None:
    page = handed.get(f"/child/{begun}/finish").text
    answer(handed, begun, "ap_who_sees", ap_who_sees=["family"])
    token = re.search(r'name="csrf_token" value="([^"]+)"', page)[1]  # type: ignore[index]
    for _ in range(2):
        handed.post(f"/child/{begun}/finish", data={"csrf_token": token})
    assert len(tasks(app, authority_id)) == 1


def test_it_is_on_their_list_until_they_say_they_have_read_it(
    handed: PageClient, begun: uuid.UUID, app: Coproduce, authority_id: uuid.UUID
) -> None:
    finish(handed, begun, "family")
    give_back(handed, begun)
    assert "is ready to read" in handed.get("/home").text
    (task,) = tasks(app, authority_id)
    page = handed.get(f"/to-look-at/{task.id}").text
    assert f"/forms/{begun}/check" in page and "Bean" not in re.search(r"<title>(.*)</title>", page)[1]  # type: ignore[index]
    handed.submit(f"/to-look-at/{task.id}")
    assert "is ready to read" not in handed.get("/home").text


def test_a_child_who_asks_to_talk_is_heard_the_same_day(
    handed: PageClient, begun: uuid.UUID, parents_request: Desk, app: Coproduce, authority_id: uuid.UUID
) -> None:
    told = handed.submit(f"/child/{begun}/talk", {"who": "here"}, follow_redirects=True).text
    assert "We have told them" in told and "0800 1111" in told
    (task,) = tasks(app, authority_id)
    assert (task.kind, task.due_on) == ("talk", clock.london_day(clock.now()))
    give_back(handed, begun)
    assert "would like to talk" in handed.get("/home").text


def test_asking_to_talk_keeps_what_was_being_typed(handed: PageClient, begun: uuid.UUID) -> None:
    reply = answer(handed, begun, "ap_good", ap_good="Football", talk="yes")
    assert reply.location == f"/child/{begun}/talk"
    assert "Football" in handed.get(f"/child/{begun}/about/ap_good").text


def test_choosing_nobody_is_asked_again(handed: PageClient, begun: uuid.UUID) -> None:
    reply = handed.submit(f"/child/{begun}/talk")
    assert reply.status_code == 422 and "Choose who you would like to talk to" in reply.text


def test_at_home_no_school_is_offered(handed: PageClient, begun: uuid.UUID) -> None:
    assert "Somebody at my school" not in handed.get(f"/child/{begun}/talk").text
    assert handed.submit(f"/child/{begun}/talk", {"who": "setting"}).status_code == 422


def test_at_school_whoever_works_there_is_asked(
    schools_request: Desk, school: uuid.UUID, app: Coproduce, authority_id: uuid.UUID,
    somebody: Callable[..., Somebody], client_for: Callable[..., PageClient],
) -> None:  # fmt: skip
    client, here = schools_request.client, f"/forms/{schools_request.form_id}"
    where = client.submit(f"{here}/begin/aam-primary", page=here).location
    own = uuid.UUID(str(where).rsplit("/", 1)[-1])
    client.submit(f"/child/{own}/hand-over", {"pin": "2580", "again": "2580"})
    client.submit(f"/child/{own}/talk", {"who": "setting"})
    head = client_for(somebody("professional", "head", school))
    assert "would like to talk" in head.get("/school/").text
    stranger = client_for(somebody("family"))
    (task,) = tasks(app, authority_id)
    assert task.setting_id == school
    assert stranger.get(f"/to-look-at/{task.id}").status_code == 404


def test_mail_about_it_names_nobody_and_is_not_sent_once_it_is_done(
    handed: PageClient, begun: uuid.UUID, app: Coproduce, authority_id: uuid.UUID
) -> None:
    finish(handed, begun, "family")
    give_back(handed, begun)
    with app.database.transaction(authority_id) as session:
        about = select(Message).where(Message.template == "read_child").order_by(Message.not_before)
        mails = session.scalars(about).all()
        assert [mail.words for mail in mails] == [{}, {}]
        assert mails[1].not_before.date() > mails[0].not_before.date()
        assert still_wanted(session, mails[1], mails[1].not_before) is None
    (task,) = tasks(app, authority_id)
    handed.submit(f"/to-look-at/{task.id}")
    with app.database.transaction(authority_id) as session:
        late: Any = session.get_one(Message, (authority_id, mails[1].id))
        assert still_wanted(session, late, late.not_before) == "it was done"


def test_a_task_and_its_mail_end_with_the_post_of_whoever_it_was_for(
    schools_request: Desk, app: Coproduce, authority_id: uuid.UUID
) -> None:
    client, here = schools_request.client, f"/forms/{schools_request.form_id}"
    where = client.submit(f"{here}/begin/aam-primary", page=here).location
    own = uuid.UUID(str(where).rsplit("/", 1)[-1])
    client.submit(f"/child/{own}/hand-over", {"pin": "2580", "again": "2580"})
    client.submit(f"/child/{own}/talk", {"who": "here"})
    give_back(client, own)
    (task,) = tasks(app, authority_id)
    assert client.get(f"/to-look-at/{task.id}").status_code == 200
    with app.database.transaction(authority_id) as session:
        mail = session.scalars(select(Message).where(Message.template == "talk")).first()
        assert mail is not None and still_wanted(session, mail, clock.now()) is None
        mine = Post.person_id == schools_request.who.person_id
        session.execute(update(Post).where(mine).values(until_on=date(2020, 1, 2)))
        assert still_wanted(session, mail, clock.now()) == NOT_THEIRS
    assert client.get(f"/to-look-at/{task.id}").status_code == 404
    assert "would like to talk" not in client.get("/school/").text
