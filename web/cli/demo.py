"""The demonstration's own commands. Only there in demo mode."""

import click
from flask import current_app
from flask.cli import AppGroup

from web.cli.database import bring_up_to_date, found_authority
from web.demo import council, seed
from workflow import clock

group = AppGroup("demo", help="The demonstration council.")
commands = [group]


@group.command("prepare")
def prepare() -> None:
    """Bring the database up to date, then make the demonstration council."""
    bring_up_to_date()
    sow()


@group.command("seed")
def seed_command() -> None:
    """Make the demonstration council, once, by the same acts that people do."""
    sow()


def sow() -> None:
    """The demonstration council, if it is not there yet."""
    app = current_app
    authority_id = found_authority(
        app.extensions["settings"], council.SLUG, council.NAME, council.HOSTS, dict(council.SETTINGS)
    )
    with app.extensions["database"].transaction(authority_id) as session:
        made = seed.seed(session, clock.now())
    click.echo("The demonstration council is ready." if made else "The demonstration council was there already.")
