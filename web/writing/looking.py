"""Reading an outcome or a row of provision again with its writer: kind questions, for what stands on the page."""

import re
import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from flask import jsonify, render_template, request, url_for
from flask.typing import ResponseReturnValue

from forms import outcomes
from forms.conditions import Answers
from forms.definition import Question, question
from forms.outcomes import Remark
from forms.pages import read_typed
from forms.pages.base import Answer
from forms.pages.rows import Rows
from forms.paths import parse_path, path
from web.application import current
from web.who import who
from web.writing import bp, desk
from workflow.access.relation import WRITE
from workflow.clock import london_day
from workflow.coproduction.facts import birth_date
from workflow.errors import NotFound, Refused
from workflow.queries.writing import Desk

CALLED = ("ch_known", "ch_first")


@dataclass(frozen=True)
class Look:
    """What to ask about the rows of a group, by row id, and about all of them; `url` reads a row again."""

    url: str
    rows: Mapping[str, tuple[Remark, ...]]
    whole: tuple[Remark, ...] = ()


def beside(opened: Desk, group: Answer, values: Answers) -> Look | None:
    """What to ask about a group with a helper as it stands on the page; None for any other answer."""
    if not isinstance(group, Rows) or group.question.helper is None:
        return None
    reader = _Reader(opened, {**opened.values, **values})
    outer = parse_path(group.name).rows
    return Look(
        url_for("writing.look", submission_id=opened.submission.id),
        {row.id: reader.row(group.question, *outer, row.id) for row in group.rows},
        outcomes.look_at_all(len(group.data or ())) if group.question.helper == "outcome" else (),
    )


@bp.post("/forms/<uuid:submission_id>/look")
@who("family", "professional", "staff")
def look(submission_id: uuid.UUID) -> ResponseReturnValue:
    """What to ask about one row as it is being typed. Keeps nothing."""
    opened = desk.open_desk(submission_id, WRITE)
    try:
        body: Any = request.get_json(silent=True)
        row, typed = str(body["row"]), dict(body["answers"])
        asked, rows = _group(opened, row)
        if not all(each.startswith(f"{row}.") for each in typed):
            raise ValueError
        read = read_typed(opened.form, typed, opened.values).values
        inside = dict(_inside(asked, rows, typed))
    except (ValueError, KeyError, TypeError):
        raise Refused("We could not read what was sent.") from None
    reader = _Reader(opened, {**opened.values, **read, **inside})
    return jsonify(html=render_template("writing/_look.html", remarks=reader.row(asked, *rows), helper=asked.helper))


def _group(opened: Desk, row: str) -> tuple[Question, tuple[str, ...]]:
    """`ou[abc]` as the group and the rows it passes through. Raises ValueError, `NotFound`."""
    group, _, last = row.removesuffix("]").rpartition("[")
    at = parse_path(f"{group}[]")
    asked = question(opened.form, at.id)
    if asked.helper is None or not opened.may_write(asked.id):
        raise NotFound
    return asked, (*at.rows, last)


def _inside(group: Question, rows: tuple[str, ...], typed: Mapping[str, Any]) -> Iterator[tuple[str, list[str]]]:
    """The rows of groups inside the row, as they stand on the page."""
    for cell in (each for each in group.rows if each.type == "repeat"):
        here = path(cell.id, *rows)
        head = here.removesuffix("]")
        ids = (each.removeprefix(head).partition("]")[0] for each in typed if each.startswith(head))
        yield here, list(dict.fromkeys(ids))


class _Reader:
    """Reads rows of one form, knowing whom it is about."""

    def __init__(self, opened: Desk, values: Answers) -> None:
        state = current()
        self.values = values
        self.today = london_day(state.now)
        self.born = birth_date(state.session, opened.submission, opened.values)
        called = [opened.name, *(str(opened.values.get(each) or "") for each in CALLED)]
        pronouns = re.findall(r"\w+", str(opened.values.get("ch_pronouns") or ""))
        self.names = {*called, *(name.split(" ")[0] for name in called), *pronouns}

    def row(self, group: Question, *rows: str) -> tuple[Remark, ...]:
        found = outcomes.row_of(group, self.values, *rows)
        if group.helper == "provision":
            return outcomes.look_at_provision(found)
        return outcomes.look(found, names=self.names, born=self.born, today=self.today)
