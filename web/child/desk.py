"""The child's own form, opened on the screen of a grown-up who may hand it over."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass

from flask import session

from forms.definition import Page
from web.application import current
from workflow.access.actor import Actor
from workflow.access.bearing import AForm
from workflow.access.policy import find_submission, hold_submission
from workflow.access.relation import Relation, relation
from workflow.coproduction.contributions import Writer
from workflow.coproduction.kinds import CHILDS, SHOWS_HAPPINESS
from workflow.coproduction.submissions import form_of
from workflow.coproduction.voices import HELPER
from workflow.errors import NotFound
from workflow.queries import writing
from workflow.queries.writing import Desk, Sheet

HAND_OVER = "hand_over"


@dataclass(frozen=True)
class Childs:
    """The form as the child has it, and how their words are written: theirs, entered on a grown-up's screen."""

    desk: Desk
    writer: Writer

    @property
    def happy(self) -> str | None:
        """The question that keeps "I am happy with this", where the form asks it."""
        return SHOWS_HAPPINESS.get(self.desk.form.id)

    @property
    def pages(self) -> list[Page]:
        """The child's pages in order. Who helped is a grown-up's page; being happy with it comes at the end."""
        return [
            page
            for page in writing.my_pages(self.desk, short=False)
            if page.section.id != HELPER and page.questions[0].id != self.happy
        ]

    @property
    def parts(self) -> list[str]:
        """The parts that the child's pages belong to, in order, by their titles."""
        return list(dict.fromkeys(page.section.title for page in self.pages))


def handed_over(submission_id: uuid.UUID) -> bool:
    """Whether this browser has been handed over to the child of this form."""
    return session.get("handing_over") == str(submission_id)


def open_childs(submission_id: uuid.UUID) -> Childs:
    """The form before its child. Raises `NotFound` unless a grown-up who may do so handed the screen over."""
    state = current()
    submission, sheet, writer = _sheet(submission_id, find_submission)
    return Childs(writing.desk_of(state.session, sheet.actor, submission, sheet.theirs, state.now), writer)


def hold_sheet(submission_id: uuid.UUID) -> tuple[Sheet, Writer]:
    """The same, held to be written on and not read: for saving while the child types."""
    _, sheet, writer = _sheet(submission_id, hold_submission)
    return sheet, writer


def _sheet(submission_id: uuid.UUID, find: Callable[..., tuple[AForm, Relation]]) -> tuple[AForm, Sheet, Writer]:
    if not handed_over(submission_id):
        raise NotFound
    state = current()
    submission, _ = find(state.session, state.actor, submission_id, HAND_OVER, state.now)
    if submission.form_id not in CHILDS:
        raise NotFound
    child = Actor("child", person_id=submission.owner_id)
    theirs = relation(state.session, child, submission, state.now)
    sheet = Sheet(submission, form_of(submission), child, theirs)
    return submission, sheet, Writer(child.person, state.actor.person)
