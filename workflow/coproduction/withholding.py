"""Keeping an answer of one's own from a reader, where the law lets its giver."""

from collections.abc import Collection

from forms.definition import Form
from models.database import OwnedSession
from models.submissions import Submission
from workflow.access.relation import Relation
from workflow.coproduction import readers, voices
from workflow.coproduction.submissions import hold
from workflow.coproduction.voices import top
from workflow.errors import NotPermitted


def may_withhold(form: Form, theirs: Relation) -> frozenset[str]:
    """The readers whom this person may keep out of what they wrote: its owner may."""
    return voices.withholdable(form) if "owner" in theirs.readers else frozenset()


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
    readers.keep_from(session, submission, reader, {top(path) for path in paths})
