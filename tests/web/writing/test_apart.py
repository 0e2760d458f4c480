"""Two parents who live apart, and a young person who decides: nothing of one reaches the other by any page, print,
mail or reply. What the one wrote is marked, whatever it is, and everything the other can reach is searched."""

import uuid
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select

from forms import catalogue
from models.access import Account, Grant
from models.outbox import Message
from models.people import Contact, Person
from models.submissions import Answer, Contribution, Submission
from tests.web.conftest import Somebody
from tests.web.writing.conftest import Desk
from tests.web.writing.marks import MARK, doors, mark, nothing_of, reached
from tests.web.writing.people import ask, come
from tests.web.writing.test_sending import fill_school
from workflow import clock
from workflow.coproduction import submissions

__all__ = ["ask", "come", "mark"]
pytestmark = pytest.mark.full


@pytest.fixture
def asha(
    app: Any, authority_id: uuid.UUID, parents_request: Desk, mark: Any, ask: Any, come: Any, somebody: Any
) -> Desk:
    """A parent with marks in every field of her own request, in her name and addresses, and with a marked helper."""
    with app.database.transaction(authority_id) as session:
        session.get_one(Person, (authority_id, parents_request.who.person_id)).name = f"{MARK} Asha"
        session.get_one(Account, (authority_id, parents_request.who.account_id)).email = f"{MARK.lower()}@asha.example"
        for kind, value in (("address", f"1 {MARK} Road"), ("phone", f"{MARK} 01632"), ("email", f"{MARK}@a.example")):
            session.add(Contact(person_id=parents_request.who.person_id, kind=kind, value=value))
    friend = somebody("family", name=f"{MARK} Helper")
    part = catalogue.get("ehcna-req-parent").sections[0].id
    come(friend, ask(parents_request, "helper", friend.email, being="advocate", parts=[part]))
    assert mark(parents_request.form_id, parents_request.who) > 20
    return parents_request


def test_beside_a_parents_own_request_the_other_parent_finds_nothing_of_it(
    asha: Desk, ask: Any, come: Any, somebody: Callable[..., Somebody], client_for: Any, mark: Any
) -> None:
    ben = somebody("family", name="Ben Other")
    own = come(ben, ask(asha, "parent", ben.email))
    client = client_for(ben)
    for path in doors(asha.form_id):
        assert client.get(path).status_code == 404, path
    nothing_of("Asha", client, *doors(own))
    assert any(MARK in text for text in reached(asha.client, *doors(asha.form_id)).values())  # she does
    # Nor does she find anything of his.
    Desk(client, ben, own).write("vp_great", vp_great="BENSOWNWORDS")
    client.submit(f"/forms/{own}/share", page=f"/forms/{own}")
    for path in doors(own):
        assert asha.client.get(path).status_code == 404, path
    for path, text in reached(asha.client, "/home", *doors(asha.form_id)).items():
        assert "BENSOWNWORDS" not in text and "Ben Other" not in text and str(own) not in text, path


def test_after_a_request_is_sent_the_other_parent_still_finds_nothing(
    asha: Desk, ask: Any, come: Any, somebody: Any, client_for: Any, app: Any, authority_id: uuid.UUID
) -> None:
    ben = somebody("family", name="Ben Other")
    own = come(ben, ask(asha, "parent", ben.email))
    client = client_for(ben)
    Desk(client, ben, own).write("vp_great", vp_great="Ours too.")
    client.submit(f"/forms/{own}/share", page=f"/forms/{own}")
    _ready_to_send(app, authority_id, asha)
    assert asha.client.submit(f"/forms/{asha.form_id}/send").status_code == 302
    with app.database.transaction(authority_id) as session:
        assert session.get_one(Submission, (authority_id, own)).state == "sent"
        mails = session.scalars(
            select(Message).where((Message.person_id == ben.person_id) | (Message.address == ben.email))
        )
        for mail in mails:
            assert MARK not in f"{mail.words} {mail.link_to}"
    for path in doors(asha.form_id):
        assert client.get(path).status_code == 404, path
    nothing_of("Asha", client, *doors(own))


def test_beside_a_schools_form_each_parents_views_and_helpers_stay_their_own(
    schools_request: Desk,
    invite: Any,
    somebody: Any,
    desk: Any,
    mark: Any,
    ask: Any,
    come: Any,
    app: Any,
    authority_id: uuid.UUID,
) -> None:
    asha, ben = somebody("family", name=f"{MARK} Asha"), somebody("family", name="Ben Other")
    views = {}
    for who in (asha, ben):
        invite(schools_request, who)
        at = f"/forms/{schools_request.form_id}"
        begun = desk(who, schools_request.form_id).client.submit(f"{at}/begin/views-parent", page=at)
        views[who.person_id] = desk(who, uuid.UUID(begun.location.rpartition("/")[2]))
    hers, his = views[asha.person_id], views[ben.person_id]
    assert mark(hers.form_id, asha) > 10
    friend = somebody("family", name=f"{MARK} Helper")
    part = catalogue.get("views-parent").sections[0].id
    come(friend, ask(hers, "helper", friend.email, being="relative", parts=[part]))
    every = [*doors(schools_request.form_id), *doors(his.form_id)]
    nothing_of("Asha", his.client, *every)
    # What she wrote in the part that all write is read by all; that it was she, is not said.
    desk(asha, schools_request.form_id).write("views", vw_child_q="She likes maths.")
    assert "She likes maths." in his.client.get(f"/forms/{schools_request.form_id}/check").text
    saved = desk(ben, schools_request.form_id).autosave({"vw_child_q": {"value": "And art.", "base": 0}}, page="views")
    assert MARK not in saved.text and saved.json["clashes"]
    hers.client.submit(f"/forms/{hers.form_id}/share", page=f"/forms/{hers.form_id}")
    nothing_of("Asha", his.client, *every)
    fill_school(schools_request)
    assert schools_request.client.submit(f"/forms/{schools_request.form_id}/send").status_code == 302
    for path in doors(hers.form_id):
        assert his.client.get(path).status_code == 404, path
    nothing_of("Asha", his.client, *every)
    with app.database.transaction(authority_id) as session:
        assert session.get_one(Submission, (authority_id, hers.form_id)).state == "sent"
        for mail in session.scalars(select(Message).where(Message.person_id == ben.person_id)):
            assert MARK not in f"{mail.words}"


@pytest.fixture
def robin(app: Any, authority_id: uuid.UUID, somebody: Any, acting: Any, desk: Any, mark: Any) -> Desk:
    """A young person with a request of their own, full of marks."""
    who = somebody("family", name=f"{MARK} Robin")
    with app.database.transaction(authority_id) as session:
        form_id = submissions.begin(
            session, acting(who), "ehcna-req-yp", create_token=uuid.uuid4(), now=clock.now(), facts={"role": "yp"}
        ).id
    assert mark(form_id, who) > 10
    return desk(who, form_id)  # type: ignore[no-any-return]


def test_a_young_person_chooses_what_a_parent_reads_and_the_parent_changes_none_of_it(
    robin: Desk, ask: Any, come: Any, somebody: Any, client_for: Any
) -> None:
    parent = somebody("family", name="Pat Parent")
    areas = [
        (section, asked)
        for section in catalogue.get("ehcna-req-yp").sections
        for asked in section.questions
        if asked.type == "area" and asked.when is None and section.when is None
    ]
    part, opened = areas[0]
    closed = next(asked for section, asked in areas if section.id != part.id)
    come(parent, ask(robin, "parent", parent.email, parts=[part.id]))
    client = client_for(parent)
    html = client.get(f"/forms/{robin.form_id}/check").text
    assert f"{MARK} {opened.id}" in html and f"{MARK} {closed.id}" not in html
    page = next(p.id for p in catalogue.get("ehcna-req-yp").pages() if p.section.id == part.id)
    assert client.get(f"/forms/{robin.form_id}/page/{page}").location.endswith("/check")
    token = {"csrf_token": client.token("/home")}
    for act in ("send", "share", "delete", f"page/{page}", "invite/helper"):
        assert client.post(f"/forms/{robin.form_id}/{act}", data=token).status_code == 404, act
    assert f"{MARK} {opened.id}" in robin.client.get(f"/forms/{robin.form_id}/check").text


def test_a_parent_whom_a_young_person_lets_read_nothing_has_views_of_their_own_and_both_are_kept(
    robin: Desk, ask: Any, come: Any, somebody: Any, client_for: Any, app: Any, authority_id: uuid.UUID
) -> None:
    parent = somebody("family", name="Pat Parent")
    own = come(parent, ask(robin, "parent", parent.email))
    client = client_for(parent)
    assert own != robin.form_id
    Desk(client, parent, own).write("vp_great", vp_great="We see it otherwise.")
    nothing_of("Robin", client, *doors(own))
    for path in doors(robin.form_id):
        assert client.get(path).status_code == 404, path
    client.submit(f"/forms/{own}/share", page=f"/forms/{own}")
    with app.database.transaction(authority_id) as session:
        theirs = session.get_one(Submission, (authority_id, robin.form_id))
        assert (theirs.owner_id, theirs.state) == (robin.who.person_id, "draft")
        assert session.get_one(Submission, (authority_id, own)).state == "shared"


def test_a_young_person_ends_a_parents_reading(
    robin: Desk, ask: Any, come: Any, somebody: Any, client_for: Any, app: Any, authority_id: uuid.UUID
) -> None:
    parent = somebody("family")
    part = catalogue.get("ehcna-req-yp").sections[0].id
    come(parent, ask(robin, "parent", parent.email, parts=[part]))
    with app.database.transaction(authority_id) as session:
        grant = session.scalars(select(Grant.id).where(Grant.person_id == parent.person_id)).one()
    assert robin.client.submit(f"/forms/{robin.form_id}/people/{grant}/stop").status_code == 302
    assert client_for(parent).get(f"/forms/{robin.form_id}").status_code == 404


def _ready_to_send(app: Any, authority_id: uuid.UUID, at: Desk) -> None:
    """The choices that a request needs beside its words."""
    with app.database.transaction(authority_id) as session:
        for path, value in (("pq_ask", ["yes"]), ("ch_dob", "2019-03-05"), ("de_role", "parent")):
            answer = Answer(
                id=uuid.uuid4(), submission_id=at.form_id, path=path, version=1, audience=["owner", "authority"]
            )
            session.add(answer)
            session.flush()
            session.add(
                Contribution(
                    answer_id=answer.id,
                    author_id=at.who.person_id,
                    entered_by=at.who.person_id,
                    mode="own",
                    value=value,
                    version=1,
                    based_on=0,
                    state="current",
                    started_at=clock.now(),
                    saved_at=clock.now(),
                )
            )
