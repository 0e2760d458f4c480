"""The form of any act, made from what the state tables say it takes."""

import uuid
from datetime import date
from typing import Any

from wtforms import HiddenField, RadioField, SelectField
from wtforms import TextAreaField as Area
from wtforms.validators import DataRequired, Optional

from law.keys import KEYS
from law.rules import RULE_IDS, current
from web.council.forms import LONG, SeenForm, SelectChoice, anchor_of, tidy
from web.fields import DayField
from workflow.cases.doing import Needs, Said

# Days that are seldom the day of the act itself: asked for apart. Any other day an act fixes is the day it is done.
APART = frozenset(
    {
        "transfer_date",
        "move_date",
        "mediation_date",
        "review_meeting",
        "plan_made",
        "old_la_aware",
        "plan_transferred",
        "tribunal_directed_date",
        "agreed_date_in_writing",
        "request_received",
    }
)
DAYS = {"reply_by": "Reply by", "done_by": "Done by"}


class ActForm(SeenForm):
    """The day, why, and whatever else an act takes. Fields for dates, letters and choices are added to it."""

    on = DayField("When was it done?", "Enter the day it was done.")
    why = Area("Note for the record (optional)", filters=[tidy], validators=[Optional(), LONG])
    token = HiddenField()

    def said(self) -> Said:
        """What was said, as the verbs take it."""
        given = {name: field.data for name, field in self._fields.items()}
        on = given["on"] or date.min
        return Said(
            on=on,
            dates={key: given[f"date_{key}"] for key in KEYS if given.get(f"date_{key}")},
            why=given["why"] or "",
            words={name[5:]: text or "" for name, text in given.items() if name.startswith("item_")},
            begins={name[7:]: act or "" for name, act in given.items() if name.startswith("begins_")},
            facts={name[5:]: str(fact) for name, fact in given.items() if name.startswith("fact_") and fact},
            reply_by=given.get("reply_by"),
            done_by=given.get("done_by"),
        )

    def anchor_of(self, field: str) -> str:
        """The box that a refusal is about: a letter's item, a date, or the day."""
        if field == "happened_on":
            return "on-day"
        for name in (field, f"item_{field}", f"date_{field}"):
            if name in self._fields:
                found = self._fields[name]
                return anchor_of(found)
        return ""

    def of(self, start: str) -> list[Any]:
        """The fields whose names begin with this, in order."""
        return [field for name, field in self._fields.items() if name.startswith(start)]


class UndoForm(SeenForm):
    """Why an act is taken back."""

    why = Area(
        "Why is it taken back?",
        filters=[tidy],
        validators=[DataRequired("Write why. It stays in the record."), LONG],
    )


def form_for(needs: Needs, today: date, *, seen: int, token: uuid.UUID | None = None) -> ActForm:
    """The form of one act, filled in with today and with what was typed."""
    fields: dict[str, Any] = {}
    for key in needs.dates:
        if key in APART:
            asked = KEYS[key].said.replace("{date}", "…").rstrip(".")
            fields[f"date_{key}"] = DayField(asked, "Enter this date.")
    for key in needs.asks:
        fields[f"fact_{key}"] = SelectField(
            "Which order could the tribunal have made?",
            choices=[SelectChoice(each, current(each).title) for each in sorted(RULE_IDS) if each.startswith("order.")],
            validators=[DataRequired("Choose which order it comes closest to.")],
        )
    for day in needs.days:
        fields[day] = DayField(DAYS[day], "Enter the day.", optional=True)
    for item in needs.items:
        fields[f"item_{item.id}"] = Area(
            item.words,
            filters=[tidy],
            validators=[
                DataRequired(f"Write what the letter must say: {item.words[0].lower()}{item.words[1:]}."),
                LONG,
            ],
        )
    for kind, lines in needs.choices.items():
        fields[f"begins_{kind}"] = RadioField(
            "How does it go on?",
            choices=[SelectChoice(each.act, each.recorded_words) for each in lines],
            validators=[DataRequired("Choose how it goes on.")],
        )
    if needs.why:
        fields["why"] = Area(
            "Why?", filters=[tidy], validators=[DataRequired("Write why. It stays in the record."), LONG]
        )
    made: type[ActForm] = type("ActForm", (ActForm,), fields)
    return made(data={"seen": str(seen), "on": today, "token": str(token or "")})
