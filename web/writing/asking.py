"""Asking each kind of person: what the page says, and what must be chosen for them."""

from datetime import date, datetime, time, timedelta
from typing import Any

from wtforms import RadioField, SelectMultipleField
from wtforms.widgets import CheckboxInput, ListWidget

from web.fields import DayField
from web.inviting import InviteForm
from workflow.clock import LONDON
from workflow.coproduction.contributors import CAPACITIES, PROFESSIONALS, Asked

LINKS = {
    "parent": "Ask another parent or carer",
    "young": "Ask the child or young person",
    "helper": "Ask somebody to help you",
    "teacher": "Ask another member of staff",
    "professional": "Ask another professional",
}
HEADINGS = {
    "parent": "Ask a parent or carer to add their voice",
    "young": "Ask the child or young person to add their voice",
    "helper": "Ask somebody to help you",
    "teacher": "Ask another member of staff",
    "professional": "Ask another professional",
}
WHAT_THEN = {
    "parent": "They write their own views on their own pages. You do not see each other’s views, address or helpers.",
    "young": "They write All About Me by themselves, on their own screen, and choose who can see it. They need an "
    "email address of their own.",
    "helper": "They see and write only in the parts you choose. What they write down is marked as your words, "
    "written by them. You can stop it at any time.",
    "teacher": "They write what they think on a form of their own. If you choose parts below, they can read and "
    "write in those too. They do not need a post at the school in this service.",
    "professional": "They can read the parts you choose, and comment on them. They see nothing else.",
}
TO_YOUNG_PERSONS_FORM = (
    "They see only the parts you choose. Choose none, and they see nothing of yours: they can only write their own "
    "views. You can stop it at any time."
)
BEING = {"helper": ("Who are they?", CAPACITIES), "professional": ("What do they do?", PROFESSIONALS)}
PARTS = {
    "parent": "Which parts may they read?",
    "helper": "Which parts may they see?",
    "teacher": "Which parts may they also read and write in?",
    "professional": "Which parts may they see?",
}


class AskForm(InviteForm):
    """An address, and what is chosen for this kind of person."""

    being = RadioField(validate_choice=False)
    parts = SelectMultipleField(validate_choice=False, widget=ListWidget(), option_widget=CheckboxInput())
    writes = RadioField(validate_choice=False, default="write")
    until = DayField("Until when?", optional=True)

    def __init__(self, kind: str, today: date, **more: Any) -> None:
        super().__init__(**more)
        self.kind, self.today = kind, today
        if kind != "parent":
            self.email.label.text, self.whose = "Their email address", "their"

    def validate(self, extra_validators: Any = None) -> bool:
        """Also whether the day is still to come."""
        right = super().validate(extra_validators)
        if self.until.data and self.until.data < self.today:
            self.until.errors = ["Choose a day that is still to come, or leave it out."]
            return False
        return right

    def asked(self) -> Asked:
        """What was chosen."""
        day = self.until.data
        # Through the whole of the day that was chosen.
        until = datetime.combine(day + timedelta(days=1), time(), LONDON) if day else None
        return Asked(tuple(self.parts.data or ()), self.writes.data != "read", until, self.being.data or "")
