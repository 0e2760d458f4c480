"""`flask sweep`: plan the reminders that are due, or show what would go out up to a date."""

from datetime import UTC, date, datetime, time

import click
from flask import Flask, current_app
from flask.cli import with_appcontext

from models.database import Database
from workflow import clock, outbox, reminders
from workflow.clock import LONDON
from workflow.outbox import guard
from workflow.reminders import Intent


@click.command("sweep")
@click.option("--as-of", type=click.DateTime(["%Y-%m-%d"]), help="Show what would go out up to this date.")
@click.option("--send", is_flag=True, help="With --as-of, in demo mode only: live through the days and send.")
@with_appcontext
def sweep(as_of: datetime | None, send: bool) -> None:
    """Plan the reminders that are due now; with --as-of DATE show, day by day, what would go out.

    Nothing is sent and nothing is changed by --as-of, except with --send in demo mode.
    """
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]
    database: Database = app.extensions["database"]
    now = clock.now()
    if as_of is None:
        if send:
            raise click.UsageError("--send needs --as-of DATE.")
        click.echo(_counts(reminders.sweep(database, now=now, slotted=False)))
        return
    if send and not app.config.get("DEMO"):
        raise click.UsageError("--send works in demo mode only: it lives through days that have not come.")
    if as_of.date() < clock.london_day(now):
        raise click.UsageError("--as-of is a day to come, or today.")
    days = _show(database, as_of.date(), now)
    if send:
        for day in days:
            click.echo(f"{day}  {_counts(live_through(app, day))}")


def live_through(app: Flask, day: date) -> dict[str, int]:
    """Plan and send one day's reminders of the demo as they would go at nine that morning."""
    from tasks.mailers import mailer_for
    from tasks.outbox import CHECKS

    database: Database = app.extensions["database"]
    morning = datetime.combine(day, time(9), LONDON).astimezone(UTC)
    for authority_id in database.authorities():
        reminders.sweep_authority(database, authority_id, morning)
    return outbox.send_batch(
        database,
        mailer_for(app),
        limit=1000,
        clock=lambda: morning,
        checks=CHECKS,
        judge=lambda *_: guard.Clock.RIGHT,
    )


def _show(database: Database, as_of: date, now: datetime) -> list[date]:
    shown: list[Intent] = []
    for authority_id in database.authorities():
        with database.transaction(authority_id) as session:
            shown += reminders.preview(session, as_of, now)
    for intent in sorted(shown, key=lambda i: (i.on, i.rule, i.key)):
        stage = f"{intent.stage.name:>4} {intent.stage.audience:10}"
        click.echo(f"{intent.on}  {stage} {intent.rule:28} due {intent.due_on}  case {intent.case_id}")
    click.echo(f"{len(shown)} reminders up to {as_of}.")
    return sorted({intent.on for intent in shown})


def _counts(counts: dict[str, int]) -> str:
    return ", ".join(f"{name} {count}" for name, count in sorted(counts.items())) or "Nothing is due."


commands = [sweep]
