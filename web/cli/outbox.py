"""`flask outbox`: what was sent, what waits for a person, and what a person does about it.

Shows no addresses and no words: ids, states, dates and reasons.
"""

import sys
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict

import click
from flask import current_app
from flask.cli import AppGroup
from sqlalchemy import select

from models.authority import Authority
from models.database import Database, OwnedSession
from models.outbox import STATES, Message
from workflow import clock, outbox
from workflow.errors import WorkflowError
from workflow.outbox import guard
from workflow.outbox.people import CLOCK, VALVE

outbox_group = AppGroup("outbox", help="Mail: what waits for a person, and whether all of it is accounted for.")

in_authority = click.option("--authority", help="The authority's short name. Default: the only one there is.")


def _database() -> Database:
    found: Database = current_app.extensions["database"]
    return found


@contextmanager
def entered(slug: str | None) -> Iterator[OwnedSession]:
    """A transaction for the authority that was named, or the only one. What goes wrong is said in a sentence."""
    database = _database()
    with database.transaction(None) as session:
        found = dict(list(session.execute(select(Authority.slug, Authority.id))))
    if slug is None and len(found) == 1:
        slug = next(iter(found))
    if slug not in found:
        raise click.UsageError(f"Name the authority with --authority: {', '.join(sorted(found)) or 'there is none'}.")
    try:
        with database.transaction(found[slug]) as session:
            yield session
    except WorkflowError as error:
        raise click.ClickException(error.sentence) from None


@outbox_group.command("list")
@in_authority
@click.option("--state", "states", multiple=True, type=click.Choice(STATES), help="Repeat for several.")
@click.option("--limit", default=100, show_default=True)
def list_messages(authority: str | None, states: tuple[str, ...], limit: int) -> None:
    """Messages that wait for a person, or those in the states named, newest last."""
    wanted = states or ("held", "parked", "bounced")
    with entered(authority) as session:
        rows = select(Message).where(Message.state.in_(wanted)).order_by(Message.created_at.desc()).limit(limit)
        for message in reversed(session.scalars(rows).all()):
            click.echo(_line(message))


@outbox_group.command("show")
@in_authority
@click.argument("message_id", type=click.UUID)
def show(authority: str | None, message_id: uuid.UUID) -> None:
    """All that is recorded of one message, apart from its words and its address."""
    with entered(authority) as session:
        message = session.get(Message, (session.authority_id, message_id))
        if message is None:
            raise click.ClickException("There is no such message.")
        for name in Message.__table__.columns.keys():  # noqa: SIM118  (a collection of columns, not a dict)
            if name not in ("words", "address", "link_code", "authority_id"):
                click.echo(f"{name:16} {getattr(message, name)}")


@outbox_group.command("release")
@in_authority
@click.argument("message_ids", nargs=-1, type=click.UUID)
@click.option("--all-of", type=click.Choice(["valve", "clock"]), help="A whole batch that was held for one yes.")
@click.option("--by", type=click.UUID, help="The person who decides.")
def release(
    authority: str | None, message_ids: tuple[uuid.UUID, ...], all_of: str | None, by: uuid.UUID | None
) -> None:
    """Let waiting messages go. Each is checked again before it does."""
    if not message_ids and not all_of:
        raise click.UsageError("Name messages by id, or a batch with --all-of.")
    now = clock.now()
    with entered(authority) as session:
        for message_id in message_ids:
            outbox.release(session, message_id, by, now)
        batch = {"valve": VALVE, "clock": CLOCK}.get(all_of or "")
        count = len(message_ids) + (outbox.release_batch(session, batch, by, now) if batch else 0)
    click.echo(f"{count} released.")


@outbox_group.command("drop")
@in_authority
@click.argument("message_id", type=click.UUID)
@click.option("--why", required=True, help="The reason, for the record.")
@click.option("--by", type=click.UUID, help="The person who decides.")
def drop(authority: str | None, message_id: uuid.UUID, why: str, by: uuid.UUID | None) -> None:
    """Decide that a waiting message shall not go."""
    with entered(authority) as session:
        outbox.drop(session, message_id, by, why)
    click.echo("Dropped.")


@outbox_group.command("prove")
@in_authority
def prove(authority: str | None) -> None:
    """Prove that every planned message is accounted for. Exit code 1 if something stands still."""
    with entered(authority) as session:
        sums = outbox.prove(session, clock.now())
    for name, value in asdict(sums).items():
        shown = ", ".join(f"{k} {v}" for k, v in value.items() if v) if isinstance(value, dict) else value
        click.echo(f"{name:20} {shown}")
    click.echo("All is accounted for." if sums.balanced else "SOMETHING STANDS STILL.")
    sys.exit(0 if sums.balanced else 1)


@outbox_group.command("clock-is-right")
def clock_is_right() -> None:
    """Say that the clock is right now, after it was wrong: mail stopped because time seemed to run back."""
    with _database().transaction(None) as session:
        guard.accept(session, clock.now())
    click.echo("Mail goes on from here.")


def _line(message: Message) -> str:
    when = message.created_at.astimezone(clock.LONDON).strftime("%Y-%m-%d %H:%M")
    return f"{message.id}  {when}  {message.state:9} {message.importance:10} {message.reason or ''}"


commands = [outbox_group]
