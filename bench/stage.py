"""The service on a database that is thrown away: one authority, one parent who has begun a form."""

import re
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from html import unescape
from pathlib import Path

from flask import url_for
from flask.testing import FlaskClient
from pydantic import SecretStr

import migrations
from engines.postgres import Postgres
from engines.settings import fresh_keys
from forms import catalogue
from models.database import OwnedSession
from web import create_app
from web.application import Coproduce
from web.cli.database import found_authority
from web.config import APP_ROLE, Settings
from workflow import clock, signing_in, web_sessions
from workflow.access.actor import actor_for
from workflow.coproduction import submissions

FORM, QUESTION = "ehcna-req-parent", "pq_hard"
HOST = "localhost"


@dataclass(frozen=True)
class Stage:
    """The application, its only authority, and a parent's unfinished form."""

    app: Coproduce
    authority_id: uuid.UUID
    submission_id: uuid.UUID
    token: str
    account_id: uuid.UUID
    settings: Settings

    def browser(self) -> FlaskClient:
        """A browser in which the parent is signed in."""
        client = self.app.test_client()
        client.set_cookie("session", self.token, domain=HOST)
        return client

    def begin_form(self) -> uuid.UUID:
        """One more form of the parent's. Returns its id."""
        with self.app.database.transaction(self.authority_id) as session:
            return _begin_form(session, self.account_id)

    def page(self) -> str:
        """The address of the page with the question that is answered."""
        form = catalogue.get(FORM)
        page = next(each for each in form.pages() if any(asked.id == QUESTION for asked in each.questions))
        with self.app.test_request_context(base_url=f"http://{HOST}"):
            return url_for("writing.page", submission_id=self.submission_id, page_id=page.id, all="1")


@contextmanager
def set_up() -> Iterator[Stage]:
    """Start the database, migrate it, and begin the form. Nothing is synced to disk."""
    with tempfile.TemporaryDirectory(prefix="cop") as folder, Postgres(Path(folder), durable=False) as engine:
        keys = fresh_keys()
        settings = Settings(
            database_url=engine.app_url,
            migration_database_url=engine.owner_url,
            secret_key=SecretStr(keys["SECRET_KEY"]),
            master_key=SecretStr(keys["MASTER_KEY"]),
            demo=True,
            trusted_hosts=f"{HOST},.{HOST}",
            data_dir=Path(folder),
        )
        migrations.upgrade(engine.owner_url, APP_ROLE, today=clock.london_day(clock.now()))
        authority_id = found_authority(settings, "bench", "Bench Council", (HOST,), {})
        app = create_app(settings)
        try:
            yield _begin(app, authority_id, settings)
        finally:
            app.database.engine.dispose()


def _begin(app: Coproduce, authority_id: uuid.UUID, settings: Settings) -> Stage:
    now, token = clock.now(), web_sessions.new_token()
    with app.database.transaction(authority_id) as session:
        account = signing_in.open_account(session, "A parent", "parent@example.invalid", "family", now=now)
        session.flush()
        web_sessions.save(session, token, {"kind": "family"}, account.id, now)
        return Stage(app, authority_id, _begin_form(session, account.id), token, account.id, settings)


def _begin_form(session: OwnedSession, account_id: uuid.UUID) -> uuid.UUID:
    now = clock.now()
    parent = actor_for(session, account_id, clock.london_day(now))
    assert parent is not None
    form = submissions.begin(session, parent, FORM, create_token=uuid.uuid4(), now=now, facts={"role": "parent"})
    return form.id


def attribute(html: str, pattern: str) -> str:
    """The first group of a pattern in a page, with its entities read. ValueError when it is not there."""
    found = re.search(pattern, html)
    if found is None:
        raise ValueError(f"the page has nothing like {pattern}")
    return unescape(found[1])
