"""Saving answers. Each save says which version it started from; an older one keeps both texts."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from forms.definition import Form, section_of
from forms.paths import parse_path
from forms.text import clean
from models.database import OwnedSession
from models.submissions import Answer, Contribution, SaveReceipt, Submission
from workflow.access.relation import WRITE, Relation
from workflow.coproduction import voices
from workflow.coproduction.submissions import hold
from workflow.errors import NotPermitted, Refused

SITTING = timedelta(minutes=30)
LONGEST = 50_000


@dataclass(frozen=True)
class Writer:
    """Who is writing: the author whose words these are, who types, and how the words were found.

    `page` and `seq` name the open page and its save, where a script sends them: saves of one page may arrive
    late or twice, and are never two people.
    """

    author_id: uuid.UUID
    entered_by: uuid.UUID
    mode: str = "own"
    language: str = "en"
    page: uuid.UUID | None = None
    seq: int = 0


@dataclass
class Saved:
    """What became of a save: the answers' new versions, and the paths where two texts now stand."""

    versions: dict[str, int] = field(default_factory=dict)
    clashes: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Change:
    """A new value for one answer, and the version its writer started from (0: there was none)."""

    value: Any
    base: int


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
    values: Mapping[str, Any] | None = None,
) -> Saved:
    """Save changed answers of a draft. Repeating a `save_id` changes nothing and says the same again.

    `values` are answers known beside the stored ones, for who-may-see rules; what is stored counts more.
    Raises `Refused` for an address the form does not have or an answer too long, `NotPermitted` for a
    section this person does not write. Two writers both keep their text: see `Saved.clashes`.
    """
    hold(session, submission)
    if repeated := _receipt(session, submission, save_id, now):
        return repeated
    _require_draft(submission)
    for path in changes:
        _check_place(form, relation, path, changes[path].value)
    saved = Saved()
    tidied = {path: Change(tidy(changes[path].value), changes[path].base) for path in sorted(changes)}
    said = {**(values or {}), **voices.childs_choice(session, submission, form)}
    said |= {path: each.value for path, each in tidied.items()}
    for path, change in tidied.items():
        asked = section_of(form, parse_path(path).id)[1]
        readers = voices.audience(form, asked, relation.role, said)
        version, clashed = _write(session, submission, path, change, writer, readers, now)
        saved.versions[path] = version
        if clashed:
            saved.clashes.append(path)
    if form.voice == "child" and any(path.endswith(voices.WHO_SEES) for path in tidied):
        voices.obey(session, submission, form)
    submission.changed_at = now
    _settle_receipt(session, submission, save_id, saved)
    return saved


def lock_draft(session: OwnedSession, submission: Submission) -> None:
    """Take a form that is still being written. Raises `Refused` when it was sent: then it is locked for good."""
    hold(session, submission)
    _require_draft(submission)


def _require_draft(submission: Submission) -> None:
    if submission.state == "sent":
        raise Refused("This form has been sent, so it cannot be changed. You can add more as a new form.")


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


def _receipt(session: OwnedSession, submission: Submission, save_id: uuid.UUID, now: datetime) -> Saved | None:
    made = session.execute(
        insert(SaveReceipt)
        .values(submission_id=submission.id, save_id=save_id, result={}, saved_at=now)
        .on_conflict_do_nothing()
        .returning(SaveReceipt.id)
    ).first()
    if made:
        return None
    result = session.scalars(
        select(SaveReceipt.result).where(SaveReceipt.submission_id == submission.id, SaveReceipt.save_id == save_id)
    ).one()
    return Saved(dict(result["versions"]), list(result["clashes"]))


def _settle_receipt(session: OwnedSession, submission: Submission, save_id: uuid.UUID, saved: Saved) -> None:
    receipt = session.scalars(
        select(SaveReceipt).where(SaveReceipt.submission_id == submission.id, SaveReceipt.save_id == save_id)
    ).one()
    receipt.result = {"versions": saved.versions, "clashes": saved.clashes}


def _write(
    session: OwnedSession,
    submission: Submission,
    path: str,
    change: Change,
    writer: Writer,
    readers: Sequence[str],
    now: datetime,
) -> tuple[int, bool]:
    answer = lock_answer(session, submission, path, readers)
    standing = live_contributions(session, answer.id)
    if same := next((c for c in standing if c.value == change.value), None):
        if same.author_id != writer.author_id:
            same.frozen_at = same.frozen_at or now  # two people said it: neither may type over the other's words
        return same.version, len(standing) > 1
    if _built_upon(session, answer, change):
        return change.base, len(standing) > 1
    branch = next((c for c in standing if c.version == change.base), None) or _of_this_page(standing, writer, now)
    if branch is not None and writer.page and branch.page_id == writer.page and writer.seq < branch.page_seq:
        return answer.version, len(standing) > 1  # overtaken on the way by a newer save of the same page
    if branch is not None and _same_sitting(branch, writer, now):
        branch.value, branch.saved_at = change.value, now
        branch.page_id, branch.page_seq = writer.page, writer.seq
        branch.version = answer.version = answer.version + 1
        return answer.version, len(standing) > 1
    if branch is not None and (branch.state == "current" or branch.author_id == writer.author_id):
        follow(session, answer, branch, change, writer, now)
        return answer.version, len(standing) > 1
    if not standing:
        add_contribution(session, answer, change, writer, "current", now)
        return answer.version, False
    for other in standing:
        other.frozen_at = other.frozen_at or now
    add_contribution(session, answer, change, writer, "rival", now)
    return answer.version, True


def follow(
    session: OwnedSession,
    answer: Answer,
    before: Contribution,
    change: Change,
    writer: Writer,
    now: datetime,
) -> None:
    """Put a new contribution in the place of one its writer had read; the old one becomes history."""
    state = before.state
    before.state, before.frozen_at = "earlier", before.frozen_at or now
    session.flush()  # only one contribution may be current at a time
    add_contribution(session, answer, change, writer, state, now)


def lock_answer(session: OwnedSession, submission: Submission, path: str, readers: Sequence[str]) -> Answer:
    """The answer's head, locked for this transaction and made if it is new."""
    session.execute(
        insert(Answer)
        .values(submission_id=submission.id, path=path, audience=list(readers), version=0)
        .on_conflict_do_nothing()
    )
    return session.scalars(
        select(Answer)
        .where(Answer.submission_id == submission.id, Answer.path == path)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one()


def live_contributions(session: OwnedSession, answer_id: uuid.UUID) -> list[Contribution]:
    """What stands for an answer now: the current text and any rivals, oldest first."""
    return list(
        session.scalars(
            select(Contribution)
            .where(Contribution.answer_id == answer_id, Contribution.state.in_(("current", "rival")))
            .order_by(Contribution.version)
            .execution_options(populate_existing=True)
        )
    )


def add_contribution(
    session: OwnedSession, answer: Answer, change: Change, writer: Writer, state: str, now: datetime
) -> Contribution:
    """Begin a sitting: a new contribution at the answer's next version."""
    answer.version += 1
    contribution = Contribution(
        answer_id=answer.id,
        author_id=writer.author_id,
        entered_by=writer.entered_by,
        mode=writer.mode,
        language=writer.language,
        value=change.value,
        version=answer.version,
        based_on=change.base,
        state=state,
        page_id=writer.page,
        page_seq=writer.seq,
        started_at=now,
        saved_at=now,
    )
    session.add(contribution)
    session.flush()
    return contribution


def _built_upon(session: OwnedSession, answer: Answer, change: Change) -> bool:
    """Whether these are the very words that the writer had saved, and somebody has since written over."""
    before = session.scalars(
        select(Contribution).where(
            Contribution.answer_id == answer.id, Contribution.version == change.base, Contribution.state == "earlier"
        )
    ).first()
    return before is not None and before.value == change.value


def _of_this_page(standing: list[Contribution], writer: Writer, now: datetime) -> Contribution | None:
    """What the same open page wrote a moment ago: a reply that was lost does not make one person two."""
    if writer.page is None:
        return None
    return next((c for c in standing if c.page_id == writer.page and _same_sitting(c, writer, now)), None)


def _same_sitting(before: Contribution, writer: Writer, now: datetime) -> bool:
    return (
        before.frozen_at is None
        and now - before.saved_at < SITTING
        and (before.author_id, before.entered_by, before.mode, before.language)
        == (writer.author_id, writer.entered_by, writer.mode, writer.language)
    )
