"""The small forms of the council's pages. Every sentence says what to do."""

from typing import Any

from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from wtforms import BooleanField, Field, HiddenField, RadioField, SelectField, SelectMultipleField, StringField
from wtforms import TextAreaField as Area
from wtforms.fields import choices
from wtforms.validators import DataRequired, Length, Optional

from forms.text import LONGEST, clean
from web.fields import DayField

SelectChoice = choices.SelectChoice  # type: ignore[attr-defined]  # the type stubs are older
YES_NO = [SelectChoice("yes", "Yes"), SelectChoice("no", "No")]
LONG = Length(max=LONGEST, message=f"Write at most {LONGEST:,} characters. Nothing has been cut.")


def tidy(value: object) -> object:
    """Typed text as it is kept."""
    return clean(value).strip() if isinstance(value, str) else value


class CouncilForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF has no types
    """A form whose `problems()` feed the error summary."""

    def problems(self) -> list[tuple[str, str]]:
        """(anchor, sentence) for each field in error. Of choices, the first one is what the sentence leads to."""
        return [(anchor_of(field), str(field.errors[0])) for field in self if field.errors]


def anchor_of(field: Field) -> str:
    """Where a sentence about a field leads: to its box, or to the first of its choices."""
    grouped = isinstance(field, RadioField | SelectMultipleField)
    return getattr(field, "anchor", f"{field.id}-0" if grouped else field.id)


class SearchForm(CouncilForm):
    """A name and, if known, a date of birth."""

    name = StringField("Child's name", filters=[tidy], validators=[DataRequired("Enter a name."), Length(max=200)])
    born = DayField("Date of birth (optional)", optional=True)


class NoteForm(CouncilForm):
    """A note on a case."""

    note = Area("Write a note", filters=[tidy], validators=[DataRequired("Write the note."), LONG])


class ConsultForm(CouncilForm):
    """The day the family was asked for its views."""

    consulted_on = DayField("When was the family asked for its views?", "Enter the day the family was asked.")
    how = Area("How were they asked, and what did they say? (optional)", filters=[tidy], validators=[Optional(), LONG])


class AskForm(CouncilForm):
    """What the setting is asked for, and by when."""

    lines = SelectMultipleField("What is it about?", validators=[Optional()])
    asked = Area(
        "What do you ask the setting for?",
        filters=[tidy],
        validators=[DataRequired("Say what you are asking for."), LONG],
    )
    reply_by = DayField("Reply by", "Enter the day to reply by.")


class AllocateForm(CouncilForm):
    """Who looks after the case."""

    caseworker = SelectField("Caseworker", validators=[DataRequired("Choose a caseworker.")])


class CoverForm(CouncilForm):
    """Who is away, who covers for them, and on which days."""

    caseworker = SelectField("Who is away?", validators=[DataRequired("Choose who is away.")])
    cover = SelectField("Who covers for them?", validators=[DataRequired("Choose who covers.")])
    from_on = DayField("First day", "Enter the first day.")
    until_on = DayField("Last day", "Enter the last day.")


class CorrectForm(CouncilForm):
    """The true day of arrival, and why it is changed."""

    received_on = DayField("The day the request reached the council", "Enter the day it reached the council.")
    why = Area(
        "Why is it changed?",
        filters=[tidy],
        validators=[DataRequired("Say why the date is changed. The reason stays in the record."), LONG],
    )


class ExceptionForm(CouncilForm):
    """An exception the law lists, its facts, and why it made the time limit impractical."""

    type = RadioField("What happened?", validators=[DataRequired("Choose what happened.")])
    why = Area(
        "What happened, and why did it make the time limit impractical?",
        filters=[tidy],
        validators=[DataRequired("Say what happened and why it made the time limit impractical."), LONG],
    )
    impractical = BooleanField("Because of this it was impractical to meet the time limit")
    advice_requested_on = DayField("Day the setting was asked for advice", optional=True)
    closed_from = DayField("Setting closed from", optional=True)
    reopens_on = DayField("Setting reopens on", optional=True)
    first = DayField("First day", optional=True)
    last = DayField("Last day", optional=True)

    def exception(self) -> dict[str, Any]:
        """The record as `law` reads it."""
        given = {
            "advice_requested_on": self.advice_requested_on.data,
            "closed_from": self.closed_from.data,
            "reopens_on": self.reopens_on.data,
            "from": self.first.data,
            "to": self.last.data,
        }
        days = {name: day.isoformat() for name, day in given.items() if day}
        return {"type": self.type.data, "impractical": bool(self.impractical.data), **days}


class EndForm(CouncilForm):
    """The day on which an exception was over, and how that is known."""

    ended_on = DayField("When was it over?", "Enter the day it was over.")
    why = Area(
        "How do you know?",
        filters=[tidy],
        validators=[DataRequired("Write how you know that it is over."), LONG],
    )


class LateForm(CouncilForm):
    """Why a date was missed."""

    why = Area(
        "Why is it late, and what is being done about it?",
        filters=[tidy],
        validators=[DataRequired("Write why it is late. The family reads it."), LONG],
    )


class SeenForm(CouncilForm):
    """A form that knows which version of the process its page showed."""

    seen = HiddenField(validators=[DataRequired()])

    @property
    def version(self) -> int:
        """The version, or one that never is."""
        typed = str(self.seen.data or "")
        return int(typed) if typed.isdecimal() else -1


class DecisionForm(SeenForm):
    """Whether to assess: the evidence, the two tests, the decision, the reasons."""

    considered = SelectMultipleField("What was looked at", validators=[Optional()])
    has_sen = RadioField(
        "Has the child, or may the child have, special educational needs?",
        choices=YES_NO,
        validators=[DataRequired("Answer the first legal test.")],
    )
    may_need_plan = RadioField(
        "May it be necessary for special educational provision to be made through a plan?",
        choices=YES_NO,
        validators=[DataRequired("Answer the second legal test.")],
    )
    assess = RadioField(
        "Decision",
        choices=[SelectChoice("yes", "Yes, we will assess"), SelectChoice("no", "No, we will not assess")],
        validators=[DataRequired("Choose what was decided.")],
    )
    reasons = Area(
        "Reasons, to the family",
        filters=[tidy],
        validators=[
            DataRequired("Write the reasons, to the family. They go into the letter as you write them."),
            LONG,
        ],
    )
    instead = Area("What happens now instead, and who will do it", filters=[tidy], validators=[Optional(), LONG])


class WithdrawForm(SeenForm):
    """Who took the request back, and how."""

    why = Area(
        "Who took the request back, and how did they tell you?",
        filters=[tidy],
        validators=[DataRequired("Say who took the request back, and how they told you."), LONG],
    )


class ReviewDecisionForm(SeenForm):
    """What is decided after a review."""

    decision = RadioField(
        "What was decided?",
        choices=[
            SelectChoice("keep", "Keep the plan as it is"),
            SelectChoice("change", "Change the plan"),
            SelectChoice("end", "End the plan"),
        ],
        validators=[DataRequired("Choose what was decided.")],
    )
    reasons = Area(
        "Reasons, to the family",
        filters=[tidy],
        validators=[
            DataRequired("Write the reasons, to the family. They go into the letter as you write them."),
            LONG,
        ],
    )


class PlansForm(CouncilForm):
    """A CSV of plans."""

    file = FileField("CSV file")


class DropForm(CouncilForm):
    """Why a message shall not go."""

    why = StringField("Why?", filters=[tidy], validators=[DataRequired("Say why it shall not go."), Length(max=150)])
