"""The small forms with which settings are consulted about a plan."""

from wtforms import BooleanField, HiddenField, RadioField, SelectField, StringField
from wtforms import TextAreaField as Area
from wtforms.validators import DataRequired, Length, Optional

from forms import catalogue
from web.council.forms import LONG, CouncilForm, SelectChoice, tidy
from web.fields import DayField
from workflow.cases import consulting
from workflow.cases.consulting import Asked
from workflow.coproduction.kinds import CONSULTATION

CAN = next(
    asked.options
    for section in catalogue.get(CONSULTATION).sections
    for asked in section.questions
    if asked.id == "cr_can"
)


class ConsultForm(CouncilForm):
    """A place to consult: on the register or not yet, whose wish it is, and what it is in law."""

    setting = SelectField("Which place?", validators=[Optional()])
    name = StringField("Its name", filters=[tidy], validators=[Optional(), Length(max=200)])
    kind = RadioField(
        "What kind of place is it?",
        choices=[SelectChoice(value, words) for value, words in consulting.KINDS.items()],
        validators=[Optional()],
    )
    preferred = BooleanField("The family asked for this place")
    standing = RadioField(
        "What is it in law?",
        choices=[SelectChoice(value, words) for value, words in consulting.STANDINGS.items()],
        default="listed",
        validators=[DataRequired("Choose what it is in law.")],
    )
    home_authority = StringField(
        "Another council that maintains it (if one does)", filters=[tidy], validators=[Optional(), Length(max=200)]
    )
    token = HiddenField()

    @property
    def asked(self) -> Asked:
        """What goes on record of the place."""
        return Asked(
            preferred=bool(self.preferred.data),
            standing=self.standing.data or "",
            home_authority=self.home_authority.data or "",
        )


class ReachedForm(CouncilForm):
    """The day the consultation reached the setting."""

    reached_on = DayField("When did it reach them?", "Enter the day it reached them.")


class ReplyForm(CouncilForm):
    """A reply that came by letter, email or telephone."""

    received_on = DayField("When did the reply come?", "Enter the day the reply came.")
    by = StringField("Who replied?", filters=[tidy], validators=[DataRequired("Enter who replied."), Length(max=200)])
    can = RadioField(
        "Can they make the provision in Section F?",
        choices=[SelectChoice(each.id, each.label) for each in CAN],
        validators=[DataRequired("Choose what they replied.")],
    )
    words = Area("What did they say?", filters=[tidy], validators=[DataRequired("Type what they said."), LONG])
