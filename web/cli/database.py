"""Setting up and looking after the database. These run as the owner of the tables.

`migrations` is imported where it is used: Alembic is large, and every process of the service imports this file.
"""

import base64
import json
import os
import uuid

import click
import psycopg
from flask import current_app
from flask.cli import AppGroup
from psycopg import sql

from models.crypto import new_wrapped_key, read_master_key
from web.config import Settings
from workflow import clock

group = AppGroup("database", help="Set up and look after the database.")
commands = [group]


def _settings() -> Settings:
    found: Settings = current_app.extensions["settings"]
    return found


@group.command("key")
def key() -> None:
    """Print a new master key."""
    click.echo(base64.urlsafe_b64encode(os.urandom(32)).decode())


@group.command("upgrade")
def upgrade() -> None:
    """Bring the schema to its newest version and give the app role its privileges.

    With one URL given, makes the app role first.
    """
    bring_up_to_date()


def bring_up_to_date() -> None:
    """Migrate, grant, and make sure that the role the service uses is bound by row security."""
    import migrations

    settings = _settings()
    if not settings.migration_database_url:
        _make_app_role(settings)
    migrations.upgrade(settings.owner_url, settings.app_role, today=clock.london_day(clock.now()))
    current_app.extensions["database"].refuse_unsafe_role()
    click.echo("The database is up to date.")


@group.command("downgrade")
@click.argument("revision", default="base")
def downgrade(revision: str) -> None:
    """Take the schema back to a revision. Undoes a release; loses what only the newer schema can hold."""
    import migrations

    migrations.downgrade(_settings().owner_url, revision)


@group.command("check")
def check() -> None:
    """Upgrade, compare the tables with the models, go down, come up again. For a database of no value."""
    import migrations

    settings = _settings()
    today = clock.london_day(clock.now())
    migrations.upgrade(settings.owner_url, settings.app_role, today=today)
    migrations.check(settings.owner_url)
    migrations.downgrade(settings.owner_url)
    migrations.upgrade(settings.owner_url, settings.app_role, today=today)
    click.echo("Upgrade, comparison, downgrade and upgrade again: all hold.")


@group.command("add-authority")
@click.argument("slug")
@click.argument("name")
@click.option("--host", "hosts", multiple=True, required=True, help="A host name it answers to; may be repeated.")
@click.option("--settings", "settings_json", default="{}", help="Its settings as JSON.")
def add_authority(slug: str, name: str, hosts: tuple[str, ...], settings_json: str) -> None:
    """Add an authority, with its own data key. Adding it again changes only its name, settings and hosts."""
    found_authority(_settings(), slug, name, hosts, json.loads(settings_json))
    click.echo(f"{name} answers to {', '.join(hosts)}.")


def found_authority(
    settings: Settings, slug: str, name: str, hosts: tuple[str, ...], own: dict[str, object]
) -> uuid.UUID:
    """Add or change an authority, as the owner of the tables. Returns its id."""
    authority_id = uuid.uuid4()
    wrapped = new_wrapped_key(read_master_key(settings.master_key.get_secret_value()), authority_id)
    with psycopg.connect(_libpq(settings.owner_url)) as connection:
        row = connection.execute(
            "insert into authority (id, slug, name, settings, wrapped_key) values (%s, %s, %s, %s, %s)"
            " on conflict (slug) do update set name = excluded.name, settings = excluded.settings returning id",
            (authority_id, slug, name, json.dumps(own), wrapped),
        ).fetchone()
        assert row is not None
        for host in hosts:
            connection.execute(
                "insert into authority_host (host, authority_id) values (%s, %s) on conflict do nothing",
                (host.lower(), row[0]),
            )
        found: uuid.UUID = row[0]
    return found


def _make_app_role(settings: Settings) -> None:
    """The app role, made once by an owner that may create roles, with a password kept nowhere but here."""
    with psycopg.connect(_libpq(settings.owner_url), autocommit=True) as connection:
        name = settings.app_role
        there = connection.execute("select 1 from pg_roles where rolname = %s", (name,)).fetchone()
        if there is None:
            connection.execute(
                sql.SQL("create role {} login nosuperuser nobypassrls nocreatedb nocreaterole").format(
                    sql.Identifier(name)
                )
            )
        password = settings.app_password
        if password:
            connection.execute(sql.SQL("alter role {} password {}").format(sql.Identifier(name), sql.Literal(password)))


def _libpq(url: str) -> str:
    return url.replace("postgresql+psycopg://", "postgresql://")
