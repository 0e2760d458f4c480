"""Saving answers. Each save says which version it started from; an older one keeps both texts."""

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, insert, inspect, update
from sqlalchemy.orm.attributes import set_committed_value

from forms.definition import Form, section_of
from forms.paths import parse_path
from forms.text import clean
from models.base import table
from models.database import OwnedSession
from models.submissions import Answer, Contribution, Filled, SaveReceipt, Submission
from workflow.access.relation import WRITE, Relation
from workflow.coproduction import contributions, kinds, readers
from workflow.coproduction.contributions import Change, GoesOn, Head, Writer
from workflow.coproduction.readers import Rule
from workflow.coproduction.submissions import hold
from workflow.errors import NotPermitted, Refused

__all__ = [
    "Change",
    "Saved",
    "Taken",
    "Writer",
    "keep",
    "lock_draft",
    "may_write",
    "require_writer",
    "save",
    "take",
    "tidy",
]

LONGEST = 50_000


@dataclass
class Saved:
    """What became of a save: the answers' new versions, and the paths where two texts now stand."""

    versions: dict[str, int] = field(default_factory=dict)
    clashes: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Taken:
    """A form held for one save, with the answers it is about. `said`: what was said to this very save before."""

    submission: Filled
    save_id: uuid.UUID
    known: dict[str, Head]
    said: Saved | None

    @property
    def values(self) -> dict[str, Any]:
        """The current values of those answers."""
        return {path: at.current.value for path, at in self.known.items() if at.current}


def save(
    session: OwnedSession,
    submission: Submission,
    form: Form,
    relation: Relation,
    writer: Writer,
    changes: Mapping[str, Change],
    *,
    save_id: uuid.UUID,
    now: datetime,
) -> Saved:
    """Save changed answers of a draft. Repeating a `save_id` changes nothing and says the same again.

    The number of statements does not grow with the answers, people or versions of the form.
    Raises `Refused` for an address the form does not have or an answer too long, `NotPermitted` for a
    section this person does not write. Two writers both keep their text: see `Saved.clashes`.
    """
    hold(session, submission)
    taken = take(session, submission, save_id, changes)
    return taken.said or keep(session, taken, form, relation, writer, changes, now=now)


def take(session: OwnedSession, submission: Filled, save_id: uuid.UUID, paths: Iterable[str]) -> Taken:
    """The first half of a save: of a form that is held, read the answers at these paths as they are now."""
    known, said = contributions.heads(session, submission, paths, save_id)
    repeated = None if said is None else Saved(dict(said["versions"]), list(said["clashes"]))
    return Taken(submission, save_id, known, repeated)


def keep(
    session: OwnedSession,
    taken: Taken,
    form: Form,
    relation: Relation,
    writer: Writer,
    changes: Mapping[str, Change],
    *,
    now: datetime,
) -> Saved:
    """The second half: write changes to answers that were taken. Raises what `save` does."""
    _require_draft(taken.submission)
    _require_no_place_in_a_draft(taken.submission, form, changes)
    for path in changes:
        _check_place(form, relation, path, changes[path].value)
    tidied = {path: Change(tidy(changes[path].value), changes[path].base) for path in sorted(changes)}
    unbegun = tidied.keys() - taken.known.keys()
    saying = [(path, each.value) for path, each in tidied.items()]
    by = readers.rule(session, taken.submission, form, relation.role, unbegun, saying) if unbegun else None
    saved, typed_on = _write(session, taken, by, writer, tidied, now)
    _close(session, taken, saved, typed_on, writer, now)
    readers.settle(session, taken.submission, form, tidied)
    return saved


def lock_draft(session: OwnedSession, submission: Submission) -> None:
    """Take a form that is still being written. Raises `Refused` when it was sent: then it is locked for good."""
    hold(session, submission)
    _require_draft(submission)


def _require_draft(submission: Filled) -> None:
    if submission.state == "sent":
        raise Refused("This form has been sent, so it cannot be changed. You can add more as a new form.")


def _require_no_place_in_a_draft(submission: Filled, form: Form, paths: Iterable[str]) -> None:
    """Section I of a plan is blank in every draft (Children and Families Act 2014, s.38(5))."""
    if form.id not in kinds.PLANS or submission.facts.get("final"):
        return
    asked = next(each for each in form.sections if each.id == kinds.PLACE).questions
    if {each.id for each in asked} & set(paths):
        raise Refused("The place is written only when the plan is made final. In a draft it stays blank.")


def require_writer(form: Form, relation: Relation, question_id: str) -> None:
    """Raises `NotPermitted` unless this person writes here: their section, and never another's view."""
    section, asked = section_of(form, question_id)
    # A grant that names a section is permission enough, whatever the role: so a helper has their own page.
    named = relation.sections is not None and section.id in relation.sections and WRITE in relation.rights
    if not named and not relation.may_write(section.id, section.writers):
        raise NotPermitted("You can read this part, but somebody else writes it.")
    if asked.answered_by:
        raise NotPermitted("The person invited answers this.")
    if form.voice == "shared" and form.voice_of(asked) == "view" and "family" not in relation.readers:
        raise NotPermitted("These are the family's own words. Only they can write here.")


def may_write(form: Form, relation: Relation, question_id: str) -> bool:
    """Whether this person writes the answer to a question."""
    try:
        require_writer(form, relation, question_id)
    except NotPermitted:
        return False
    return True


def tidy(value: Any) -> Any:
    """Text made safe to keep, whatever was pasted, in values of any shape."""
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, list):
        return [tidy(part) for part in value]
    if isinstance(value, dict):
        return {clean(str(key)): tidy(part) for key, part in value.items()}
    return value


def _check_place(form: Form, relation: Relation, path: str, value: Any) -> None:
    try:
        require_writer(form, relation, parse_path(path).id)
    except (KeyError, ValueError):
        raise Refused("That question is not on this form.") from None
    if isinstance(value, str) and len(value) > LONGEST:
        raise Refused(
            f"This answer has {len(value):,} characters. The most is {LONGEST:,}. Nothing was cut: "
            "shorten it, or add the rest as a paper.",
            path,
        )


def _write(
    session: OwnedSession,
    taken: Taken,
    by: Rule | None,
    writer: Writer,
    changes: Mapping[str, Change],
    now: datetime,
) -> tuple[Saved, list[GoesOn]]:
    """Write each change, `by` the rule for those that nobody has begun; what is typed on is left to `_close`."""
    saved, typed_on = Saved(), list[GoesOn]()
    for path, change in changes.items():
        at = taken.known.get(path)
        if at is None:
            assert by is not None
            at = readers.begin(session, taken.submission, by, path)
        written = contributions.write(session, at, change, writer, now)
        saved.versions[path] = written.version
        if written.clashed:
            saved.clashes.append(path)
        if written.goes_on:
            typed_on.append(written.goes_on)
    return saved, typed_on


_form, _answer, _text = table(Submission), table(Answer), table(Contribution)
_CHANGED = update(_form).where(_form.c.id == bindparam("submission")).values(changed_at=bindparam("now"))
_HEAD = update(_answer).where(_answer.c.id == bindparam("answer")).values(version=bindparam("next"))
_TEXT = (
    update(_text)
    .where(_text.c.id == bindparam("text"))
    .values(
        value=bindparam("words"),
        version=bindparam("next"),
        page_id=bindparam("page"),
        page_seq=bindparam("seq"),
        saved_at=bindparam("now"),
    )
)
_TYPED = _TEXT.add_cte(_HEAD.cte("head"))
_CLOSE = (
    insert(table(SaveReceipt))
    .values(
        id=bindparam("receipt"),
        submission_id=bindparam("submission"),
        save_id=bindparam("save"),
        result=bindparam("said"),
        saved_at=bindparam("now"),
    )
    .add_cte(_CHANGED.cte("changed"))
)
_TYPED_AND_CLOSE = _CLOSE.add_cte(_HEAD.cte("head"), _TEXT.cte("text"))


def _close(
    session: OwnedSession, taken: Taken, saved: Saved, typed_on: list[GoesOn], writer: Writer, now: datetime
) -> None:
    """Write what was typed on, keep the receipt, and say when the form was last changed.

    People mostly type on at one place, all day long: so the last of what was typed goes with the receipt, in one
    statement.
    """
    said = {"versions": saved.versions, "clashes": saved.clashes}
    receipt = {"receipt": uuid.uuid4(), "submission": taken.submission.id, "save": taken.save_id, "said": said}
    page = {"page": writer.page, "seq": writer.seq, "now": now}
    texts = [
        {"answer": each.answer_id, "text": each.text_id, "words": each.value, "next": each.version, **page}
        for each in typed_on
    ]
    connection = session.connection()
    for text in texts[:-1]:
        connection.execute(_TYPED, text)
    if texts:
        connection.execute(_TYPED_AND_CLOSE, {**receipt, **texts[-1]})
    else:
        connection.execute(_CLOSE, {**receipt, "now": now})
    _forget(session, taken.submission, typed_on, now)


def _forget(session: OwnedSession, submission: Filled, typed_on: list[GoesOn], now: datetime) -> None:
    """Have objects of these answers and texts read again: they were written past them."""
    written = {row_id for each in typed_on for row_id in (each.answer_id, each.text_id)}
    for found in session.identity_map.values():
        row_id = inspect(found).identity[-1]
        if row_id == submission.id:
            set_committed_value(found, "changed_at", now)
        elif row_id in written:
            session.expire(found)
