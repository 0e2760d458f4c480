"""Saying who covers: for oneself, or as a manager for anybody; and ending it."""

import uuid
from typing import Any

from sqlalchemy import select

from models.access import Cover
from tests.web.council.conftest import Office
from workflow import clock

PAGE = "/council/cover"


def days(**more: str) -> dict[str, str]:
    today = clock.london_day(clock.now())
    boxes = {part: str(getattr(today, part)) for part in ("day", "month", "year")}
    return {f"{name}-{part}": value for name in ("from_on", "until_on") for part, value in boxes.items()} | more


def test_a_caseworker_says_who_covers_for_them_and_ends_it(office: Office) -> None:
    own, other = office.somebody("staff", "caseworker"), office.somebody("staff", "caseworker")
    client = office.client_for(own)
    given: dict[str, Any] = days(caseworker=str(own.person_id), cover=str(other.person_id))
    assert client.submit(PAGE, given).status_code == 302
    assert "End now" in client.get(PAGE).text
    with office.look() as session:
        made = session.scalars(select(Cover)).one()
        assert (made.caseworker_id, made.cover_id) == (own.person_id, other.person_id)
    assert client.submit(f"{PAGE}/{made.id}/end", page=PAGE).status_code == 302
    assert "Nobody is covered for" in client.get(PAGE).text


def test_a_caseworker_does_not_say_who_covers_for_another(office: Office) -> None:
    own, other = office.somebody("staff", "caseworker"), office.somebody("staff", "caseworker")
    given = days(caseworker=str(other.person_id), cover=str(own.person_id))
    response = office.client_for(own).submit(PAGE, given)
    assert response.status_code == 422
    with office.look() as session:
        assert session.scalars(select(Cover)).all() == []


def test_what_is_missing_is_said_beside_it(office: Office) -> None:
    response = office.as_("manager").submit(PAGE, {"cover": ""})
    assert (
        response.status_code == 422
        and "Choose who covers." in response.text
        and 'href="#until_on-day"' in response.text
    )


def test_nobody_ends_what_is_not_theirs(office: Office) -> None:
    own, other = office.somebody("staff", "caseworker"), office.somebody("staff", "caseworker")
    office.client_for(own).submit(PAGE, days(caseworker=str(own.person_id), cover=str(other.person_id)))
    with office.look() as session:
        made = session.scalars(select(Cover.id)).one()
    stranger = office.as_("decider")
    assert "End now" not in stranger.get(PAGE).text
    assert stranger.submit(f"{PAGE}/{made}/end", page=PAGE).status_code == 404
    assert stranger.submit(f"{PAGE}/{uuid.uuid4()}/end", page=PAGE).status_code == 404
