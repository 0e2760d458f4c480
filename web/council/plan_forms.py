"""The small forms with which a plan is served, met about, answered and finished."""

from datetime import date

from wtforms import HiddenField, RadioField, SelectField, SelectMultipleField
from wtforms import TextAreaField as Area
from wtforms.validators import DataRequired, Optional

from forms.plan import LETTERS, TITLES
from web.council.forms import LONG, YES_NO, CouncilForm, SeenForm, SelectChoice, tidy
from web.fields import DayField
from workflow.cases.plan_comments import TAKEN


class TakeForm(CouncilForm):
    """What somebody said, put into the plan or named as a source."""

    words = HiddenField(validators=[DataRequired("Choose what to put in.")])
    at = HiddenField()
    agreed = Area("How did they agree?", filters=[tidy], validators=[Optional(), LONG])


class ServeForm(SeenForm):
    """The draft goes out; the family may be given longer than the law says."""

    reply_by = DayField("Give them longer: until", optional=True)


class ChangesForm(SeenForm):
    """The changes go out. The plan and the changes are written by hand where the plan was made outside the service."""

    plan = Area("The plan as it stands now", filters=[tidy], validators=[Optional(), LONG])
    proposed_amendments = Area("Each change", filters=[tidy], validators=[Optional(), LONG])
    evidence = Area(
        "The evidence for the changes",
        filters=[tidy],
        validators=[DataRequired("Write what the changes rest on, and where it can be read."), LONG],
    )
    reply_by = DayField("Give them longer: until", optional=True)


class ServedForm(SeenForm):
    """The day the draft really came."""

    served_on = DayField("The day it reached the family", "Enter the day it reached the family.")


class MetForm(SeenForm):
    """A meeting about the draft that was held."""

    met_on = DayField("The day of the meeting", "Enter the day of the meeting.")
    words = Area(
        "Who was there, and what came of it?",
        filters=[tidy],
        validators=[DataRequired("Write who was there and what came of it."), LONG],
    )


class AnswerForm(CouncilForm):
    """The answer to one thing the family said."""

    taken = RadioField(
        "What do you do with it?",
        choices=[SelectChoice(value, words) for value, words in TAKEN.items()],
        validators=[DataRequired("Choose whether it is taken.")],
    )
    letter = SelectField(
        "Where did it go?",
        choices=[SelectChoice("", ""), *(SelectChoice(each, f"{each}: {TITLES[each]}") for each in LETTERS)],
        validators=[Optional()],
    )
    words = Area(
        "Your answer, to the family",
        filters=[tidy],
        validators=[DataRequired("Write what you did with it, or why it is not taken."), LONG],
    )


class FinalForm(SeenForm):
    """The final plan; before its time only with the family's agreement in writing."""

    agreed = Area("What the family wrote", filters=[tidy], validators=[Optional(), LONG])
    agreed_on = DayField("The day they wrote it", optional=True)

    @property
    def agreement(self) -> tuple[str, date] | None:
        """The words and their day, where the family agreed early."""
        if self.agreed.data and self.agreed_on.data:
            return self.agreed.data, self.agreed_on.data
        return None


class NoPlanForm(SeenForm):
    """The decision that there will be no plan: the evidence, the test, the reasons."""

    considered = SelectMultipleField("What was looked at", validators=[Optional()])
    necessary = RadioField(
        "Is it necessary for special educational provision to be made through a plan?",
        choices=YES_NO,
        validators=[DataRequired("Answer the legal test.")],
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
