"""A request that came by another way: put on record, keyed in under the writer's name, with its papers."""

import io
import re
import uuid
from datetime import timedelta

from sqlalchemy import func, select

from models.cases import Case, Deadline, Event
from models.files import Attachment
from models.submissions import Answer, Contribution, Submission
from tests.web.council.conftest import Office
from workflow import clock
from workflow.clock import london_day

PAGE = "/council/receive"


def typed(**given: str) -> dict[str, object]:
    came = london_day(clock.now()) - timedelta(days=2)
    return {
        "token": str(uuid.uuid4()),
        "route": "email",
        "arrived_on-day": str(came.day),
        "arrived_on-month": str(came.month),
        "arrived_on-year": str(came.year),
        "asker": "parent",
        "name": "Pat Example",
        "address": "1 Example Street, HX1 2AB",
        "first": "Robin",
        "last": "Example",
        "born_on-day": "20",
        "born_on-month": "5",
        "born_on-year": "2017",
        "setting": "",
        "step": "look",
        **given,
    }


def count(office: Office, what: object) -> int:
    with office.look() as session:
        return session.scalars(select(func.count()).select_from(what)).one()  # type: ignore[call-overload]


def test_a_request_nobody_knows_of_is_put_on_record_at_once_with_its_true_day(office: Office) -> None:
    client = office.as_("caseworker")
    done = client.submit(PAGE, typed(), follow_redirects=True)
    assert "The request is on record" in done.text and "Pat Example" in done.text and "by post" in done.text
    with office.look() as session:
        due = session.scalars(select(Deadline.due_on).where(Deadline.rule == "assess.decide")).one()
        assert due == london_day(clock.now()) - timedelta(days=2) + timedelta(weeks=6)


def test_a_double_click_gives_one_request(office: Office) -> None:
    client, data = office.as_("caseworker"), typed()
    first, again = client.submit(PAGE, data), client.submit(PAGE, data)
    third = client.submit(PAGE, data | {"step": "receive", "child": "different"})
    assert first.location == again.location == third.location
    assert count(office, Case) == 1


def test_a_child_who_may_be_known_is_asked_about_first_and_joined_by_a_person(office: Office) -> None:
    with office.world() as world:
        case_id = world.request()[0].id
    client, data = office.as_("caseworker"), typed(first="Exámple", last="ROBIN")
    asked = client.submit(PAGE, data)
    assert asked.status_code == 200 and "Is it one of these children?" in asked.text
    assert count(office, Case) == 1
    unsaid = client.submit(PAGE, data | {"step": "receive"})
    assert unsaid.status_code == 422
    client.submit(PAGE, data | {"step": "receive", "child": str(case_id)})
    with office.look() as session:
        joined = session.scalars(select(Case.joined_to_id)).all()
        assert len(joined) == 2 and len([each for each in joined if each]) == 1
        assert session.scalars(select(Event.act).where(Event.act == "join_cases")).all() == ["join_cases"]


def test_a_child_in_a_case_one_has_a_conflict_with_is_not_offered(office: Office) -> None:
    with office.world() as world:
        case_id = world.request()[0].id
    client = office.as_("caseworker")
    client.submit(f"/council/cases/{case_id}/conflict", {"why": "My neighbour.", "person": _me(office)})
    assert client.get(f"/council/cases/{case_id}").status_code == 404
    done = client.submit(PAGE, typed())
    assert done.status_code == 302


def _me(office: Office) -> str:
    from models.access import Post

    with office.look() as session:
        return str(session.scalars(select(Post.person_id).where(Post.role == "caseworker")).first())


def test_what_lacks_is_said_and_what_was_typed_stays(office: Office) -> None:
    back = office.as_("manager").submit(PAGE, typed(address="", name=""))
    assert back.status_code == 422
    assert 'href="#address"' in back.text and 'href="#name"' in back.text
    assert 'value="Robin"' in back.text


def test_a_day_that_may_be_wrong_is_asked_about_and_never_refused(office: Office) -> None:
    client, old = office.as_("caseworker"), london_day(clock.now()) - timedelta(days=60)
    data = typed(**{f"arrived_on-{part}": str(getattr(old, part)) for part in ("day", "month", "year")})
    assert "six weeks to decide are over" in client.submit(PAGE, data).text
    assert client.submit(PAGE, data | {"step": "receive"}).status_code == 302


def _keying(office: Office) -> tuple[object, str]:
    client = office.as_("caseworker")
    client.submit(PAGE, typed())
    with office.look() as session:
        return client, str(session.scalars(select(Submission.id)).one())


def test_it_is_keyed_in_under_the_writers_name_and_locked_as_it_is(office: Office) -> None:
    client, form = _keying(office)
    page = client.get(f"/forms/{form}/page/{_first_page(client, form)}")  # type: ignore[attr-defined]
    assert "You are keying in what Pat Example wrote or said" in page.text
    sent = client.submit(f"/forms/{form}/send", {}, follow_redirects=True)  # type: ignore[attr-defined]
    assert "has been keyed in" in sent.text
    with office.look() as session:
        rows = session.execute(
            select(Contribution.mode, Contribution.author_id, Contribution.entered_by, Submission.owner_id)
            .join(Answer, Answer.id == Contribution.answer_id)
            .join(Submission, Submission.id == Answer.submission_id)
        ).all()
        assert {row.mode for row in rows} == {"scribed"}
        assert all(row.author_id == row.owner_id != row.entered_by for row in rows)


def _first_page(client: object, form: str) -> str:
    overview = client.get(f"/forms/{form}").text  # type: ignore[attr-defined]
    return re.search(rf"/forms/{form}/page/([\w-]+)", overview)[1]  # type: ignore[index]


def test_nothing_is_added_before_it_is_said_that_it_is_about_this_child(office: Office) -> None:
    client, form = _keying(office)
    page = f"/forms/{form}/page/fi"
    shown = client.get(f"{page}?all=1")  # type: ignore[attr-defined]
    row = re.search(r'name="(fi\[[\w-]+\]\.file)"', shown.text)
    hidden = dict(re.findall(r'name="((?:version|was|save|person|fi\[\])[^"]*)" value="([^"]*)"', shown.text))
    assert "Is everything you add here about this child?" in shown.text
    assert "Robin Example, born 20 May 2017" in shown.text
    name = row[1] if row else "fi[one].file"
    for answer, kept in (("", 0), ("no", 0), ("yes", 1)):
        data = {**hidden, name: (io.BytesIO(b"A scan of a letter."), "scan.txt"), "about_child": answer}
        client.submit(f"{page}?all=1", data, content_type="multipart/form-data")  # type: ignore[attr-defined]
        with office.look() as session:
            marked = session.scalars(select(Attachment.about_child).where(Attachment.state == "clean")).all()
            assert list(marked) == [True] * kept, answer
