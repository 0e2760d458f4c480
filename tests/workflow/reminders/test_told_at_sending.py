"""Who is told, at the moment of sending."""

from datetime import datetime, timedelta

from sqlalchemy import update

from models.cases import Case
from tests.workflow.outbox.builders import NOON, TODAY, FakeMailer, officer
from tests.workflow.reminders.cases import DAY, Own, Sweep, a_case, found
from workflow import outbox, reminders
from workflow.outbox import guard


def run(own: Own, now: datetime = NOON) -> FakeMailer:
    database, _ = own
    mailer = FakeMailer()
    outbox.send_batch(
        database,
        mailer,
        clock=lambda: now,
        judge=lambda *_: guard.Clock.RIGHT,
        checks=(*outbox.CHECKS, reminders.still_theirs),
    )
    return mailer


def test_z17_a_grant_that_ended_before_sending_ends_the_mail(own_database: Own, sweep: Sweep) -> None:
    from models.access import Grant

    people = a_case(own_database, TODAY + 84 * DAY, rule="review.annual")
    sweep()
    database, authority = own_database
    with database.transaction(authority) as session:
        session.execute(update(Grant).values(until_at=NOON))
    run(own_database)
    by_person = {who: (state, reason) for who, _, state, reason in found(own_database)}
    assert by_person[people["family"]] == ("cancelled", "no longer theirs to be told")
    assert by_person[people["setting"]] == ("accepted", None)


def test_a_case_that_changed_hands_is_told_to_the_new_caseworker(own_database: Own, sweep: Sweep) -> None:
    a_case(own_database, TODAY + 14 * DAY)
    sweep()
    database, authority = own_database
    with database.transaction(authority) as session:
        newcomer = officer(session)
        session.execute(update(Case).values(caseworker_id=newcomer))
    assert run(own_database).sent == []
    sweep(NOON + timedelta(minutes=5))
    assert len(run(own_database, NOON + timedelta(minutes=6)).sent) == 1
    assert (newcomer, "-14", "accepted", None) in found(own_database)


def test_m1_what_a_reminder_says_names_nobody(own_database: Own, sweep: Sweep) -> None:
    a_case(own_database, TODAY + 84 * DAY, rule="review.annual")
    sweep()
    envelopes = run(own_database).sent
    assert {e.words["kind"] for e in envelopes} == {"A review meeting is due"}
    assert {e.about_on for e in envelopes} == {TODAY + 84 * DAY}
    assert "Invented" not in str([e.words for e in envelopes])
