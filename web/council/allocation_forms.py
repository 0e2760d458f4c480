"""The forms of giving out work: a team, a rule, and a request that nobody made."""

import re

from wtforms import HiddenField, IntegerField, RadioField, SelectField, SelectMultipleField, StringField
from wtforms.validators import DataRequired, Length, NumberRange, Optional

from web.council.forms import CouncilForm, tidy

DISTRICT = re.compile(r"^[A-Z]{1,2}([0-9][A-Z0-9]?)?$")
AGE = NumberRange(0, 25, "Ages go from 0 to 25.")


class TeamForm(CouncilForm):
    """A team: its name, and who is in it."""

    seen = HiddenField()
    name = StringField("Name", filters=[tidy], validators=[DataRequired("Give the team a name."), Length(max=100)])
    members = SelectMultipleField("Who is in it", validators=[Optional()])


class RuleForm(CouncilForm):
    """When a request goes to a team. Everything but the name and the team may be left open."""

    seen = HiddenField()
    title = StringField("Name", filters=[tidy], validators=[DataRequired("Give the rule a name."), Length(max=100)])
    kinds = SelectMultipleField("Kind of setting", validators=[Optional()])
    settings = SelectMultipleField("These settings alone", validators=[Optional()])
    age_from = IntegerField("Youngest age", validators=[Optional(), AGE])
    age_to = IntegerField("Oldest age", validators=[Optional(), AGE])
    districts = StringField("First halves of postcodes", filters=[tidy], validators=[Length(max=500)])
    care = RadioField("Looked after by a council?", validators=[Optional()])
    team = SelectField("Team", validators=[DataRequired("Choose the team.")])

    def validate_age_to(self, field: IntegerField) -> None:
        """Ages the right way round."""
        if field.data is not None and self.age_from.data is not None and field.data < self.age_from.data:
            self.age_to.errors = ["The oldest age is below the youngest. Change one of them."]

    def validate(self, extra_validators: object = None) -> bool:
        """Whether it can be kept."""
        right = bool(super().validate(extra_validators))
        if not all(DISTRICT.match(each) for each in self.areas()):
            self.districts.errors = ["Enter first halves of postcodes with commas between them, like HX1, HX3, HD."]
        return right and not (self.districts.errors or self.age_to.errors)

    def areas(self) -> tuple[str, ...]:
        """The districts that were typed."""
        return tuple(each for each in re.split(r"[\s,;]+", (self.districts.data or "").upper()) if each)


class TryForm(CouncilForm):
    """A request that nobody made, to see what the rules would do with it."""

    class Meta:  # Nothing is changed by asking.
        csrf = False

    age = IntegerField("Age in years", validators=[Optional(), AGE])
    kind = SelectField("Kind of setting", validators=[Optional()])
    setting = SelectField("Which setting", validators=[Optional()])
    postcode = StringField("Postcode, or its first half", filters=[tidy], validators=[Length(max=20)])
    care = RadioField("Looked after by a council?", validators=[Optional()])
