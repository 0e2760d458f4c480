"""Ask the law: every rule, one date, many dates, the state tables."""

import json
import sys
from collections.abc import Iterator
from typing import Any

import click
from flask.cli import AppGroup

from law import due as law_due
from law import listing, tables
from law.errors import LawError

group = AppGroup("law", help="Statutory dates, with their reasons.")
commands = [group]


@group.command("rules")
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
def rules(as_json: bool) -> None:
    """Every rule: id, trigger keys, counting method, duty, citation."""
    rows = listing.rules()
    if as_json:
        click.echo(json.dumps(rows, indent=2))
        return
    for row in rows:
        keys = " or ".join("+".join(each) for each in row["needs"])
        click.echo(f"{row['id']:32} {row['method']:24} {keys:44} {row['citation']}")


@group.command("due")
@click.argument("rule", required=False)
@click.argument("triggers", nargs=-1)
@click.option("--exception", "exceptions", multiple=True, help="An exception as JSON; may be repeated.")
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
@click.option("--batch", type=click.File("r"), help="A file of JSON lines; - for standard input.")
def due(rule: str | None, triggers: tuple[str, ...], exceptions: tuple[str, ...], as_json: bool, batch: Any) -> None:
    """One date: RULE key=value… ; or many, with --batch."""
    if batch is not None:
        for answer in _answers(batch):
            # Not click.echo, which looks at the stream anew for every line.
            sys.stdout.write(json.dumps(answer, ensure_ascii=False) + "\n")
        return
    try:
        if rule is None:
            raise ValueError("Name a rule: see `flask law rules`.")
        given = dict(_pair(each) for each in triggers)
        answer = law_due.as_json(law_due.compute(rule, given, [json.loads(each) for each in exceptions]))
    except (LawError, ValueError) as error:
        click.echo(str(error), err=True)
        sys.exit(2)
    if as_json:
        click.echo(json.dumps(answer, ensure_ascii=False))
    else:
        click.echo(f"{answer['due'] or 'no date'}\n{answer['explanation']}")


@group.command("tables")
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
def show_tables(as_json: bool) -> None:
    """Every process: stages, start, ends, transitions."""
    if as_json:
        click.echo(json.dumps(listing.tables(), indent=2))
        return
    for name, table in tables.PROCESSES.items():
        click.echo(f"{name}: {table.title}")
        for row in table.transitions:
            click.echo(f"  {row.from_} --{row.act}--> {row.to}  ({', '.join(row.roles)})")


def _pair(text: str) -> tuple[str, str]:
    key, sign, value = text.partition("=")
    if not sign:
        raise ValueError(f"Write {text!r} as key=value.")
    return key, value


def _answers(lines: Any) -> Iterator[dict[str, Any]]:
    for line in lines:
        if not line.strip():
            continue
        asked: Any = None
        try:
            asked = json.loads(line)
            answer = law_due.as_json(
                law_due.compute(asked["rule"], asked.get("trigger", {}), asked.get("exceptions", []))
            )
            yield {"id": asked.get("id"), **answer}
        except (LawError, ValueError, KeyError, TypeError, AttributeError) as error:
            named = asked.get("id") if isinstance(asked, dict) else None
            yield {"id": named, "error": str(error) or type(error).__name__}
