"""What the pages of a form read: the form open before one person, with what they may see of it."""

import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from forms import calcs
from forms.completeness import Place, pages_asked, requirement, still_to_do, visible
from forms.definition import Form, Option, Page, Section
from forms.values import has_something
from forms.wording import named
from models.database import OwnedSession
from models.people import Child, Person, Setting
from models.submissions import Answer, Contribution, Filled, Submission
from workflow.access.actor import Actor
from workflow.access.keyed import being_keyed
from workflow.access.policy import find_submission, hold_submission
from workflow.access.relation import SEND, Relation
from workflow.access.scope import familys_own
from workflow.coproduction import answers, reading
from workflow.coproduction.facts import facts_of
from workflow.coproduction.kinds import KEPT
from workflow.coproduction.reading import Read, Text
from workflow.coproduction.submissions import form_of

NAMES = ("ch_known", "ch_first")


@dataclass(frozen=True)
class Sheet:
    """A form before one person who may write it, with nothing read of it yet."""

    submission: Filled
    form: Form
    actor: Actor
    theirs: Relation

    @property
    def sent(self) -> bool:
        """Whether it is locked."""
        return self.submission.state == "sent"

    @property
    def keyed(self) -> bool:
        """Whether the council is keying it in for whoever wrote it on paper or said it."""
        return being_keyed(self.submission)

    @property
    def private(self) -> bool:
        """Whether it is somebody's own view, which others read only once it is shared or sent."""
        return self.form.voice in ("view", "child") and self.submission.root_id is not None

    @property
    def may_send(self) -> bool:
        """Whether this person sends this form by itself: a view goes with the form it belongs to, and what a
        setting keeps is sent nowhere."""
        alone = not self.private or self.submission.case_id is not None
        return not self.sent and SEND in self.theirs.rights and alone and self.form.id not in KEPT

    def may_write(self, question_id: str) -> bool:
        """Whether this person writes the answer to a question."""
        return not self.sent and answers.may_write(self.form, self.theirs, question_id)


@dataclass(frozen=True)
class Desk(Sheet):
    """A form open before one person: who they are to it, and what of it they may read."""

    submission: Submission
    read: Read
    values: dict[str, Any]
    facts: dict[str, Any]
    name: str

    @property
    def looks_back(self) -> bool:
        """Whether earlier texts are this person's to see. The drafts of somebody's own view are its owner's alone:
        whoever helps with some parts of it reads how those stand."""
        mine = "owner" in self.theirs.readers or self.theirs.only is None
        return mine or self.form.voice == "shared"

    @property
    def intro(self) -> str:
        """The form's opening words, with the child's name in them."""
        return named(self.form.intro, self.name, self.form.written_by)

    def base(self, path: str) -> int:
        """The version that a writer of this answer starts from."""
        return next((text.version for text in self.read.texts.get(path, ()) if text.state == "current"), 0)

    def current(self, path: str) -> Text | None:
        """The text that stands for an answer."""
        return next((text for text in self.read.texts.get(path, ()) if text.state == "current"), None)


@dataclass(frozen=True)
class Part:
    """A section on the task list. `todo`: how many expected answers are missing; `page`: where to go on."""

    section: Section
    status: str
    todo: int
    mine: bool
    page: str | None


def open_form(session: OwnedSession, actor: Actor, submission_id: uuid.UUID, action: str, now: datetime) -> Desk:
    """A form through the actor's scope. The number of queries does not grow with answers or people.

    Raises `NotFound`, `NotPermitted`.
    """
    submission, theirs = find_submission(session, actor, submission_id, action, now)
    return desk_of(session, actor, submission, theirs, now)


def hold_sheet(session: OwnedSession, actor: Actor, submission_id: uuid.UUID, action: str, now: datetime) -> Sheet:
    """The same, held to be written on and not read: its cost does not grow with what is written there."""
    submission, theirs = hold_submission(session, actor, submission_id, action, now)
    return Sheet(submission, form_of(submission), actor, theirs)


def desk_of(session: OwnedSession, actor: Actor, submission: Submission, theirs: Relation, now: datetime) -> Desk:
    """The same for a form already found."""
    read = reading.read(session, submission, theirs)
    values = read.values
    facts = facts_of(session, submission, values, now)
    return Desk(
        submission, form_of(submission), actor, theirs, read, values, facts, called(session, submission, values)
    )


def called(session: OwnedSession, submission: Submission, values: dict[str, Any]) -> str:
    """The name the child likes: from the record, else from this form or the one it belongs to; else "".

    A view beside another parent's own request takes nothing from there: not the name a child now goes by.
    """
    if submission.root_id and submission.form_id in familys_own():
        root = session.get_one(Submission, (session.authority_id, submission.root_id))
        if root.form_id in familys_own() and root.owner_id != submission.owner_id:
            return ""
    if submission.child_id:
        child = session.get(Child, (session.authority_id, submission.child_id))
        return child.known_as if child else ""
    if submission.root_id:
        rows = session.execute(
            select(Answer.path, Contribution.value)
            .join(Contribution, Contribution.answer_id == Answer.id)
            .where(
                Answer.submission_id == submission.root_id,
                Answer.path.in_(NAMES),
                Contribution.state == "current",
            )
        )
        values = {path: value for path, value in rows}
    return next((str(values[path]).strip() for path in NAMES if has_something(values.get(path))), "")


def owner_name(session: OwnedSession, submission: Filled) -> str:
    """The name of the person a form belongs to, for whoever helps them with it."""
    return session.get_one(Person, (session.authority_id, submission.owner_id)).name


def has_short(form: Form) -> bool:
    """Whether a form has a short way through it."""
    return any(asked.short for asked in form.questions())


def my_pages(desk: Desk, *, short: bool) -> list[Page]:
    """The pages with something for this person to write, in order."""
    asked = pages_asked(desk.form, desk.values, desk.facts, short=short and has_short(desk.form))
    return [page for page in asked if any(desk.may_write(each.id) for each in page.questions if each.type != "calc")]


def parts(desk: Desk, *, short: bool) -> list[Part]:
    """The sections with their honest progress."""
    pages = my_pages(desk, short=short)
    asked = {each.id for page in pages for each in page.questions}
    todo = {
        section_id: [place for place in places if not short or _top(place) in asked]
        for section_id, places in still_to_do(desk.form, desk.values, desk.facts).items()
    }
    everywhere = visible(desk.form, desk.values, desk.facts)
    found = []
    for section in desk.form.sections:
        places = [place for place in everywhere if place.section.id == section.id]
        own = [page for page in pages if page.section.id == section.id]
        if not places or (short and not own):
            continue
        missing = todo.get(section.id, [])
        found.append(_part(desk, section, places, own, missing))
    return found


def first_undone(desk: Desk, *, short: bool) -> Page | None:
    """The page of the first expected answer that is missing; None when none is."""
    return next(_undone(desk, my_pages(desk, short=short)), None)


def setting_names(session: OwnedSession) -> list[Option]:
    """Settings to choose from. Kept as their names: the box takes any other name as well."""
    names = session.scalars(select(Setting.name).order_by(Setting.name))
    return [Option.model_construct(id=name, label=name) for name in names]


def _part(desk: Desk, section: Section, places: Sequence[Place], own: list[Page], missing: Sequence[Place]) -> Part:
    mine = bool(own)
    answered = any(has_something(desk.values.get(place.path)) for place in places)
    expected = any(requirement(place, desk.values, desk.facts) in ("R", "E") for place in places)
    clash = any(place.path in desk.read.clashes for place in places)
    if not mine:
        return Part(section, "doing" if answered else "waiting", 0, False, None)
    if clash:
        status = "two_versions"
    elif missing:
        status = "doing" if answered else "todo"
    else:
        status = "done" if answered or expected else "optional"
    page = next(_undone(desk, own), own[0])
    return Part(section, status, len(missing), True, page.id)


def _undone(desk: Desk, pages: Sequence[Page]) -> Iterator[Page]:
    missing = {_top(place) for places in still_to_do(desk.form, desk.values, desk.facts).values() for place in places}
    return (page for page in pages if any(each.id in missing and desk.may_write(each.id) for each in page.questions))


def _top(place: Place) -> str:
    """The id of the question on the page that a place belongs to: its own, or its outermost group's."""
    return place.question.id.split(".")[0]


def worked_out(desk: Desk) -> dict[str, dict[str, str]]:
    """What the form works out by itself, in words, by the path it stands at."""
    return {path: {"text": text} for path, text in calcs.worked_out(desk.form, desk.values, desk.facts).items()}
