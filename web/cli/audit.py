"""The record of acts."""

import sys

import click
from flask import current_app
from flask.cli import AppGroup

from workflow import audit

group = AppGroup("audit", help="The record of acts.")
commands = [group]


@group.command("verify")
def verify() -> None:
    """Walk every authority's chain of acts. Exit 1 when one does not hold."""
    database = current_app.extensions["database"]
    broken = False
    for authority_id in database.authorities():
        with database.transaction(authority_id) as session:
            try:
                click.echo(f"{authority_id}: {audit.verify(session)} acts, the chain holds.")
            except audit.BrokenChain as error:
                broken = True
                click.echo(f"{authority_id}: {error}", err=True)
    sys.exit(1 if broken else 0)
