"""The small forms of signing in. Nothing stops pasting, password managers or autofill."""

from email_validator import EmailNotValidError, validate_email
from flask_wtf import FlaskForm
from wtforms import StringField
from wtforms.validators import InputRequired, Length, ValidationError


class ShortForm(FlaskForm):  # type: ignore[misc]
    """A form of single boxes: `problems()` feeds the error summary."""

    def problems(self) -> list[tuple[str, str]]:
        """(anchor, sentence) for each field in error."""
        return [(field.id, str(field.errors[0])) for field in self if field.errors]


def _trim(value: str | None) -> str | None:
    return value.strip() if isinstance(value, str) else value


def _an_address(form: FlaskForm, field: StringField) -> None:
    try:
        validate_email(field.data or "", check_deliverability=False)
    except EmailNotValidError:
        raise ValidationError("Enter an email address, like name@example.com") from None


class EmailForm(ShortForm):
    """An email address to send a code to."""

    email = StringField(filters=[_trim], validators=[InputRequired("Enter your email address"), _an_address])


class CodeForm(ShortForm):
    """The six digits."""

    code = StringField(filters=[_trim], validators=[InputRequired("Enter the code from the email"), Length(max=40)])


class NameForm(ShortForm):
    """A person's own name, in any script."""

    name = StringField(
        filters=[_trim],
        validators=[InputRequired("Enter your name"), Length(max=200, message="Enter at most 200 letters")],
    )


class WordsForm(ShortForm):
    """The three words that came another way."""

    words = StringField(filters=[_trim], validators=[InputRequired("Enter the three words"), Length(max=200)])
