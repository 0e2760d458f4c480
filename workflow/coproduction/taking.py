"""Taking what was said before: one's own words as they are, another's as a quotation with their name."""

import uuid
from collections.abc import Callable, Iterator
from datetime import date, datetime
from functools import partial
from typing import Any, Protocol

from sqlalchemy import update

from forms.dates import in_words
from forms.definition import Form, Question
from models.database import OwnedSession
from models.submissions import Answer, Contribution, Submission
from workflow.access.relation import Relation
from workflow.coproduction import answers, rows
from workflow.coproduction.answers import Change, Saved, Writer


class Offered(Protocol):
    """Earlier words that fit a question: see `workflow.queries.offers`."""

    @property
    def question(self) -> Question: ...
    @property
    def source(self) -> str: ...
    @property
    def value(self) -> Any: ...
    @property
    def author(self) -> str: ...
    @property
    def said_on(self) -> date: ...
    @property
    def own(self) -> bool: ...
    @property
    def rows(self) -> list[dict[str, Any]] | None: ...


def take(
    session: OwnedSession,
    submission: Submission,
    form: Form,
    theirs: Relation,
    writer: Writer,
    offer: Offered,
    *,
    now: datetime,
) -> Saved:
    """Write what an offer holds as this person's answer, and keep where it came from. Taking it twice, even at
    once, is taking it once.

    Raises what saving an answer raises.
    """
    if offer.rows is None:
        changes = {offer.question.id: Change(worded(offer), 0)}
    else:
        add_row = partial(rows.add_row, session, submission, form, theirs, writer, offer.question.id, now=now)
        changes = dict(_row_changes(submission, offer, lambda row: add_row(row=row)))
    save_id = uuid.uuid5(submission.id, f"{offer.question.id}:{offer.source}")
    saved = answers.save(session, submission, form, theirs, writer, changes, save_id=save_id, now=now)
    session.flush()
    written = Answer.__table__.c
    here = (written.submission_id == submission.id) & written.path.in_(changes)
    session.execute(
        update(Contribution)
        .where(
            Contribution.answer_id == written.id,
            here,
            Contribution.state.in_(("current", "rival")),
            Contribution.author_id == writer.author_id,
        )
        .values(taken_from=offer.source)
        .execution_options(synchronize_session=False)
    )
    return saved


def worded(offer: Offered) -> Any:
    """The value to keep. Words of another person stay theirs: they are quoted, with who said them and when."""
    if offer.own or offer.question.type not in ("text", "area") or not offer.source.startswith("words:"):
        return offer.value
    if offer.question.type == "text":
        return offer.value  # one line, such as a name: there is nothing to quote
    return f"{offer.author} ({in_words(offer.said_on.isoformat())}):\n“{offer.value}”"


def _row_changes(submission: Submission, offer: Offered, add_row: Callable[[str], str]) -> Iterator[tuple[str, Change]]:
    """What the offered rows say, each in a row made for it. The same offer makes the same rows, so that pressing
    twice at once adds them once."""
    for number, row in enumerate(offer.rows or ()):
        row_id = add_row(str(uuid.uuid5(submission.id, f"{offer.question.id}:{offer.source}:{number}")))
        for cell, value in row.items():
            yield cell.replace("[]", f"[{row_id}]", 1), Change(value, 0)
