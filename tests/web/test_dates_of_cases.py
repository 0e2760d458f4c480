"""A thousand cases, each brought somewhere on random days: the dates drawn for family and office are the law's."""

import json
import random
import re
import uuid
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from law import tables
from law.keys import KEYS
from models.cases import Deadline, Event, Process
from web.application import Coproduce
from workflow.cases import deadlines
from workflow.queries import timelines

pytestmark = pytest.mark.full

CASES, LONGEST = 1_000, 8
FIRST = date(2025, 3, 1)  # inside the known bank holidays, and three years of steps later too
DRAWN = re.compile(r'id="date-([0-9a-f-]{36})".*?app-timeline__date">\s*(?:<time datetime="([0-9-]{10})"|<span>)', re.S)


def life(chance: random.Random) -> tuple[Process, list[Event]]:
    """A process of some kind, and the acts that brought it to where it stands."""
    table = chance.choice(list(tables.PROCESSES.values()))
    process = Process(id=uuid.uuid4(), case_id=uuid.uuid4(), kind=table.name, stage=table.start)
    day, done = FIRST + timedelta(chance.randrange(500)), list[Event]()
    for _ in range(chance.randint(1, LONGEST)):
        lines = [line for line in table.acts_at(process.stage) if not tables.on_a_row(table.name, line.act)]
        if not lines:
            break
        line = chance.choice(lines)
        fixed = {key: day.isoformat() for key in line.records}
        fixed |= {key: "order.amend_content" for key in line.asks if KEYS[key].kind != "date"}
        facts = {"from": process.stage, "to": line.to, "triggers": fixed}
        done.append(Event(id=uuid.uuid4(), process_id=process.id, act=line.act, happened_on=day, facts=facts))
        process.stage = line.to
        day += timedelta(chance.randrange(40))
    return process, done


def drawn(app: Coproduce, rows: list[Deadline], register: str) -> dict[str, str | None]:
    """What the pages' own timeline shows of each deadline, by its id: a day, or None where it says in words."""
    template = app.jinja_env.get_template("components/case_timeline.html")
    dates = [timelines.dated(row, register) for row in rows]  # type: ignore[arg-type]
    page = str(template.module.case_timeline(dates, FIRST))  # type: ignore[attr-defined]
    return {found: day or None for found, day in DRAWN.findall(page)}


def answers(app: Coproduce, rows: list[Deadline], file: Path) -> Iterator[tuple[str, str | None]]:
    """What `flask law due --batch` says of each."""
    asked = ({"id": str(row.id), "rule": row.rule, "trigger": row.trigger} for row in rows)
    file.write_text("\n".join(json.dumps(each) for each in asked))
    said = app.test_cli_runner().invoke(args=["law", "due", "--batch", str(file)])
    assert said.exit_code == 0, said.output
    for line in said.output.splitlines():
        answer = json.loads(line)
        assert "error" not in answer, answer
        yield answer["id"], answer["due"]


def test_the_dates_on_the_pages_are_those_of_the_law_in_a_thousand_cases(app: Coproduce, tmp_path: Path) -> None:
    chance, rows = random.Random(20261123), list[Deadline]()
    for _ in range(CASES):
        process, done = life(chance)
        born = FIRST - timedelta(chance.randrange(365, 24 * 365))
        rows += deadlines.worked_out(process, done, born, today=FIRST)
    assert len(rows) > CASES and len({row.rule for row in rows}) > 60
    law = dict(answers(app, rows, tmp_path / "asked.jsonl"))
    assert len(law) == len(rows)
    with app.test_request_context():
        for register in ("family", "professional"):
            assert drawn(app, rows, register) == law
