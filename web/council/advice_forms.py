"""The small forms of the pages about advice."""

from wtforms import BooleanField, HiddenField, RadioField, StringField
from wtforms import TextAreaField as Area
from wtforms.validators import DataRequired, Length, Optional

from web.council.forms import LONG, CouncilForm, SelectChoice, tidy
from web.fields import DayField
from workflow.cases.advisers import LIMBS, Adviser

OTHERS = [SelectChoice(limb, LIMBS[limb]) for limb in ("c", "g", "f", "h")]

KNOWN = [
    SelectChoice("seen-12", "Yes, in the last 12 months"),
    SelectChoice("seen-before", "Yes, before that"),
    SelectChoice("waiting", "No, on a waiting list"),
]


class AskForm(CouncilForm):
    """Somebody to ask who is not on the list: who, under which letter, how to reach them, and what about."""

    limb = RadioField(
        "Why are they asked?",
        choices=OTHERS,
        validators=[DataRequired("Choose why they are asked.")],
    )
    to_name = StringField(
        "Who is asked?", filters=[tidy], validators=[DataRequired("Enter who is asked."), Length(max=200)]
    )
    email = StringField("Email address (optional)", filters=[tidy], validators=[Optional(), Length(max=200)])
    why = Area("What in particular are they asked? (optional)", filters=[tidy], validators=[Optional(), LONG])
    token = HiddenField()

    @property
    def adviser(self) -> Adviser:
        """Whom it names."""
        return Adviser(
            self.limb.data or "", self.to_name.data or "", email=self.email.data or None, why=self.why.data or ""
        )


class ReceiptForm(CouncilForm):
    """The day the request reached them."""

    received_on = DayField("When did the request reach them?", "Enter the day it reached them.")


class KeyInForm(CouncilForm):
    """A reply that came on paper."""

    received_on = DayField("When did it reach the council?", "Enter the day it reached the council.")
    by = StringField("Who wrote it?", filters=[tidy], validators=[DataRequired("Enter who wrote it."), Length(max=200)])
    known = RadioField("Have they seen the child?", choices=KNOWN, validators=[Optional()])
    words = Area("What does it say?", filters=[tidy], validators=[DataRequired("Type what it says."), LONG])


class LateForm(CouncilForm):
    """Why it is late, and when it comes."""

    why = Area("Why is it late?", filters=[tidy], validators=[DataRequired("Say why the advice is late."), LONG])
    expected_on = DayField("When will it come? (optional)", optional=True)


class UnknownForm(CouncilForm):
    """What was checked before saying that the child is not known."""

    checked = Area("What was checked?", filters=[tidy], validators=[DataRequired("Say what was checked."), LONG])


class ReasonForm(CouncilForm):
    """Why: kept in the record."""

    why = Area("Why?", filters=[tidy], validators=[DataRequired("Write why."), LONG])


class EnoughForm(CouncilForm):
    """Which advice is there already."""

    which = Area(
        "Which advice is there already: by whom, of what date?",
        filters=[tidy],
        validators=[DataRequired("Say which advice it is."), LONG],
    )


class AgreeForm(CouncilForm):
    """Whose agreement, and how it was given."""

    side = HiddenField()
    how = Area("Who agreed, and how did they tell you?", filters=[tidy], validators=[Optional(), LONG])


class ExceptionForm(CouncilForm):
    """A circumstance of reg 8(2), for this request alone."""

    type = RadioField(
        "What happened?",
        choices=[
            SelectChoice("missed_appointment", "The child missed an examination or test that this body had arranged"),
            SelectChoice("exceptional_personal_circumstances", "Exceptional circumstances of the child or family"),
            SelectChoice("absent_from_area", "The child or family was away for four weeks or more"),
        ],
        validators=[DataRequired("Choose what happened.")],
    )
    on = DayField("Day of the appointment, or first day", "Enter the day.")
    last = DayField("Last day (optional)", optional=True)
    why = Area(
        "Why did it make the six weeks impractical?", filters=[tidy], validators=[DataRequired("Say why."), LONG]
    )
    impractical = BooleanField("Because of this it was impractical to advise in six weeks")

    def exception(self) -> dict[str, object]:
        """The record as `law` reads it."""
        day = self.on.data.isoformat() if self.on.data else None
        found: dict[str, object] = {"type": self.type.data, "impractical": bool(self.impractical.data)}
        if self.type.data == "missed_appointment":
            return {**found, "appointment_on": day, "made_by_body": True}
        last = self.last.data.isoformat() if self.last.data else day
        return {**found, "from": day, "to": last}
