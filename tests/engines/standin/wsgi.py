"""The smallest application that answers every command `make run` gives, on the real engines."""

import os

import click
import psycopg
from celery import Celery
from flask import Flask
from flask.cli import AppGroup

app = Flask(__name__)
celery = Celery("standin", broker=os.environ["REDIS_URL"])
celery.conf.update(beat_schedule={"tick": {"task": "tick", "schedule": 0.5}}, broker_connection_retry_on_startup=True)

database = AppGroup("database")
demo = AppGroup("demo")


@app.get("/health/live")
def live() -> str:
    return "alive"


@app.get("/ticks")
def ticks() -> str:
    with psycopg.connect(os.environ["DATABASE_URL"]) as connection:
        row = connection.execute("SELECT count(*) FROM tick").fetchone()
    return str(row[0] if row else 0)


@celery.task(name="tick")
def tick() -> None:
    with psycopg.connect(os.environ["DATABASE_URL"]) as connection:
        connection.execute("INSERT INTO tick VALUES (now())")


@database.command()
def upgrade() -> None:
    make_tables()


@demo.command()
def prepare() -> None:
    make_tables()
    with psycopg.connect(os.environ["DATABASE_URL"]) as connection:
        connection.execute("INSERT INTO tick VALUES (now())")


def make_tables() -> None:
    if os.environ.get("STANDIN_TROUBLE"):
        raise click.ClickException("the stand-in was told to fail")
    with psycopg.connect(os.environ["MIGRATION_DATABASE_URL"]) as connection:
        connection.execute("CREATE TABLE IF NOT EXISTS tick (at timestamptz)")
        connection.execute("GRANT SELECT, INSERT ON tick TO coproduce_app")


app.cli.add_command(database)
app.cli.add_command(demo)
