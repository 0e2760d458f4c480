"""The small forms of an adviser's page and of the family's."""

from wtforms import HiddenField, StringField
from wtforms import TextAreaField as Area
from wtforms.validators import DataRequired, Length, Optional

from web.council.forms import LONG, CouncilForm, tidy
from web.fields import DayField


class LateForm(CouncilForm):
    """Why it is late, and when it comes."""

    why = Area("Why can you not do it in this time?", filters=[tidy], validators=[DataRequired("Say why."), LONG])
    expected_on = DayField("When will it come? (if you know)", optional=True)


class UnknownForm(CouncilForm):
    """What was checked."""

    checked = Area(
        "What did you check before saying you do not know this child?",
        filters=[tidy],
        validators=[DataRequired("Say what you checked."), LONG],
    )


class EnoughForm(CouncilForm):
    """Which earlier advice."""

    which = Area("Which report, of what date?", filters=[tidy], validators=[DataRequired("Say which report."), LONG])


class MoreForm(CouncilForm):
    """What the adviser needs."""

    words = Area(
        "What do you need from the council?", filters=[tidy], validators=[DataRequired("Say what you need."), LONG]
    )


class NameForm(CouncilForm):
    """Somebody the family would like asked."""

    to_name = StringField(
        "Who should we ask?", filters=[tidy], validators=[DataRequired("Tell us who to ask."), Length(max=200)]
    )
    email = StringField("Their email address, if you know it", filters=[tidy], validators=[Optional(), Length(max=200)])
    why = Area("What do they know about your child?", filters=[tidy], validators=[Optional(), LONG])
    token = HiddenField()
