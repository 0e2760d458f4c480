"""Everything a caseworker does about one request for advice: its form, what is said once it is done, and the verb."""

from collections.abc import Callable
from typing import Any

from models.advice import AdviceRequest
from web.application import current
from web.council import advice_forms as forms
from web.council.forms import CouncilForm
from workflow.cases import advice as verbs
from workflow.cases import advice_replies, chasing, enough

FORMS: dict[str, type[CouncilForm]] = {
    "receipt": forms.ReceiptForm,
    "reply": forms.KeyInForm,
    "late": forms.LateForm,
    "unknown": forms.UnknownForm,
    "withdraw": forms.ReasonForm,
    "decline": forms.ReasonForm,
    "existing": forms.EnoughForm,
    "agree": forms.AgreeForm,
    "take-back": forms.AgreeForm,
    "exception": forms.ExceptionForm,
    "ask": CouncilForm,
    "chase": CouncilForm,
}
SAID = {
    "receipt": "It is on record when it reached them. Their six weeks run from that day.",
    "reply": "The reply is on record, under its writer's name.",
    "late": "It is on record that the advice will be late. The date has not moved.",
    "unknown": "It is on record that they do not know the child.",
    "withdraw": "They are no longer asked.",
    "decline": "The decision is on record, with its reason. The family can read it.",
    "existing": "Now the adviser, the council and the family each have to agree.",
    "agree": "The agreement is on record.",
    "take-back": "The agreement was taken back.",
    "exception": "The exception is on record. It lifts the limit, and the date has not moved.",
    "ask": "They have been asked.",
    "chase": "They were written to again.",
}


def _receipt(found: AdviceRequest, form: Any) -> None:
    state = current()
    verbs.record_receipt(state.session, found, state.actor, on=form.received_on.data, now=state.now)


def _reply(found: AdviceRequest, form: Any) -> None:
    state = current()
    advice_replies.key_in(
        state.session,
        found,
        state.actor,
        received_on=form.received_on.data,
        by=form.by.data,
        words=form.words.data,
        known=form.known.data or "",
        now=state.now,
    )


def _late(found: AdviceRequest, form: Any) -> None:
    state = current()
    verbs.say_late(
        state.session, found, state.actor, why=form.why.data, expected_on=form.expected_on.data, now=state.now
    )


def _unknown(found: AdviceRequest, form: Any) -> None:
    state = current()
    verbs.say_unknown(state.session, found, state.actor, checked=form.checked.data, now=state.now)


def _agree(found: AdviceRequest, form: Any) -> None:
    state = current()
    how = form.how.data or ""
    enough.agree(state.session, found, state.actor, side=form.side.data or "", how=how, now=state.now)


def _exception(found: AdviceRequest, form: Any) -> None:
    state = current()
    verbs.record_exception(
        state.session, found, state.actor, exception=form.exception(), why=form.why.data, now=state.now
    )


def _simple(verb: Callable[..., object], **given: str) -> Callable[[AdviceRequest, Any], None]:
    """A verb that needs the actor, and what stands in some boxes of the form by the verb's own names."""

    def do(found: AdviceRequest, form: Any) -> None:
        state = current()
        words = {name: getattr(form, box).data or "" for name, box in given.items()}
        verb(state.session, found, state.actor, now=state.now, **words)

    return do


VERBS: dict[str, Callable[[AdviceRequest, Any], None]] = {
    "receipt": _receipt,
    "reply": _reply,
    "late": _late,
    "unknown": _unknown,
    "withdraw": _simple(verbs.withdraw, why="why"),
    "decline": _simple(verbs.decline, why="why"),
    "existing": _simple(enough.propose, which="which"),
    "agree": _agree,
    "take-back": _simple(enough.take_back, side="side"),
    "exception": _exception,
    "ask": _simple(verbs.ask),
    "chase": _simple(chasing.chase),
}
