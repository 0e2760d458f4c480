"""Small forms of these pages that no definition makes."""

from difflib import get_close_matches
from typing import Any

from flask_wtf import FlaskForm
from wtforms import BooleanField, HiddenField, StringField

from forms.pages.single import email_problem

USUAL = (
    "gmail.com", "hotmail.com", "hotmail.co.uk", "outlook.com", "yahoo.com", "yahoo.co.uk", "icloud.com",
    "live.co.uk", "btinternet.com", "sky.com", "aol.com", "talktalk.net", "virginmedia.com", "googlemail.com",
)  # fmt: skip


class InviteForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF has no types
    """A parent's address, typed twice, or once and confirmed where it looks mistyped."""

    token = HiddenField()
    email = StringField("Parent or carer’s email address")
    again = StringField("The same address again")
    sure = BooleanField("Yes, it is right")

    def __init__(self, *given: Any, **more: Any) -> None:
        super().__init__(*given, **more)
        self.doubt = ""

    def validate(self, extra_validators: Any = None) -> bool:
        """Whether there is one address, typed the same twice, that does not look mistyped."""
        super().validate(extra_validators)
        address = (self.email.data or "").strip()
        self.email.data = address
        self.email.errors, self.again.errors, self.sure.errors = [], [], []
        if not address or email_problem(address):
            self.email.errors = ["Enter the parent or carer’s email address, like name@example.org."]
        elif address.casefold() != (self.again.data or "").strip().casefold():
            self.again.errors = ["The two addresses are not the same. Type it again."]
        elif (meant := likely(address)) and not self.sure.data:
            self.doubt = meant
            self.sure.errors = [f"Did you mean {meant}? Change it above, or tick that it is right."]
        return not (self.email.errors or self.again.errors or self.sure.errors)

    def problems(self) -> list[tuple[str, str]]:
        """For the error summary."""
        return [(field.id, sentence) for field in (self.email, self.again, self.sure) for sentence in field.errors]


def likely(address: str) -> str:
    """The address that was likely meant, where this one is nearly a usual one; "" otherwise."""
    name, _, host = address.rpartition("@")
    host = host.casefold()
    if host in USUAL:
        return ""
    near = get_close_matches(host, USUAL, n=1, cutoff=0.85)
    return f"{name}@{near[0]}" if near else ""
