"""Bringing in the plans a council already holds, from a CSV: previewed, then applied; twice changes nothing."""

import csv
import io
import uuid
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from forms.text import clean
from models.access import Account, Post
from models.cases import Case, ImportBatch, Plan
from models.database import OwnedSession
from models.people import Child, Person, Setting
from workflow import audit
from workflow.access.actor import Actor
from workflow.audit import Subject
from workflow.cases import finding, opening, reviews
from workflow.clock import london_day
from workflow.errors import NotFound, Refused
from workflow.signing_in import fold

COLUMNS = ("child_first", "child_last", "birth_date", "setting", "plan_date", "last_review", "caseworker")
NEEDED = ("child_first", "birth_date", "plan_date")
MOST_ROWS = 20_000
TEMPLATE = ",".join(COLUMNS) + "\r\nJo,Example,2016-03-05,,2024-09-12,2025-09-01,\r\n"


@dataclass(frozen=True)
class Row:
    """One line of the file, read: what it says, or what is wrong with it in one sentence."""

    number: int
    child_first: str = ""
    child_last: str = ""
    born_on: date | None = None
    setting: str = ""
    made_on: date | None = None
    last_review_on: date | None = None
    caseworker: str = ""
    problem: str = ""
    known: bool = False


@dataclass(frozen=True)
class Preview:
    """What a file would do: new plans, plans already here, rows that cannot be used."""

    rows: tuple[Row, ...]

    @property
    def good(self) -> tuple[Row, ...]:
        """Rows that bring in a plan that is not here yet."""
        return tuple(row for row in self.rows if not row.problem and not row.known)

    @property
    def known(self) -> tuple[Row, ...]:
        """Rows whose plan is here already."""
        return tuple(row for row in self.rows if row.known)

    @property
    def bad(self) -> tuple[Row, ...]:
        """Rows that cannot be used, each with its problem."""
        return tuple(row for row in self.rows if row.problem)


def decode(raw: bytes) -> str:
    """A file's text: UTF-8 with or without a mark, as Excel writes UTF-16, else Windows letters.

    Raises `ValueError` for bytes that are not text at all.
    """
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = raw.decode("utf-16")
    else:
        try:
            text = raw.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = raw.decode("cp1252")
    if "\0" in text:
        raise ValueError("not text")
    return clean(text)


def read(session: OwnedSession, content: str, today: date) -> Preview:
    """Read a CSV and say what each row would do. Changes nothing.

    Raises `Refused` when the file as a whole cannot be read as one.
    """
    lines = _lines(content)
    settings = {setting.name.casefold(): setting.name for setting in session.scalars(select(Setting))}
    staff = {
        email or ""
        for (email,) in session.execute(
            select(Account.email).join(Post, Post.person_id == Account.person_id).where(Account.kind == "staff")
        )
    }
    rows: list[Row] = []
    seen: set[tuple[str, date | None, date | None]] = set()
    for number, cells in lines:
        row = _read_row(number, cells, settings, staff, today)
        if not row.problem:
            key = (f"{row.child_first} {row.child_last}".casefold(), row.born_on, row.made_on)
            known = key in seen or _plan_here(session, row) is not None
            seen.add(key)
            row = Row(**{**row.__dict__, "known": known})
        rows.append(row)
    return Preview(tuple(rows))


def keep(session: OwnedSession, content: str, actor: Actor, now: datetime) -> ImportBatch:
    """Hold a file between its preview and its confirmation."""
    batch = ImportBatch(id=uuid.uuid4(), content=content, made_by=actor.person_id, made_at=now, counts={})
    session.add(batch)
    session.flush()
    return batch


def kept(session: OwnedSession, batch_id: uuid.UUID) -> ImportBatch:
    """A file held for confirmation, locked. Raises `NotFound`."""
    found = session.scalars(select(ImportBatch).where(ImportBatch.id == batch_id).with_for_update()).one_or_none()
    if found is None:
        raise NotFound
    return found


def confirm(session: OwnedSession, batch_id: uuid.UUID, actor: Actor, *, now: datetime) -> ImportBatch:
    """Bring in a held file, once: the content is then let go and the counts stay."""
    batch = kept(session, batch_id)
    if batch.content is not None:
        done = apply(session, batch.content, actor, now=now)
        batch.counts = {"new": len(done.good), "known": len(done.known), "bad": len(done.bad)}
        batch.applied_at, batch.content = now, None
    return batch


def apply(session: OwnedSession, content: str, actor: Actor, *, now: datetime) -> Preview:
    """Bring in the good rows. Past dates make a worklist, not mail: reminders never reach back before today."""
    preview = read(session, content, london_day(now))
    for row in preview.good:
        _bring_in(session, row, actor, now)
    audit.record(
        session,
        "import_plans",
        actor,
        Subject(),
        happened_on=london_day(now),
        now=now,
        facts={"new": len(preview.good), "known": len(preview.known), "bad": len(preview.bad)},
    )
    return preview


def _lines(content: str) -> list[tuple[int, dict[str, str]]]:
    reader = csv.DictReader(io.StringIO(content.lstrip("\ufeff"), newline=""))
    try:
        header = [(name or "").strip().lower().replace(" ", "_") for name in reader.fieldnames or []]
        missing = [name for name in NEEDED if name not in header]
        if missing:
            raise Refused(f"The first line must name the columns. It lacks: {', '.join(missing)}.", "file")
        reader.fieldnames = header
        lines = [(reader.line_num, {k: (v or "").strip() for k, v in line.items() if k}) for line in reader]
    except csv.Error:
        raise Refused("This file cannot be read as CSV. Save it as CSV (UTF-8) and try again.", "file") from None
    if len(lines) > MOST_ROWS:
        raise Refused(f"This file has {len(lines):,} rows. Bring in at most {MOST_ROWS:,} at once.", "file")
    return [line for line in lines if any(line[1].values())]


def _read_row(number: int, cells: dict[str, str], settings: dict[str, str], staff: set[str], today: date) -> Row:
    born, made = _date(cells.get("birth_date", "")), _date(cells.get("plan_date", ""))
    last_typed = cells.get("last_review", "")
    last = _date(last_typed)
    setting = settings.get(cells.get("setting", "").casefold(), "")
    problems = (
        (not cells.get("child_first"), "There is no first name."),
        (born is None, "The birth date is not a date. Write it as 2016-03-05 or 05/03/2016."),
        (made is None, "The plan date is not a date. Write it as 2024-03-05 or 05/03/2024."),
        (bool(last_typed) and last is None, "The last review is not a date."),
        (bool(born and made and made < born), "The plan date is before the birth date."),
        (bool(made and made > today), "The plan date is in the future."),
        (bool(last and last > today), "The last review is in the future."),
        (bool(last and made and last < made), "The last review is before the plan."),
        (bool(cells.get("setting")) and not setting, "No setting has this name here."),
        (
            bool(cells.get("caseworker")) and fold(cells["caseworker"]) not in staff,
            "No member of staff has this email address.",
        ),
    )
    return Row(
        number=number,
        child_first=cells.get("child_first", ""),
        child_last=cells.get("child_last", ""),
        born_on=born,
        setting=setting,
        made_on=made,
        last_review_on=last,
        caseworker=fold(cells.get("caseworker", "")),
        problem=next((words for wrong, words in problems if wrong), ""),
    )


def _date(typed: str) -> date | None:
    for pattern in ("%Y-%m-%d", "%d/%m/%Y", "%d/%m/%y", "%d %B %Y", "%d %b %Y"):
        try:
            return datetime.strptime(typed, pattern).date()  # noqa: DTZ007  (a calendar date has no zone)
        except ValueError:
            continue
    return None


def _plan_here(session: OwnedSession, row: Row) -> Plan | None:
    return session.scalars(
        select(Plan)
        .join(Case, Case.id == Plan.case_id)
        .join(Child, Child.id == Case.child_id)
        .where(
            Child.first == row.child_first,
            Child.last == row.child_last,
            Child.born_on == row.born_on,
            Plan.made_on == row.made_on,
        )
    ).first()


def _bring_in(session: OwnedSession, row: Row, actor: Actor, now: datetime) -> None:
    assert row.born_on and row.made_on  # a good row has both
    setting_id = session.scalars(select(Setting.id).where(Setting.name == row.setting)).one_or_none()
    case = _case_of(session, row, setting_id, london_day(now))
    if row.caseworker:
        case.caseworker_id = session.scalars(
            select(Account.person_id).where(Account.email == row.caseworker, Account.kind == "staff")
        ).one()
    session.add(
        Plan(
            id=uuid.uuid4(),
            case_id=case.id,
            made_on=row.made_on,
            last_review_on=row.last_review_on,
            setting_id=setting_id,
        )
    )
    session.flush()
    reviews.open_review(session, case, actor, plan_made=row.made_on, last_review=row.last_review_on, now=now)


def _case_of(session: OwnedSession, row: Row, setting_id: uuid.UUID | None, today: date) -> Case:
    assert row.born_on
    found = session.execute(
        select(Case, Child)
        .join(Child, Child.id == Case.child_id)
        .where(Child.first == row.child_first, Child.last == row.child_last, Child.born_on == row.born_on)
    ).first()
    if found:
        case, child = found
        child.setting_id = setting_id or child.setting_id
        return case
    person = Person(id=uuid.uuid4(), name=row.child_first)
    session.add(person)
    session.flush()
    child = Child(
        id=uuid.uuid4(),
        person_id=person.id,
        first=row.child_first,
        last=row.child_last,
        known_as=row.child_first,
        born_on=row.born_on,
        setting_id=setting_id,
    )
    session.add(child)
    session.flush()
    finding.index(session, child)
    return opening.open_case(session, child, today)
