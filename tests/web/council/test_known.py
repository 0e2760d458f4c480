"""What is known of a child: every fact with its giver, and two accounts settled by a caseworker."""

import time
import uuid
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Event
from typing import Any

import pytest
from sqlalchemy import select

from models.cases import Case
from models.cases import Event as Act
from models.operations import ReadLog
from models.people import Child, Fact
from models.submissions import Submission
from tests.web.conftest import PageClient, Somebody
from tests.web.writing.conftest import Desk, acting, desk, parents_request
from tests.web.writing.test_sending import fill, send
from web.application import Coproduce
from workflow import clock
from workflow.access.actor import actor_for
from workflow.access.policy import AS_MANAGER
from workflow.cases import known, opening

__all__ = ["acting", "desk", "parents_request"]


@pytest.fixture
def told_twice(parents_request: Desk, app: Coproduce, authority_id: uuid.UUID) -> uuid.UUID:
    """A case whose doctor's surgery a parent and a SENCO name differently; and a fact about safety."""
    fill(parents_request)
    send(parents_request)
    with app.database.transaction(authority_id) as session:
        form = session.get_one(Submission, (authority_id, parents_request.form_id))
        child = session.get_one(Child, (authority_id, form.child_id))
        for said, by, role in (
            ({"ch_gp": "Hill Surgery", "ch_addr_hide_who": "An uncle"}, parents_request.who.person_id, "parent"),
            ({"ch_gp": "Low Surgery"}, child.person_id, "senco"),
        ):
            opening.remember(
                session, child, form, said, by, role, said_on=clock.london_day(clock.now()), now=clock.now()
            )
            session.flush()
        assert form.case_id
        return form.case_id


def settle(client: PageClient, case_id: uuid.UUID, fact_id: uuid.UUID, use: str) -> Any:
    page = f"/council/cases/{case_id}/known"
    return client.submit(f"{page}/{fact_id}", {"use": use}, page=page, follow_redirects=True)


def gp(app: Coproduce, authority_id: uuid.UUID) -> dict[str, Fact]:
    with app.database.transaction(authority_id) as session:
        return {str(fact.value): fact for fact in session.scalars(select(Fact).where(Fact.key == "ch_gp"))}


def test_both_accounts_are_shown_with_who_said_them(
    told_twice: uuid.UUID, somebody: Callable[..., Somebody], client_for: Any
) -> None:
    html = client_for(somebody("staff", "caseworker")).get(f"/council/cases/{told_twice}/known").text
    assert "Hill Surgery" in html and "Low Surgery" in html and "Asha Iqbal" in html and "SENCO" in html


@pytest.mark.parametrize("use, stands", [("new", "Low Surgery"), ("old", "Hill Surgery")])
def test_a_caseworker_settles_which_stands_and_it_is_on_record(
    told_twice: uuid.UUID, use: str, stands: str, app: Coproduce, authority_id: uuid.UUID,
    somebody: Callable[..., Somebody], client_for: Any,
) -> None:  # fmt: skip
    client = client_for(somebody("staff", "caseworker"))
    html = settle(client, told_twice, gp(app, authority_id)["Low Surgery"].id, use).text
    assert "Two people say different things" not in html
    found = gp(app, authority_id)
    assert [words for words, fact in found.items() if fact.superseded_at is None] == [stands]
    with app.database.transaction(authority_id) as session:
        assert session.scalars(select(Act).where(Act.act == "settle_fact")).one().case_id == told_twice


def test_a_second_caseworker_is_told_that_it_was_settled(
    told_twice: uuid.UUID, app: Coproduce, authority_id: uuid.UUID, somebody: Callable[..., Somebody], client_for: Any
) -> None:
    client = client_for(somebody("staff", "caseworker"))
    fact = gp(app, authority_id)["Low Surgery"].id
    settle(client, told_twice, fact, "new")
    assert "Somebody has settled this already" in settle(client, told_twice, fact, "old").text


def test_two_accounts_settled_at_once_do_not_both_stand(
    told_twice: uuid.UUID, app: Coproduce, authority_id: uuid.UUID, somebody: Callable[..., Somebody]
) -> None:
    who = somebody("staff", "caseworker")
    with app.database.transaction(authority_id) as session:
        first = session.scalars(select(Fact).where(Fact.key == "ch_gp", Fact.proposed)).one()
        given = {"key": "ch_gp", "value": "Mid Surgery", "audience": ["authority"], "proposed": True}
        session.add(
            Fact(
                child_id=first.child_id, said_by=who.person_id, said_as="other", said_on=first.said_on,
                submission_id=first.submission_id, **given,
            )
        )  # fmt: skip
    begun, ended = Event(), []

    def accept(words: str, wait: bool) -> None:
        with app.database.transaction(authority_id) as session:
            case = session.get_one(Case, (authority_id, told_twice))
            actor = actor_for(session, who.account_id, clock.london_day(clock.now()))
            assert actor is not None
            known.settle(session, case, actor, gp(app, authority_id)[words].id, accept=True, now=clock.now())
            session.flush()
            begun.set()
            if wait:
                time.sleep(0.5)
            ended.append(words)

    with ThreadPoolExecutor(2) as threads:
        slow = threads.submit(accept, "Low Surgery", True)
        assert begun.wait(10)
        quick = threads.submit(accept, "Mid Surgery", False)
        slow.result(), quick.result()
    assert ended == ["Low Surgery", "Mid Surgery"]
    standing = [each for each in gp(app, authority_id).values() if not each.proposed and each.superseded_at is None]
    assert [each.value for each in standing] == ["Mid Surgery"]


def test_what_is_restricted_is_read_by_the_named_caseworker_and_on_record_by_a_manager(
    told_twice: uuid.UUID, app: Coproduce, authority_id: uuid.UUID, somebody: Callable[..., Somebody], client_for: Any
) -> None:
    named, other = somebody("staff", "caseworker"), somebody("staff", "caseworker")
    manager, decider = somebody("staff", "manager"), somebody("staff", "decider")
    with app.database.transaction(authority_id) as session:
        session.get_one(Case, (authority_id, told_twice)).caseworker_id = named.person_id
    page = f"/council/cases/{told_twice}/known"
    read = {who: "An uncle" in client_for(who).get(page).text for who in (named, other, manager, decider)}
    assert read == {named: True, other: False, manager: True, decider: False}
    with app.database.transaction(authority_id) as session:
        rows = session.execute(select(ReadLog.person_id, ReadLog.what).where(ReadLog.what.startswith("record")))
        assert {person for person, what in rows if what.endswith(AS_MANAGER)} == {manager.person_id}


def test_families_and_schools_have_no_such_page(told_twice: uuid.UUID, parents_request: Desk) -> None:
    assert parents_request.client.get(f"/council/cases/{told_twice}/known").status_code == 404
