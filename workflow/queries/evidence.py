"""Everything that was sent about a child, to be weighed before a decision, with what was marked of it so far."""

import uuid
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import and_, select

from forms import catalogue
from models.cases import Case, Process
from models.database import OwnedSession
from models.decisions import Consideration
from models.files import Attachment
from models.people import Person
from models.submissions import Submission
from workflow.coproduction.kinds import RECORDS

SIDES = ("family", "child", "setting", "advice")
WHOSE = {
    "family": "What the family told us",
    "child": "What the child or young person told us",
    "setting": "What the setting told us",
    "advice": "What others told us",
}


@dataclass(frozen=True)
class Mark:
    """What somebody wrote that a piece of evidence shows."""

    id: uuid.UUID
    showed: str
    who: str
    at: datetime


@dataclass(frozen=True)
class Item:
    """One form that was sent, or one file on it. `earlier` are marks that others wrote before the one that stands."""

    id: uuid.UUID
    kind: str
    form_id: uuid.UUID
    title: str
    by: str
    side: str
    sent_at: datetime | None
    mark: Mark | None = None
    earlier: tuple[Mark, ...] = field(default=())


def evidence(session: OwnedSession, case: Case, process: Process) -> list[Item]:
    """Every piece, the family's own first. Three queries, however much there is."""
    forms = session.execute(
        select(Submission, Person.name)
        .join(Person, Person.id == Submission.owner_id)
        .where(Submission.case_id == case.id, Submission.state == "sent", Submission.form_id.not_in(RECORDS))
        .order_by(Submission.sent_at, Submission.created_at, Submission.id)
    ).all()
    by_form = {each.id: (each, name) for each, name in forms}
    files = defaultdict(list)
    for file in session.scalars(
        select(Attachment)
        .where(
            Attachment.submission_id.in_(by_form),
            Attachment.state == "clean",
            Attachment.removed_at.is_(None),
            Attachment.audience.contains(["authority"]),
        )
        .order_by(Attachment.added_at, Attachment.id)
    ):
        files[file.submission_id].append(file)
    marks = _marks(session, process)
    found = []
    for submission, name in by_form.values():
        side = _side(submission)
        title = catalogue.get(submission.form_id, submission.form_version).title
        found.append(_item(marks, submission.id, "form", submission, title, name, side))
        found += [_item(marks, each.id, "file", submission, each.name, name, side) for each in files[submission.id]]
    return sorted(found, key=lambda item: SIDES.index(item.side))


def _item(
    marks: dict[uuid.UUID, list[tuple[Mark, bool]]],
    item_id: uuid.UUID,
    kind: str,
    submission: Submission,
    title: str,
    by: str,
    side: str,
) -> Item:
    rows = marks.get(item_id, [])
    stands = rows[-1][0] if rows and rows[-1][1] else None
    earlier = tuple(mark for mark, _ in rows if mark.showed and (stands is None or mark.showed != stands.showed))
    return Item(item_id, kind, submission.id, title, by, side, submission.sent_at, stands, earlier)


def _marks(session: OwnedSession, process: Process) -> dict[uuid.UUID, list[tuple[Mark, bool]]]:
    rows = session.execute(
        select(Consideration, Person.name)
        .join(Person, and_(Person.authority_id == Consideration.authority_id, Person.id == Consideration.marked_by))
        .where(Consideration.process_id == process.id)
        .order_by(Consideration.marked_at, Consideration.id)
    )
    found: dict[uuid.UUID, list[tuple[Mark, bool]]] = defaultdict(list)
    for each, who in rows:
        found[each.item_id].append((Mark(each.id, each.showed or "", who, each.marked_at), each.stands))
    return found


def _side(submission: Submission) -> str:
    form = catalogue.get(submission.form_id, submission.form_version)
    if form.voice == "child" or submission.facts.get("role") == "yp":
        return "child"
    return {"family": "family", "child": "child", "setting": "setting"}.get(form.written_by, "advice")
