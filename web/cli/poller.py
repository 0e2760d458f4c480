"""`flask poller`: sees what is due and nudges the workers."""

import click
from flask import Flask, current_app
from flask.cli import with_appcontext


@click.command("poller")
@with_appcontext
def poller() -> None:
    """Look for due work every few seconds, nudge the workers, and send mail alone if nobody answers."""
    from tasks.poller import run

    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]
    run(app)


commands = [poller]
