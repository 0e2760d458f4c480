"""People of the authority and of settings: add them, give them posts, close their accounts."""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

import click
from flask import current_app
from flask.cli import AppGroup
from sqlalchemy import select

from models.access import Post
from models.database import OwnedSession
from models.people import Setting
from workflow import clock, signing_in, web_sessions

group = AppGroup("people", help="People who work at the authority or at a setting.")
commands = [group]
ROLES = ("caseworker", "decider", "manager", "senco", "head")


@contextmanager
def _at(host: str) -> Iterator[OwnedSession]:
    database = current_app.extensions["database"]
    authority = database.authority_of_host(host)
    if authority is None:
        raise click.ClickException(f"No authority answers to {host}.")
    with database.transaction(authority.id) as session:
        yield session


@group.command("add")
@click.argument("email")
@click.argument("name")
@click.argument("role", type=click.Choice(ROLES))
@click.option("--setting", help="The setting's name, for senco and head.")
@click.option("--host", default="localhost", show_default=True, help="The authority's host name.")
def add(email: str, name: str, role: str, setting: str | None, host: str) -> None:
    """Give a person an account and a post."""
    kind = "professional" if role in ("senco", "head") else "staff"
    with _at(host) as session:
        at = session.scalars(select(Setting.id).where(Setting.name == setting)).one_or_none() if setting else None
        if (kind == "professional") != (at is not None):
            raise click.ClickException("Name a setting that exists for senco and head, and none for the others.")
        now = clock.now()
        account = signing_in.open_account(session, name, email, kind, now=now)
        session.add(Post(person_id=account.person_id, role=role, setting_id=at, from_on=clock.london_day(now)))
    click.echo(f"{name} is {role}.")


@group.command("add-setting")
@click.argument("name")
@click.argument("kind", type=click.Choice(("early_years", "school", "post_16")))
@click.option("--urn")
@click.option("--host", default="localhost", show_default=True)
def add_setting(name: str, kind: str, urn: str | None, host: str) -> None:
    """Add a school, nursery or college."""
    with _at(host) as session:
        session.add(Setting(id=uuid.uuid4(), name=name, kind=kind, urn=urn))
    click.echo(f"{name} is added.")


@group.command("end-post")
@click.argument("email")
@click.argument("role", type=click.Choice(ROLES))
@click.option("--on", type=click.DateTime(["%Y-%m-%d"]), help="The last day. Without it, today.")
@click.option("--host", default="localhost", show_default=True)
def end_post(email: str, role: str, on: datetime | None, host: str) -> None:
    """End a person's post: from the next day they read nothing that the post let them read."""
    kind = "professional" if role in ("senco", "head") else "staff"
    with _at(host) as session:
        account = signing_in.account_of(session, email, kind)
        posts = select(Post).where(Post.person_id == (account.person_id if account else None), Post.role == role)
        found = [each for each in session.scalars(posts) if each.until_on is None]
        if not found:
            raise click.ClickException(f"Nobody with this address is {role}.")
        last = on.date() if on else clock.london_day(clock.now())
        if any(last < each.from_on for each in found):
            raise click.ClickException("The last day cannot be before the first.")
        for each in found:
            each.until_on = last
    click.echo(f"The post ends on {last}.")


@group.command("close")
@click.argument("email")
@click.argument("kind", type=click.Choice(("family", "professional", "staff")))
@click.option("--host", default="localhost", show_default=True)
def close(email: str, kind: str, host: str) -> None:
    """Close an account and end its sessions everywhere, at once."""
    with _at(host) as session:
        account = signing_in.account_of(session, email, kind)
        if account is None:
            raise click.ClickException("There is no open account of this kind with this address.")
        account.closed_at = clock.now()
        web_sessions.end_all(session, account.id)
    click.echo("Closed.")
