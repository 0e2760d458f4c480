"""Bringing in plans from a file at the command line."""

from pathlib import Path

import click
from flask import current_app
from flask.cli import AppGroup
from sqlalchemy import select

from models.authority import Authority
from workflow import clock
from workflow.access.actor import SYSTEM
from workflow.cases import plans_import
from workflow.errors import Refused

group = AppGroup("import", help="Bring in what a council already holds.")
commands = [group]


@group.command("plans")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--authority", help="The authority's short name. May be left out when there is only one.")
@click.option("--apply", "do_it", is_flag=True, help="Bring the good rows in. Without it, only say what would happen.")
def plans(file: Path, authority: str | None, do_it: bool) -> None:
    """Read a CSV of plans and say what each row would do. Running it twice changes nothing."""
    database, now = current_app.extensions["database"], clock.now()
    with database.transaction(None) as session:
        found = {slug: each for slug, each in session.execute(select(Authority.slug, Authority.id))}
    if authority is None and len(found) == 1:
        authority = next(iter(found))
    if authority not in found:
        raise click.ClickException(f"Name the authority with --authority: {', '.join(sorted(found))}.")
    try:
        content = plans_import.decode(file.read_bytes())
        with database.transaction(found[authority]) as session:
            if do_it:
                preview = plans_import.apply(session, content, SYSTEM, now=now)
            else:
                preview = plans_import.read(session, content, clock.london_day(now))
    except Refused as refusal:
        raise click.ClickException(refusal.sentence) from None
    except ValueError:
        raise click.ClickException("This file cannot be read as text. Save it as CSV (UTF-8) and try again.") from None
    for row in preview.bad:
        click.echo(f"Line {row.number}: {row.problem}")
    said = "Brought in" if do_it else "Would bring in"
    click.echo(f"{said} {len(preview.good)}. Here already: {len(preview.known)}. Cannot be used: {len(preview.bad)}.")
    if not do_it and preview.good:
        click.echo("Nothing was changed. Run it again with --apply to bring them in.")
