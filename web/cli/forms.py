"""What forms there are."""

import json

import click
from flask.cli import AppGroup

from forms import catalogue

group = AppGroup("forms", help="The forms.")
commands = [group]


@group.command("list")
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
def show(as_json: bool) -> None:
    """Every form: id, version, question ids."""
    if as_json:
        click.echo(json.dumps(catalogue.listing(), indent=2))
        return
    for form in catalogue.listing():
        click.echo(f"{form['id']} version {form['version']}: {len(form['questions'])} questions")
