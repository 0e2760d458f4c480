"""What the office's pages cost with a hundred times the cases: the case page, each queue, each list.

The cases are put in by plain SQL, a thousandth of what the verbs would take: this measures reading.
"""

import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from unittest import mock

from flask.testing import FlaskClient
from sqlalchemy import NullPool, create_engine, event, text

from bench.rounds import Work, alternate
from bench.stage import Stage, set_up
from models.access import Post
from models.crypto import current_keyring
from models.database import OwnedSession
from models.people import Person
from web.cli.database import found_authority
from workflow import clock, signing_in, web_sessions
from workflow.queries.work_queues import QUEUES

SIZES = (700, 7_000, 70_000)
CASES_EACH = 175
ROUNDS = 7
PAGES = {
    "to do, one's own": "/council/?whose=mine",
    "to do, everybody's": "/council/?whose=all&within=year",
    "the queues, one's own": "/council/work?whose=mine",
    "the queues, everybody's": "/council/work?whose=all",
    "reviews": "/council/reviews",
    "letters": "/council/letters",
    "messages": "/council/messages",
    **{f"queue: {each.id}": f"/council/work/{each.id}?whose=all" for each in QUEUES},
}


@dataclass(frozen=True)
class Held:
    """One page with so many cases: the median seconds, of the database too, and its statements."""

    page: str
    cases: int
    seconds: float
    statements: int


@dataclass(frozen=True)
class Office:
    """An authority with so many cases, and a manager's browser there."""

    cases: int
    authority_id: uuid.UUID
    host: str
    client: FlaskClient
    pages: dict[str, str]

    def fetch(self, page: str) -> None:
        """Fetch a page. ValueError where it does not answer as it should."""
        response = self.client.get(self.pages[page], base_url=f"http://{self.host}")
        if response.status_code != 200:
            raise ValueError(f"{self.pages[page]} answered {response.status}")


def report(sizes: tuple[int, ...] = SIZES) -> str:
    """Each page with each number of cases, against the smallest."""
    found = measure(sizes)
    lines = [f"Times the page with {sizes[0]} cases, measured in turns; statements in brackets."]
    for page in dict.fromkeys(each.page for each in found):
        here = [each for each in found if each.page == page]
        ratios = "  ".join(f"{each.cases}: {each.seconds / here[0].seconds:.2f} x [{each.statements}]" for each in here)
        lines.append(f"{page:24} {ratios}  ({here[0].seconds * 1000:.0f} ms)")
    return "\n".join(lines)


def measure(sizes: tuple[int, ...], rounds: int = ROUNDS) -> list[Held]:
    """Fetch every page of an authority of each size, in turns, so that a slow moment hits all of them."""
    with set_up() as stage, mock.patch("models.database.HOSTS_KNOWN_FOR", 3600):
        offices = [_office(stage, size) for size in sizes]
        _vacuum(stage)
        found: list[Held] = []
        for page in offices[0].pages:
            works: dict[str, Work] = {str(office.cases): partial(office.fetch, page) for office in offices}
            took = alternate(works, time.perf_counter, rounds=rounds, times=1)
            for office in offices:
                with _statements(stage) as sent:
                    office.fetch(page)
                found.append(Held(page, office.cases, took[str(office.cases)], len(sent)))
        return found


def _office(stage: Stage, size: int) -> Office:
    host, now, token = f"cases-{size}.localhost", clock.now(), web_sessions.new_token()
    authority_id = found_authority(stage.settings, f"cases-{size}", "Bench Council", (host,), {})
    with stage.app.database.transaction(authority_id) as session:
        account = signing_in.open_account(session, "A manager", "manager@example.invalid", "staff", now=now)
        session.flush()
        session.add(Post(person_id=account.person_id, role="manager", from_on=clock.london_day(now)))
        web_sessions.save(session, token, {"kind": "staff"}, account.id, now)
        workers = [account.person_id, *_workers(session, size // CASES_EACH)]
        nothing = current_keyring.get().seal(b"[]", "deadline.exceptions")
        given = {"last": size - 1, "nothing": nothing, "workers": workers}
        session.execute(text("set local statement_timeout = 0"))
        for sql in STEPS:
            session.execute(text(sql), {name: value for name, value in given.items() if f":{name}" in sql})
        case_id = session.scalars(text("select case_id from process where stage = 'assessing' order by id")).first()
    client = stage.app.test_client()
    client.set_cookie("session", token, domain=host)
    return Office(size, authority_id, host, client, {"the case page": f"/council/cases/{case_id}", **PAGES})


def _workers(session: OwnedSession, count: int) -> list[uuid.UUID]:
    made = [Person(id=uuid.uuid4(), name=f"Worker {n:04}") for n in range(count)]
    session.add_all(made)
    session.flush()
    return [each.id for each in made]


def _vacuum(stage: Stage) -> None:
    owner = create_engine(stage.settings.migration_database_url or "", poolclass=NullPool, isolation_level="AUTOCOMMIT")
    with owner.connect() as connection:
        connection.execute(text("vacuum analyze"))


@contextmanager
def _statements(stage: Stage) -> Iterator[list[str]]:
    sent: list[str] = []

    def note(conn: object, cursor: object, statement: str, *rest: object) -> None:
        sent.append(statement)

    event.listen(stage.app.database.engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        event.remove(stage.app.database.engine, "before_cursor_execute", note)


_N = "generate_series(0, cast(:last as int)) as n"
_ID = "md5('{} ' || n)::uuid"
_DUE = "current_date - 30 + (n * 7919) % 365"
_KIND = "case when n % 100 < 88 then 'review' else 'assessment' end"
_STAGE = (
    "case when n % 100 < 85 then 'waiting' when n % 100 < 88 then 'held' when n % 100 < 92 then 'requested'"
    " when n % 100 < 97 then 'assessing' else 'drafted' end"
)


def _deadline(rule: str, which: str, due: str, key: str, days: int) -> str:
    trigger = f"jsonb_build_object('{key}', ({due} - {days})::date::text)"
    return f"""insert into deadline (id, case_id, process_id, subject_id, rule, trigger_key, trigger, due_on, act_by,
        exceptions, known_since)
      select gen_random_uuid(), {_ID.format("case")}, {_ID.format("process")}, {_ID.format("process")}, '{rule}',
        '{key}', {trigger}, {due}, {due}, :nothing, current_date - 400 from {_N} where {which}"""


STEPS = (
    f"insert into person (id, name) select {_ID.format('person')}, 'Child ' || n from {_N}",
    f"""insert into child (id, person_id, first, last, known_as, born_on)
      select {_ID.format("child")}, {_ID.format("person")}, 'First' || n, 'Last' || n, 'First' || n,
        current_date - 1500 - (n * 31) % 5000 from {_N}""",
    f"""insert into "case" (id, child_id, caseworker_id, opened_on)
      select {_ID.format("case")}, {_ID.format("child")},
        (cast(:workers as uuid[]))[1 + n / {CASES_EACH}], current_date - 400 from {_N}""",
    f"""insert into process (id, case_id, kind, stage, started_on)
      select {_ID.format("process")}, {_ID.format("case")}, {_KIND}, {_STAGE}, current_date - 300 from {_N}""",
    f"""insert into plan (id, case_id, made_on) select {_ID.format("plan")}, {_ID.format("case")},
        current_date - 700 from {_N} where n % 100 < 88""",
    _deadline("review.annual", "n % 100 < 88", _DUE, "last_review_completed", 365),
    _deadline("review.decide", "n % 100 between 85 and 87", "current_date - 3 + n % 28", "review_meeting", 28),
    _deadline("assess.decide", "n % 100 between 88 and 91", "current_date - 3 + n % 42", "request_received", 42),
    _deadline("plan.issue_draft", "n % 100 between 92 and 96", "current_date - 3 + n % 70", "request_received", 98),
    _deadline(
        "advice.respond",
        "n % 100 between 92 and 96",
        "current_date - 10 + n % 42",
        "advice_request_received_by_body",
        42,
    ),
    _deadline("plan.finalise", "n % 100 > 96", "current_date - 3 + n % 42", "request_received", 140),
)
