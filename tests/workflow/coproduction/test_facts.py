"""What a form's conditions and sums are told beside its answers."""

import pytest

from tests.conftest import NOW
from tests.workflow.coproduction.conftest import Table
from workflow.coproduction.facts import facts_of


def test_what_is_due_after_a_meeting_is_told_in_days(table: Table) -> None:
    facts = facts_of(table.session, table.submission, {"rv_date": "2026-11-16"}, NOW)
    assert (facts["report_due"], facts["decision_due"]) == ("2026-11-30", "2026-12-14")


@pytest.mark.parametrize("held", ["", {"day": "31", "month": "2", "year": "2026"}])
def test_nothing_is_due_after_a_meeting_without_a_day(table: Table, held: object) -> None:
    assert "report_due" not in facts_of(table.session, table.submission, {"rv_date": held}, NOW)


def test_how_a_form_stands_is_told_and_since_when(table: Table) -> None:
    draft = facts_of(table.session, table.submission, {}, NOW)
    assert draft["state"] == "draft" and "sent_on" not in draft
    table.submission.sent_at = NOW
    sent = facts_of(table.session, table.submission, {}, NOW)
    assert sent["sent_on"] == sent["asked_on"]
