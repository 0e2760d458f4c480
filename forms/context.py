"""What a condition is judged by: answers, facts, and the row it stands in."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from pydantic import BaseModel, ConfigDict

from forms.paths import path

# What a caller knows beside the answers. Anything it leaves out counts as here, or as not so.
USUAL: Mapping[str, Any] = {"person": "child", "in_setting": True, "school_age": True, "mainstream": True}
FACTS = frozenset(
    {
        "person",  # child or yp, by the school leaving date
        "residential",  # the child has, or is to have, a place with beds: the fact is told from the case record
        "age",  # whole years
        "year",  # year group taught, a number; Reception is 0
        "in_setting",
        "school_age",
        "mainstream",
        "meeting_planned",
        "purpose",  # asking, assessing, review, moving
        "stage",  # the stage of the process the form belongs to
        "sent",  # ids of link questions whose form has been sent
        "known",  # ids of questions that the core record or the account already answers
        "complete_cycles",  # counted in a linked SEN support plan
        "asked_on",  # ISO date it was sent, else of the day it is read: today, while it is written
        "state",  # of this form: draft, shared, sent
        "sent_on",  # ISO date, once sent
        "shared_on",  # ISO date, once shared
        "report_due",  # ISO date by which the report on the meeting is due, by the law's rules
        "decision_due",  # ISO date by which the council decides after the meeting
        "review_due",  # ISO date by which the review must be decided
        "reply_by",  # ISO date until which the family may comment on a draft
        "final",  # of a plan: it is being made final, so the place may be written
        "due_on",  # ISO date by which the decision on record is due
        "reply_due",  # ISO date by which the advice or reply that was asked for is due
        "past_due",  # that date is gone, on the day decided or else today
        "place_differs",  # the place named is not the one asked for
        "provision_total",  # pounds a year, of the linked provision map
        "rates",  # pounds an hour by staff type: the authority's setting, else the usual ones
        "school_pays",  # pounds a year the school pays first: the same
        "can_reply",  # there is a way to write back, such as a confirmed account
        "form",
        "written_by",
    }
)

Answers = Mapping[str, Any]


@dataclass(frozen=True)
class Context:
    """What a condition is judged by: answers, facts, and the rows it stands in (outermost first)."""

    answers: Answers
    facts: Mapping[str, Any] = field(default_factory=dict)
    rows: tuple[str, ...] = ()

    def answer(self, question_id: str) -> Any:
        """The answer to a question, in the same row where it is in a row."""
        return self.answers.get(path(question_id, *self.rows))

    def fact(self, name: str) -> Any:
        """A fact, or what is usual."""
        return self.facts.get(name, USUAL.get(name))


class Operator(BaseModel):
    """One node of a condition."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    def holds(self, at: Context) -> bool:
        """Whether the condition holds there."""
        raise NotImplementedError

    def parts(self) -> tuple["Operator", ...]:
        """The conditions inside this one."""
        return ()

    def asks(self) -> tuple[str, tuple[str, ...]] | None:
        """The question this node reads and the options it names, if any."""
        return None

    def walk(self) -> Iterator["Operator"]:
        """This node and every one inside it."""
        yield self
        for part in self.parts():
            yield from part.walk()
