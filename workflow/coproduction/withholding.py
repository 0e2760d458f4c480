"""Keeping an answer of one's own from a reader, where the law lets its giver."""

from collections.abc import Collection

from sqlalchemy import select

from forms.definition import Form
from models.database import OwnedSession
from models.submissions import Answer, Submission
from workflow.access.relation import Relation
from workflow.coproduction.submissions import hold
from workflow.coproduction.voices import top
from workflow.errors import NotPermitted


def may_withhold(form: Form, theirs: Relation) -> frozenset[str]:
    """The readers that the owner of a family's own form may keep out, answer by answer: the setting.

    Not the council, which has to consider everything it is sent, and not those it asks for advice, who must
    be given copies of it (SEND Regulations 2014, reg 6(3)).
    """
    if form.voice != "view" or form.written_by != "family" or "owner" not in theirs.readers:
        return frozenset()
    return frozenset({"setting"}) & frozenset(form.audience_default)


def withhold(
    session: OwnedSession, submission: Submission, form: Form, theirs: Relation, reader: str, paths: Collection[str]
) -> None:
    """Keep exactly these answers from a reader, with the papers in them. It counts at once, and for what is written
    there later.

    `paths` are addresses of top questions; a group takes its rows with it. Raises `NotPermitted` where the law
    does not let them.
    """
    if reader not in may_withhold(form, theirs):
        raise NotPermitted("This cannot be kept from them.")
    hold(session, submission)
    tops = {top(path) for path in paths}
    for answer in session.scalars(select(Answer).where(Answer.submission_id == submission.id)):
        kept_from = set(answer.withheld) - {reader} | ({reader} if top(answer.path) in tops else set())
        answer.withheld = sorted(kept_from)
