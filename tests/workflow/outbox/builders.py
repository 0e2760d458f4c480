"""Small builders: one line of intent at the call."""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

from models.access import Account, Grant, Post
from models.cases import Case, Deadline, Process
from models.database import OwnedSession
from models.people import Child, Contact, Person, Setting
from workflow import outbox
from workflow.outbox.post import Answer, Envelope, Memory, Said, ServerAway

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
TODAY = date(2026, 11, 23)


def person(session: OwnedSession, *, email: str | None = "someone@example.org", kind: str = "family") -> uuid.UUID:
    """A person with an open account and, unless `email` is None, a verified address."""
    found = Person(id=uuid.uuid4(), name="Invented Person")
    session.add(found)
    session.flush()
    account = f"{found.id}@example.org"
    session.add(Account(person_id=found.id, kind=kind, email=account, closed_at=None))
    if email:
        verified = NOON - timedelta(days=100)
        session.add(Contact(person_id=found.id, kind="email", value=email, verified_at=verified, dead_at=None))
    session.flush()
    return found.id


def officer(session: OwnedSession, role: str = "caseworker", **kwargs: str) -> uuid.UUID:
    """Somebody who works at the council."""
    person_id = person(session, kind="staff", **kwargs)
    session.add(Post(person_id=person_id, role=role, setting_id=None, from_on=date(2020, 1, 1), until_on=None))
    session.flush()
    return person_id


def senco(session: OwnedSession, setting_id: uuid.UUID) -> uuid.UUID:
    """A SENCO of a setting."""
    person_id = person(session, kind="professional")
    session.add(Post(person_id=person_id, role="senco", setting_id=setting_id, from_on=date(2020, 1, 1), until_on=None))
    session.flush()
    return person_id


def setting(session: OwnedSession) -> uuid.UUID:
    """A school."""
    found = Setting(id=uuid.uuid4(), name=f"School {uuid.uuid4()}", kind="school", urn=None)
    session.add(found)
    session.flush()
    return found.id


def case(session: OwnedSession, *, caseworker_id: uuid.UUID | None = None, setting_id: uuid.UUID | None = None) -> Case:
    """An open case of an invented child."""
    of = Person(id=uuid.uuid4(), name="Invented Child")
    child = Child(
        id=uuid.uuid4(),
        person_id=of.id,
        first="I",
        last="C",
        known_as="I",
        born_on=date(2016, 1, 1),
        setting_id=setting_id,
    )
    found = Case(id=uuid.uuid4(), child_id=child.id, caseworker_id=caseworker_id, opened_on=date(2026, 9, 1))
    for row in (of, child, found):
        session.add(row)
        session.flush()
    return found


def parent(session: OwnedSession, of: Case, *, until_at: datetime | None = None) -> uuid.UUID:
    """A parent with a grant on a case."""
    person_id = person(session)
    session.add(
        Grant(
            person_id=person_id,
            role="parent",
            case_id=of.id,
            rights=["read"],
            from_at=NOON - timedelta(days=400),
            until_at=until_at,
            granted_by=person_id,
            reason="test",
        )
    )
    session.flush()
    return person_id


def deadline(
    session: OwnedSession,
    of: Case,
    *,
    due_on: date,
    rule: str = "assess.decide",
    known_since: date = date(2026, 1, 1),
    remind_on: date | None = None,
) -> Deadline:
    """An open deadline of a case."""
    process = Process(id=uuid.uuid4(), case_id=of.id, kind="assessment", stage="requested", started_on=TODAY)
    session.add(process)
    session.flush()
    found = Deadline(
        id=uuid.uuid4(),
        case_id=of.id,
        process_id=process.id,
        subject_id=process.id,
        rule=rule,
        trigger_key="request_received",
        trigger={},
        due_on=due_on,
        exceptions=[],
        known_since=known_since,
        remind_on=remind_on,
    )
    session.add(found)
    session.flush()
    return found


def message(session: OwnedSession, *, now: datetime = NOON, importance: str = "reminder", **given: object) -> uuid.UUID:
    """A planned message to a typed address."""
    values = {
        "dedupe_key": f"test:{uuid.uuid4()}",
        "template": "reminder",
        "words": {"kind": "Something is due"},
        "link_to": "case:none",
        "about_on": TODAY,
    }
    if "person_id" not in given:
        values["address"] = "typed@example.org"
    planned = outbox.add(session, importance=importance, now=now, **{**values, **given})  # type: ignore[arg-type]
    assert planned is not None
    return planned


@dataclass
class FakeMailer:
    """Carries mail to a list, and answers as it is told."""

    answers: list[Said] = field(default_factory=list)
    sent: list[Envelope] = field(default_factory=list)
    away: bool = False
    opened: int = 0
    memory: Memory | None = None

    @contextmanager
    def open(self) -> Iterator["FakeMailer"]:
        """A connection, unless the server is away."""
        self.opened += 1
        if self.away:
            raise ServerAway(Answer(Said.AWAY, "refused"))
        yield self

    def send(self, envelope: Envelope) -> Answer:
        """Take one mail."""
        said = self.answers.pop(0) if self.answers else Said.ACCEPTED
        if said in (Said.ACCEPTED, Said.UNKNOWN):
            self.sent.append(envelope)
        return Answer(said, f"{said.value} words")
