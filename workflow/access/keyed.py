"""Forms that the council keys in for somebody who wrote on paper, or telephoned."""

from sqlalchemy import ColumnElement, and_

from models.submissions import Filled, Submission
from workflow.access.actor import Actor

KEYED_IN = "keyed_in"
MAY_KEY = frozenset({"caseworker", "manager"})


def being_keyed(submission: Filled) -> bool:
    """Whether the council is still writing down what came on paper."""
    return bool(submission.facts.get(KEYED_IN)) and submission.state == "draft" and submission.case_id is not None


def is_being_keyed() -> ColumnElement[bool]:
    """The same, of a row."""
    return and_(Submission.facts[KEYED_IN].as_boolean(), Submission.state == "draft")


def may_key(actor: Actor) -> bool:
    """Whether this person writes down what came on paper."""
    return bool(actor.roles & MAY_KEY)
