"""Commands: `flask --app wsgi …`. Each file has a list of `commands`."""

import click
from flask import Flask

from web.application import Coproduce


def init_app(app: Coproduce) -> None:
    """Register every command."""
    from web.cli import audit, database, forms, imports, law, outbox, people, poller, sweep

    groups = [audit, database, forms, imports, law, outbox, people, poller, sweep]
    if app.settings.demo:
        from web.cli import demo

        groups.append(demo)
    for group in groups:
        for command in group.commands:
            app.cli.add_command(command)


def init_without_services(app: Flask) -> None:
    """Register what needs nothing running; the other commands say what they need."""
    from web.cli import database, forms, law

    for command in (*law.commands, *forms.commands):
        app.cli.add_command(command)
    app.cli.add_command(click.Group("database", commands={"key": database.group.commands["key"]}))
    for name in ("audit", "import", "outbox", "people", "poller", "sweep", "demo"):
        app.cli.add_command(_not_set_up(name))


def _not_set_up(name: str) -> click.Command:
    def say() -> None:
        raise click.ClickException(
            "Start `make run` first, or set DATABASE_URL, SECRET_KEY and MASTER_KEY: see docs/runbook.md."
        )

    options = {"ignore_unknown_options": True, "allow_extra_args": True}
    return click.Command(name, callback=say, context_settings=options, help="Needs a database: see docs/runbook.md.")
