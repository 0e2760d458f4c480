"""What was said before, offered on a page and taken by whoever writes it."""

from collections.abc import Mapping

from flask import flash

from forms.definition import Page
from forms.paths import anchor
from web.application import current
from workflow.coproduction import taking
from workflow.coproduction.answers import Writer
from workflow.queries import offers
from workflow.queries.offers import Offer
from workflow.queries.writing import Desk


def offered(opened: Desk, found: Page) -> Mapping[str, Offer]:
    """The offers for a page, by question."""
    state = current()
    return offers.offers(state.session, opened, found.questions, state.now)


def take(fresh: Desk, found: Page, taken: str, writer: Writer) -> str:
    """Take an offer, looked up again for whoever asks, and say where on the page it stands.

    Taking twice is harmless. `fresh` is the form opened after whatever else was typed has been saved.
    """
    state = current()
    question_id, _, source = taken.partition("|")
    offer = offered(fresh, found).get(question_id)
    if offer is None or offer.source != source:
        flash("Something has been written there since, so nothing was added.", "notice")
    else:
        taking.take(
            state.session,
            fresh.submission,
            fresh.form,
            fresh.theirs,
            writer,
            offer,
            now=state.now,
        )
    return f"at-{anchor(question_id)}"
