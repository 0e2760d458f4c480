"""What a plan is written from: everything that was sent about a case, by the section of the plan that it feeds."""

import uuid
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import or_, select

from forms.definition import Form, Question, question
from forms.paths import parse_path, path
from forms.plan import LETTERS
from forms.reading import lines
from forms.values import has_something
from models.access import Grant
from models.database import OwnedSession
from models.plans import PlanSource
from models.submissions import Answer, Submission
from workflow.access.actor import Actor
from workflow.access.relation import relations
from workflow.access.scope import FAMILY_ROLES, submissions_for
from workflow.clock import london_day
from workflow.coproduction import kinds, reading
from workflow.coproduction.reading import Text
from workflow.coproduction.submissions import form_of
from workflow.queries.bundles import ROLES
from workflow.queries.said_before import roles_on

NEVER = frozenset({"SG", "CO", "LOC"})
UNFIT = frozenset({"show", "calc", "link", "file", "media", "sign", "person", "address", "phone", "email"})
WHOSE = {"child": "child", "yp": "child", "parent": "parent", "rep": "parent"}
# What Section A calls the things that All About Me asks about.
ABOUT = {
    "future": "hopes", "goal": "hopes", "next": "hopes", "good_at": "strengths", "best": "strengths",
    "worry": "worries", "hard": "worries", "comm": "talk", "understand": "talk",
}  # fmt: skip
AREAS = ("ci", "cl", "semh", "sp", "hl", "sc")


@dataclass(frozen=True)
class Material:
    """Something that somebody said, and how it would stand in a plan.

    `group` and `cells` are the row it would make; `kept_from` are readers of a plan whom its writer did not let
    read it, so that they are asked first; `used` are the places of the plan that come from it already.
    """

    id: uuid.UUID
    words_ids: tuple[uuid.UUID, ...]
    letter: str
    asked: str
    lines: tuple[str, ...]
    author: str
    role: str
    said_on: date
    form: str
    submission_id: uuid.UUID
    mode: str
    group: str
    cells: Mapping[str, Any]
    row: str  # what is said in several answers and makes one row has the same
    kept_from: tuple[str, ...] = ()
    used: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Paper:
    """One form that was sent, open before whoever writes the plan."""

    submission: Submission
    form: Form
    read: reading.Read
    roles: Mapping[uuid.UUID, str]
    readers: Mapping[str, frozenset[str]]


def material(
    session: OwnedSession, plan: Submission, actor: Actor, now: datetime, *, only: uuid.UUID | None = None
) -> list[Material]:
    """Everything that was sent about the case of a plan and feeds one of its sections, in their order.

    Nine queries, however much there is. `only` is one contribution.
    """
    papers = _papers(session, plan, actor, now)
    family = _family(session, plan, now)
    used = sources(session, plan)
    found = [each for paper in papers for each in _of(paper, family)]
    placed = [
        replace(each, used=tuple(place for place, ids in used.items() if ids & set(each.words_ids)))
        for each in found
        if only is None or each.id == only
    ]
    return sorted(placed, key=lambda each: LETTERS.index(each.letter))


def sources(session: OwnedSession, plan: Submission) -> dict[str, set[uuid.UUID]]:
    """The contributions that each statement of a plan comes from, by its place."""
    found: dict[str, set[uuid.UUID]] = {}
    rows = session.execute(
        select(PlanSource.place, PlanSource.contribution_id).where(PlanSource.submission_id == plan.id)
    )
    for place, contribution_id in rows:
        found.setdefault(place, set()).add(contribution_id)
    return found


def _papers(session: OwnedSession, plan: Submission, actor: Actor, now: datetime) -> list[_Paper]:
    sent = list(
        session.scalars(
            submissions_for(actor, now)
            .where(
                Submission.case_id == plan.case_id,
                Submission.state == "sent",
                Submission.form_id.not_in(kinds.PLANS | kinds.RECORDS | {kinds.ON_A_DRAFT}),
            )
            .order_by(Submission.sent_at, Submission.created_at)
        )
    )
    followed = {each.follows_id for each in sent}
    newest = [each for each in sent if each.id not in followed]
    theirs = relations(session, actor, newest, now)
    read = reading.read_all(session, ((each, theirs[each.id]) for each in newest))
    roles = roles_on(session, newest)
    forms = {each.id: form_of(each) for each in newest}
    readers: dict[uuid.UUID, dict[str, frozenset[str]]] = {each.id: {} for each in newest}
    for submission_id, at, audience, withheld in session.execute(
        select(Answer.submission_id, Answer.path, Answer.audience, Answer.withheld).where(
            Answer.submission_id.in_(readers)
        )
    ):
        open_to = frozenset(audience) - set(withheld)
        # Those who are asked for advice get copies, the setting among them (reg 6(3)), where a parent has not said no.
        asked = "advisers" in open_to and "setting" not in withheld and forms[submission_id].voice != "child"
        readers[submission_id][at] = open_to | {"setting"} if asked else open_to
    return [_Paper(each, forms[each.id], read[each.id], roles[each.id], readers[each.id]) for each in newest]


def _family(session: OwnedSession, plan: Submission, now: datetime) -> set[uuid.UUID]:
    """Those who will read the plan as the family of its case."""
    grants = select(Grant.person_id).where(
        Grant.case_id == plan.case_id,
        Grant.role.in_(FAMILY_ROLES),
        or_(Grant.until_at.is_(None), Grant.until_at > now),
    )
    return set(session.scalars(grants))


def _of(paper: _Paper, family: set[uuid.UUID]) -> Iterator[Material]:
    for at, texts in paper.read.texts.items():
        asked = question(paper.form, parse_path(at).id)
        letter = _letter(asked)
        if letter is None or asked.type in UNFIT or "]" in at.rstrip("]").replace("[]", ""):
            continue
        for text in texts:
            if asked.type == "repeat" and text.state == "current":
                yield from _rows(paper, asked, letter, text, family)
            elif asked.type != "repeat" and has_something(text.value):
                yield from _one(paper, asked, letter, text, family)


def _one(paper: _Paper, asked: Question, letter: str, text: Text, family: set[uuid.UUID]) -> Iterator[Material]:
    if set(asked.sensitivity) & NEVER or "authority" not in paper.readers[asked.id]:
        return
    words = lines(asked, text.value)
    group, cells = _as_row(paper, asked, letter, "\n".join(words), text)
    yield _material(paper, asked, letter, text, words, group, cells, [asked.id], (text.contribution_id,), family)


def _rows(paper: _Paper, group: Question, letter: str, text: Text, family: set[uuid.UUID]) -> Iterator[Material]:
    values = paper.read.values
    target = group.id if group.id in ("ou[]", "pv[]") else ""
    for row in text.value or ():
        said = {
            cell: values.get(path(cell.id, row))
            for cell in group.cells
            if cell.type not in (*UNFIT, "repeat")
            and not set(cell.sensitivity) & NEVER
            and "authority" in paper.readers.get(path(cell.id, row), ())
        }
        said = {cell: value for cell, value in said.items() if has_something(value)}
        if not said:
            continue
        words = tuple(f"{cell.text} {'; '.join(lines(cell, value))}".strip() for cell, value in said.items())
        first = paper.read.texts[path(next(iter(said)).id, row)][0]
        if target:
            cells = {cell.id: value for cell, value in said.items() if cell.id in ROW_CELLS[target]}
            made = target, cells
        else:
            made = _as_row(paper, group, letter, "\n".join(words), first)
        at = [path(cell.id, row) for cell in said]
        ids = tuple(paper.read.texts[each][0].contribution_id for each in at)
        yield _material(paper, group, letter, first, words, *made, at, ids, family)


def _material(
    paper: _Paper,
    asked: Question,
    letter: str,
    text: Text,
    words: tuple[str, ...],
    group: str,
    cells: Mapping[str, Any],
    at: Iterable[str],
    ids: tuple[uuid.UUID, ...],
    family: set[uuid.UUID],
) -> Material:
    open_to = frozenset.intersection(*(paper.readers[each] for each in at))
    others = family - {text.author_id}
    kept = [name for name in ("family", "setting") if name not in open_to and (name != "family" or others)]
    role = paper.roles.get(text.author_id, "setting" if paper.submission.setting_id else "other")
    return Material(
        text.contribution_id,
        ids,
        letter,
        asked.caption + ": " + asked.text if asked.caption else asked.text,
        words,
        text.author,
        ROLES.get(role, "Somebody who helps"),
        london_day(text.saved_at),
        paper.form.title,
        paper.submission.id,
        text.mode,
        group,
        cells,
        _row_key(paper, asked, text),
        tuple(kept),
    )


def _row_key(paper: _Paper, asked: Question, text: Text) -> str:
    area = next((each for each in AREAS if asked.id in (f"na_{each}_hard", f"na_{each}_effect")), "")
    return f"{paper.submission.id}:{area}:{text.author_id}" if area else str(text.contribution_id)


def _letter(asked: Question) -> str | None:
    """The first section a question feeds. All About Me feeds Section A, but for what they are called."""
    if "aam.called" in asked.feeds:
        return None
    named = ["A" if each.startswith("aam.") else each.split(" to ")[0] for each in asked.feeds]
    return next((each for each in named if each in LETTERS and each not in ("I", "J", "K")), None)


def _as_row(paper: _Paper, asked: Question, letter: str, words: str, text: Text) -> tuple[str, dict[str, Any]]:
    """The row of the plan that these words would make."""
    if letter == "A":
        role = paper.roles.get(text.author_id, "")
        keys = [each.removeprefix("aam.") for each in asked.feeds if each.startswith("aam.")]
        about = next((ABOUT[key] for key in keys if key in ABOUT), "likes" if keys else _about(asked))
        return "pa[]", {"pa[].part": about, "pa[].whose": WHOSE.get(role, "other"), "pa[].says": words}
    if letter in ("B", "C", "D"):
        area = next((each for each in AREAS if asked.id.startswith(f"na_{each}_")), {"C": "hl", "D": "sc"}.get(letter))
        part = "effect" if asked.id.endswith("_effect") else "good" if asked.id.endswith("_good") else "what"
        return "nd[]", {**({"nd[].area": area} if area else {}), f"nd[].{part}": words}
    if letter == "E":
        return "ou[]", {"ou[].can": words}
    return "pv[]", {"pv[].what": words, "pv[].section": letter.lower()}


def _about(asked: Question) -> str:
    name = asked.id
    if "story" in name or "back" in name:
        return "story"
    return "hopes" if "future" in name or "hope" in name else "strengths" if "good" in name else "likes"


ROW_CELLS = {
    "ou[]": frozenset(f"ou[].{each}" for each in ("by", "can", "why", "know", "now", "pfa", "from")),
    "pv[]": frozenset(
        f"pv[].{each}" for each in ("section", "what", "who", "times", "per", "mins", "group", "weeks", "watch")
    ),
}
