"""The pages on which a manager hands a caseload over: choose, look, do, take back."""

import re
import uuid

from sqlalchemy import select

from models.cases import Case
from tests.web.conftest import PageClient
from tests.web.council.conftest import Office
from workflow.access.actor import Actor
from workflow.allocation import giving

PAGE = "/council/hand-over"


def leaving(office: Office, count: int = 2) -> tuple[PageClient, uuid.UUID, list[uuid.UUID]]:
    """A manager's browser, and somebody with cases."""
    leaver = office.somebody("staff", "caseworker", name="Lee Leaver").person_id
    made = [case_id for case_id, _ in office.requests(count)]
    with office.world() as world:
        manager: Actor = world.staff("manager")
        for case_id in made:
            case = world.session.get_one(Case, (world.session.authority_id, case_id))
            giving.give(world.session, case, leaver, manager, now=world.now)
    return office.as_("manager"), leaver, made


def owners(office: Office) -> set[uuid.UUID | None]:
    with office.look() as session:
        return set(session.scalars(select(Case.caseworker_id)))


def test_a_manager_hands_everything_over_in_three_steps(office: Office) -> None:
    client, leaver, made = leaving(office)
    taker = office.somebody("staff", "caseworker", name="Tess Taker").person_id
    assert f"{PAGE}/{leaver}" in client.get(PAGE).text
    first = client.get(f"{PAGE}/{leaver}").text
    assert "Tess Taker</bdi>, 0 open cases" in first and "Alba" in first and "Decision whether to assess" in first
    look = client.submit(f"{PAGE}/{leaver}", {"step": "look", "takers": str(taker)}).text
    assert "Nothing is done yet" in look and f'name="to-{made[0]}"' in look
    assert owners(office) == {leaver}
    to = {"step": "send", "takers": str(taker), **{f"to-{case_id}": str(taker) for case_id in made}}
    assert client.submit(f"{PAGE}/{leaver}", to).status_code == 302
    assert owners(office) == {taker}
    back = re.search(r"/council/hand-overs/[\w-]+/take-back", client.get(PAGE).text)
    assert back
    assert client.submit(back[0], {"why": ""}).status_code == 422
    assert client.submit(back[0], {"why": "It was the wrong person."}).status_code == 302
    assert owners(office) == {leaver}
    assert "can no longer be taken back" in client.get(back[0]).text


def test_what_is_missing_is_said_and_what_was_chosen_is_kept(office: Office) -> None:
    client, leaver, made = leaving(office)
    nobody = client.submit(f"{PAGE}/{leaver}", {"step": "look"})
    assert nobody.status_code == 422 and 'href="#takers-0"' in nobody.text
    takers = [str(office.somebody("staff", "caseworker", name=name).person_id) for name in ("Ann", "Bea")]
    given = {"step": "send", "takers": takers, f"to-{made[0]}": takers[1]}
    some = client.submit(f"{PAGE}/{leaver}", given)
    assert some.status_code == 422 and "Cases came or went" in some.text
    assert re.search(rf'name="to-{made[0]}".*?value="{takers[1]}" selected', some.text, re.DOTALL)
    assert owners(office) == {leaver}


def test_nobody_who_is_not_here_has_a_page(office: Office) -> None:
    client, _, _ = leaving(office, 1)
    assert client.get(f"{PAGE}/{uuid.uuid4()}").status_code == 404
    assert client.get(f"/council/hand-overs/{uuid.uuid4()}/take-back").status_code == 404
