"""Asking somebody to take part, from a form or from a case: one page for the address, one for the three words to
pass on."""

import uuid
from collections.abc import Callable
from typing import Any

from flask import redirect, render_template, session
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from wtforms import BooleanField, HiddenField, StringField

from forms.pages.single import email_problem
from web.attempt import Problems, attempt
from web.mistyped import likely
from workflow.coproduction.invitations import Invited


class InviteForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF has no types
    """An address, typed twice, or once and confirmed where it looks mistyped."""

    token = HiddenField()
    email = StringField("Parent or carer’s email address")
    again = StringField("The same address again")
    sure = BooleanField("Yes, it is right")
    whose = "the parent or carer’s"

    def __init__(self, *given: Any, **more: Any) -> None:
        super().__init__(*given, **more)
        self.doubt = ""

    def validate(self, extra_validators: Any = None) -> bool:
        """Whether there is one address, typed the same twice, that does not look mistyped."""
        right = super().validate(extra_validators)
        address = (self.email.data or "").strip()
        self.email.data = address
        self.email.errors, self.again.errors, self.sure.errors = [], [], []
        if not address or email_problem(address):
            self.email.errors = [f"Enter {self.whose} email address, like name@example.org."]
        elif address.casefold() != (self.again.data or "").strip().casefold():
            self.again.errors = ["The two addresses are not the same. Type it again."]
        elif (meant := likely(address)) and not self.sure.data:
            self.doubt = meant
            self.sure.errors = [f"Did you mean {meant}? Change it above, or tick that it is right."]
        return right and not (self.email.errors or self.again.errors or self.sure.errors)

    def problems(self) -> list[tuple[str, str]]:
        """For the error summary."""
        return [(getattr(field, "anchor", field.id), sentence) for field in self for sentence in field.errors]


def ask(
    key: uuid.UUID,
    invite: Callable[[InviteForm], Invited],
    *,
    form: InviteForm,
    back_url: str,
    told_url: str,
    audience: str,
    **words: Any,
) -> ResponseReturnValue:
    """The page that asks for the address. Posted, it sends one invitation however often it is pressed, and goes
    on to `told_url`. `key` is what the page belongs to; `words` go to the template."""
    problems = Problems()
    if form.validate_on_submit():
        if form.token.data and session.get("invited", {}).get("token") == form.token.data:
            return redirect(told_url)
        with attempt(problems):
            keep_words(key, invite(form), str(form.email.data), form.token.data)
            return redirect(told_url)
    problems += form.problems()
    return render_template(
        "inviting/ask.html",
        form=form,
        form_problems=problems,
        token=form.token.data or uuid.uuid4(),
        audience=audience,
        back_url=back_url,
        **words,
    ), 422 if problems else 200


def keep_words(key: uuid.UUID, made: Invited, email: str, token: str | None) -> None:
    """Keep the three words until they are shown, once, to whoever made the invitation."""
    session["invited"] = {"token": token, "to": str(key), "words": made.words, "email": email}


def told(key: uuid.UUID, *, back_url: str, audience: str) -> str:
    """The page with the three words to pass on by voice, shown once."""
    made = session.get("invited") or {}
    mine = made.get("to") == str(key)
    words, email = (made.get("words"), made.get("email")) if mine else (None, None)
    if words:
        # The token stays: the same page pressed twice makes one invitation.
        session["invited"] = {"token": made["token"], "to": made["to"]}
    return render_template("inviting/told.html", words=words, email=email, audience=audience, back_url=back_url)
