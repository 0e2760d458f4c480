"""Commands: `flask --app wsgi …`. Each file has a list of `commands`."""

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
