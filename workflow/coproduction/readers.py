"""Who reads what is kept of a form: the one place that gives an answer or a file its readers, and changes them.

The rule is `voices.audience`; every row is given its readers from it when it is made, and again whenever somebody
changes what they have chosen.
"""

import uuid
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement, and_, or_, select

from forms.definition import Form
from forms.paths import parse_path
from models.database import OwnedSession
from models.files import Attachment
from models.submissions import Answer, Contribution, Filled, Submission
from workflow.coproduction import contributions, voices
from workflow.coproduction.contributions import Head
from workflow.coproduction.voices import Chosen, top


@dataclass(frozen=True)
class Rule:
    """Who reads what somebody in a role writes on a form: by what has been chosen, and whom its owner keeps out."""

    form: Form
    role: str
    chosen: Chosen
    withheld: Mapping[str, list[str]] = field(default_factory=dict)

    def audience(self, path: str) -> list[str]:
        """The readers of the answer at a path."""
        return voices.audience(self.form, path, self.role, self.chosen)

    def kept_from(self, path: str) -> list[str]:
        """Whom it is kept from all the same: whoever the list that it stands in is kept from."""
        return list(self.withheld.get(top(path), ()))


def rule(
    session: OwnedSession,
    submission: Filled,
    form: Form,
    role: str,
    paths: Collection[str],
    saying: Iterable[tuple[str, Any]] = (),
) -> Rule:
    """The rule for answers at these paths. `saying`: what is being written with them, which counts already.

    One query, and none where nobody can have chosen anything.
    """
    lists = {f"{top(path)}[]" for path in paths if "[" in path} - set(paths) if voices.withholdable(form) else set()
    asking = voices.deciders(form, paths) | lists
    now_said = dict(saying)
    said = list(now_said.items())
    withheld: dict[str, list[str]] = {}
    for path, kept_from, value in _standing(session, submission, asking) if asking else ():
        if path in lists:
            withheld[top(path)] = list(kept_from)
        elif path not in now_said:
            said.append((path, value))
    return Rule(form, role, voices.chosen(form, said), withheld)


def begin(session: OwnedSession, submission: Filled, by: Rule, path: str) -> Head:
    """A new answer, with no text yet."""
    answer = Answer(
        id=uuid.uuid4(),
        submission_id=submission.id,
        path=path,
        audience=by.audience(path),
        withheld=by.kept_from(path),
        version=0,
    )
    session.add(answer)
    return Head(answer.id, 0, new=answer)


def head(session: OwnedSession, submission: Filled, form: Form, role: str, path: str) -> Head:
    """One answer as it is now, begun if nobody has."""
    found = contributions.head(session, submission, path)
    return found or begin(session, submission, rule(session, submission, form, role, [path]), path)


def again(session: OwnedSession, answer: Answer, draft: Submission) -> Answer:
    """The same answer on the next version of a form, with the readers it has."""
    copy = Answer(
        id=uuid.uuid4(),
        submission_id=draft.id,
        path=answer.path,
        audience=list(answer.audience),
        withheld=list(answer.withheld),
        version=answer.version,
    )
    session.add(copy)
    session.flush()
    return copy


def unbegun(path: str, audience: Iterable[str]) -> Answer:
    """An answer that nobody has begun, with those who would read it: to ask about it what is asked of others."""
    return Answer(path=path, audience=list(audience), withheld=[], version=0)


def open_to_setting(session: OwnedSession, plan: Submission) -> None:
    """Let the place that a final plan names read what the family reads of it."""
    session.flush()
    for answer in session.scalars(select(Answer).where(Answer.submission_id == plan.id)):
        if "family" in answer.audience:
            answer.audience = sorted({*answer.audience, "setting"})
    session.flush()


def settle(session: OwnedSession, submission: Filled, form: Form, paths: Iterable[str]) -> None:
    """Let what these answers say about who reads be so, for everything that it is about: what was there before, too."""
    said = [path for path in paths if any(asked.id == parse_path(path).id for asked in form.deciding)]
    if not said:
        return
    session.flush()
    rows = [voices.row_of(path) for path in said]
    answers = session.scalars(select(Answer).where(_about(Answer, submission, rows))).all()
    by = rule(session, submission, form, "", [answer.path for answer in answers])
    for answer in answers:
        answer.audience = by.audience(answer.path)
    files = _about(Attachment, submission, rows)
    for file in session.scalars(select(Attachment).where(files)):
        file.audience = by.audience(file.path)


def keep_from(session: OwnedSession, submission: Submission, reader: str, tops: Collection[str]) -> None:
    """Keep exactly the answers to these questions on the page from a reader, those in their rows too."""
    for answer in session.scalars(select(Answer).where(Answer.submission_id == submission.id)):
        kept_from = set(answer.withheld) - {reader} | ({reader} if top(answer.path) in tops else set())
        answer.withheld = sorted(kept_from)


def childs_choice(session: OwnedSession, submission: Submission, form: Form) -> frozenset[str]:
    """Whom a child has let in to their form. Nothing ticked: nobody."""
    return rule(session, submission, form, "", []).chosen.child


def _standing(
    session: OwnedSession, submission: Filled, paths: Collection[str]
) -> Iterable[tuple[str, list[str], Any]]:
    rows = session.execute(
        select(Answer.path, Answer.withheld, Contribution.value)
        .outerjoin(
            Contribution,
            and_(Contribution.answer_id == Answer.id, Contribution.state.in_(("current", "rival", "beside"))),
        )
        .where(Answer.submission_id == submission.id, Answer.path.in_(paths))
    )
    return [(path, withheld, value) for path, withheld, value in rows]


def _about(kind: type[Answer] | type[Attachment], submission: Filled, rows: list[str]) -> ColumnElement[bool]:
    """What stands on a form in these rows; "" is all of it."""
    inside = or_(*(kind.path.startswith(f"{row}." if row else "", autoescape=True) for row in rows))
    return and_(kind.submission_id == submission.id, inside)
