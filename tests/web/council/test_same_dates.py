"""The dates that pages show are those of `flask law due` for the same triggers, whoever reads them."""

import json
import random
import re
import subprocess
import sys
import uuid
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from models.cases import Deadline
from tests.web.conftest import Somebody
from tests.web.council.conftest import Office
from tests.workflow.cases.builders import World
from workflow.access.actor import Actor, actor_for

pytestmark = pytest.mark.full

PROJECT = Path(__file__).parents[3]
DATES = 1_000
FAMILYS = 40  # cases that are looked at by a parent as well
SEED = 20261123


def lived(world: World, by: Actor, chance: random.Random) -> uuid.UUID:
    """A case that began on some day of the last ten months, some acts on. Returns its id."""
    ago = chance.randrange(1, 300)
    if chance.random() < 0.5:
        case, process = world.request(on=world.ago(ago), by=by, first=f"R{chance.randrange(10**9)}")
        if chance.random() < 0.5:
            world.decide(process, assess=chance.random() < 0.7)
        return case.id
    made = world.today - timedelta(days=ago + 60)
    case, process = world.plan(made_on=made, first=f"P{chance.randrange(10**9)}")
    if chance.random() < 0.6:
        world.reported(process, meeting=world.today - timedelta(days=chance.randrange(1, 30)))
    return case.id


def asked_of_the_command(dates: list[Deadline]) -> dict[str, dict[str, Any]]:
    """What `flask law due --batch` says of each, by id."""
    lines = [
        json.dumps({"id": str(each.id), "rule": each.rule, "trigger": each.trigger, "exceptions": each.exceptions})
        for each in dates
    ]
    done = subprocess.run(
        [sys.executable, "-m", "flask", "--app", "wsgi", "law", "due", "--batch", "-"],
        cwd=PROJECT,
        input="\n".join(lines),
        capture_output=True,
        text=True,
        check=True,
    )
    said = [json.loads(line) for line in done.stdout.splitlines()]
    return {each["id"]: each for each in said}


def shown(html: str) -> dict[str, tuple[str | None, str]]:
    """Each date of a page by its id: the day it shows, and the law."""
    found = {}
    for date_id, rest in re.findall(r'<li id="date-([^"]+)"(.*?)</li>', html, re.DOTALL):
        day = re.search(r'<time datetime="([^"]+)"', rest)
        law = re.search(r'class="app-law">The law: (.*?)</p>', rest, re.DOTALL)
        assert law, rest
        found[date_id] = (day and day[1], " ".join(law[1].split()))
    return found


def test_a_thousand_dates_are_the_same_on_the_pages_and_from_the_command(office: Office) -> None:
    chance = random.Random(SEED)
    parent: Somebody = office.somebody("family", name="Pat Example")
    cases: list[uuid.UUID] = []
    found: list[Deadline] = []
    while len(found) < DATES:
        with office.world() as world:
            actor = actor_for(world.session, parent.account_id, world.today)
            assert actor is not None
            cases += [lived(world, actor, chance) for _ in range(20)]
        with office.look() as session:
            found = list(session.scalars(select(Deadline).where(Deadline.case_id.in_(cases))))
    command = asked_of_the_command(found)
    caseworker, family = office.as_("manager"), office.client_for(parent)
    looked: dict[str, tuple[str | None, str]] = {}
    theirs: dict[str, tuple[str | None, str]] = {}
    for case_id in cases:
        looked |= shown(caseworker.get(f"/council/cases/{case_id}").text)
        if len(theirs) < FAMILYS * 4:
            page = family.get(f"/cases/{case_id}")
            theirs |= shown(page.text) if page.status_code == 200 else {}
    assert looked.keys() == {str(each.id) for each in found} and len(theirs) >= FAMILYS
    for each in found:
        said = command[str(each.id)]
        assert looked[str(each.id)] == (said["due"], said["citation"]), (each.rule, each.trigger)
        assert theirs.get(str(each.id), looked[str(each.id)]) == looked[str(each.id)]
    assert len({each.rule for each in found}) > 12
