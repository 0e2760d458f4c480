"""The application over a real database, with people to be and a client that checks every page it fetches."""

import re
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from html.parser import HTMLParser

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from models.access import Account, Post
from models.authority import Authority
from models.people import Contact, Person, Setting
from tests.conftest import MASTER_KEY, NOW, OneEngine, found_authority
from web import create_app
from web.application import Coproduce
from web.config import Settings
from workflow import web_sessions

SETTINGS = {
    "phone": "01632 960 001",
    "email": "plans@hartwell.invalid",
    "officer": {"name": "The EHC team", "phone": "01632 960 002"},
    "mediation": {"name": "Meadow Mediation", "phone": "01632 960 003"},
    "sendiass": {"name": "Hartwell SENDIASS", "phone": "01632 960 004"},
    "disagreement": {"name": "Hartwell Resolution Service", "phone": "01632 960 005"},
    "local_offer_url": "https://offer.hartwell.invalid",
    "bodies": {
        "health": {"name": "Hartwell NHS", "email": "ehc@nhs.invalid"},
        "social_care": {"name": "Hartwell social care", "email": "ehc@care.invalid"},
    },
}


@dataclass(frozen=True)
class Somebody:
    """A person with an account, and a session token to be them with."""

    person_id: uuid.UUID
    account_id: uuid.UUID
    email: str
    token: str


def make_app(urls: tuple[str, str]) -> Coproduce:
    """The application on a database: (owner URL, app URL)."""
    made = create_app(settings_for(urls))
    made.testing = True
    return made


def settings_for(urls: tuple[str, str]) -> Settings:
    """The settings of a test: (owner URL, app URL)."""
    return Settings(
        database_url=urls[1],
        migration_database_url=urls[0],
        secret_key="a test secret that is long enough 0123456789",
        master_key=MASTER_KEY,
        demo=True,
        data_dir="/nonexistent",
    )


@pytest.fixture(scope="session")
def one_app(server: tuple[str, str]) -> Coproduce:
    """One application for the run: its templates are compiled once. Each test gives it a database."""
    return make_app(server)


@pytest.fixture
def app(one_app: Coproduce, fresh: tuple[str, str], one_engine: OneEngine) -> Iterator[Coproduce]:
    """The application on a database of the test's own."""
    found_authority(fresh[0], "hartwell", "localhost", **SETTINGS)
    one_app.extensions["settings"] = settings_for(fresh)
    one_app.testing = True
    config = dict(one_app.config)
    with one_engine.on(fresh[1]) as one_app.extensions["database"]:
        yield one_app
    one_app.config.clear()
    one_app.config.update(config)


@pytest.fixture
def own_app(fresh: tuple[str, str]) -> Iterator[Coproduce]:
    """An application of the test's own, for tests that add routes to it."""
    found_authority(fresh[0], "hartwell", "localhost", **SETTINGS)
    made = make_app(fresh)
    yield made
    made.database.engine.dispose()


@pytest.fixture
def authority_id(app: Coproduce) -> uuid.UUID:
    found = app.database.authority_of_host("localhost")
    assert isinstance(found, Authority)
    return found.id


@pytest.fixture
def school(app: Coproduce, authority_id: uuid.UUID) -> uuid.UUID:
    """A school's id."""
    with app.database.transaction(authority_id) as session:
        setting = Setting(id=uuid.uuid4(), name="Bramble Hill Primary", kind="school")
        session.add(setting)
        return setting.id


@pytest.fixture
def somebody(app: Coproduce, authority_id: uuid.UUID) -> Callable[..., Somebody]:
    """Make a person: `somebody("staff", "caseworker")`, `somebody("professional", "senco", school)`."""

    def make(kind: str, role: str = "", setting_id: uuid.UUID | None = None, name: str = "") -> Somebody:
        email = f"{role or kind}-{uuid.uuid4().hex[:8]}@people.example"
        token = web_sessions.new_token()
        with app.database.transaction(authority_id) as session:
            person = Person(id=uuid.uuid4(), name=name or f"Test {role or kind}")
            account = Account(id=uuid.uuid4(), person_id=person.id, kind=kind, email=email)
            session.add(person)
            session.flush()
            session.add_all([account, Contact(person_id=person.id, kind="email", value=email, verified_at=NOW)])
            if role:
                session.add(Post(person_id=person.id, role=role, setting_id=setting_id, from_on=date(2020, 1, 1)))
            session.flush()
            from workflow import clock

            web_sessions.save(session, token, {"kind": kind}, account.id, clock.now())
        return Somebody(person.id, account.id, email, token)

    return make


class PageClient(FlaskClient):
    """Fetches pages and holds each to the house's rules: one h1, a title that says it, unique ids, labels."""

    def open(self, *args: object, **kwargs: object) -> TestResponse:  # type: ignore[override]
        response = super().open(*args, **kwargs)  # type: ignore[arg-type]
        if response.mimetype == "text/html" and response.status_code < 300:
            check_page(response.text)
        return response

    def token(self, path: str) -> str:
        """The CSRF token on a page."""
        found = re.search(r'name="csrf_token" value="([^"]+)"', self.get(path).text)
        assert found, f"no form on {path}"
        return found[1]

    def submit(
        self, path: str, data: dict[str, object] | None = None, *, page: str | None = None, **more: object
    ) -> TestResponse:
        """POST a form with the token of its page (by default the page at the same address)."""
        return self.post(path, data={"csrf_token": self.token(page or path), **(data or {})}, **more)  # type: ignore[arg-type]


@pytest.fixture
def client_for(app: Coproduce) -> Callable[[Somebody | None], PageClient]:
    """A browser signed in as somebody (None: signed out)."""

    def make(who: Somebody | None = None) -> PageClient:
        app.test_client_class = PageClient
        client = app.test_client()
        if who:
            client.set_cookie("session", who.token, domain="localhost")
        assert isinstance(client, PageClient)
        return client

    return make


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.headings = 0
        self.labelled: set[str] = set()
        self.inputs: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if given.get("id"):
            self.ids.append(str(given["id"]))
        self.headings += tag == "h1"
        if tag == "label" and given.get("for"):
            self.labelled.add(str(given["for"]))
        if tag in ("input", "textarea", "select") and given.get("type") not in ("hidden", "submit"):
            self.inputs.append((tag, given))


def check_page(html: str) -> None:
    """Raise AssertionError for a page that breaks a rule of the house."""
    page = _Page()
    page.feed(html)
    assert page.headings == 1, f"{page.headings} h1"
    assert len(page.ids) == len(set(page.ids)), (
        f"ids used twice: {sorted({i for i in page.ids if page.ids.count(i) > 1})}"
    )
    for tag, given in page.inputs:
        named = given.get("id") in page.labelled or given.get("aria-label") or given.get("aria-labelledby")
        assert named, f"{tag} {given.get('name')} has no label"
    assert " style=" not in html and "<style" not in html, "inline style"
    assert not re.search(r"<script(?![^>]*(src=|nonce=))", html), "inline script without a nonce"
