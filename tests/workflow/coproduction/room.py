"""A school's request, or a parent's view beside it, with everybody who may or may not take part in it."""

import uuid
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from forms.definition import Form
from models.access import Account, Grant, Post
from models.database import OwnedSession
from models.people import Contact, Person, Setting
from models.remarks import Remark
from models.submissions import Submission
from tests.conftest import NOW, TODAY
from workflow.access.actor import Actor, actor_for
from workflow.access.relation import Relation, relation
from workflow.coproduction import answers, beginning, kinds, remarks, submissions
from workflow.coproduction.contributions import Change, Writer
from workflow.coproduction.remarks import Place
from workflow.queries import remarks as remarks_of
from workflow.queries.remarks import Said
from workflow.queries.writing import desk_of

NEEDS = "na_ci_hard"
VIEWS = "vw_child_q"


@dataclass
class Room:
    """People by the names the tests call them, and one form."""

    session: OwnedSession
    root: Submission
    setting_id: uuid.UUID
    accounts: dict[str, uuid.UUID] = field(default_factory=dict)
    people: dict[str, uuid.UUID] = field(default_factory=dict)
    said: int = 0

    @property
    def form(self) -> Form:
        return submissions.form_of(self.root)

    def actor(self, name: str) -> Actor:
        found = actor_for(self.session, self.accounts[name], TODAY)
        assert found is not None
        return found

    def theirs(self, name: str, of: Submission | None = None) -> Relation:
        return relation(self.session, self.actor(name), of or self.root, NOW)

    def at(self, name: str, path: str, of: Submission | None = None) -> Place:
        return remarks.place(self.session, of or self.root, self.theirs(name, of), path)

    def write(self, name: str, path: str, value: Any, of: Submission | None = None, base: int = 0) -> int:
        who = self.people[name]
        form = of or self.root
        saved = answers.save(
            self.session, form, submissions.form_of(form), self.theirs(name, form), Writer(who, who),
            {path: Change(value, base)}, save_id=uuid.uuid4(), now=NOW,
        )  # fmt: skip
        self.session.flush()
        return saved.versions[path]

    def say(self, name: str, path: str, kind: str, words: str, of: Submission | None = None, **more: Any) -> Remark:
        given = {"token": uuid.uuid4(), "now": self.later(), **more}
        return remarks.say(self.session, self.at(name, path, of), self.actor(name), kind, words, **given)

    def heard(self, name: str, of: Submission | None = None) -> tuple[Said, ...]:
        """What was said about the answers that somebody may read, as they know it."""
        form = of or self.root
        desk = desk_of(self.session, self.actor(name), form, self.theirs(name, form), NOW)
        return remarks_of.said(self.session, desk)

    def later(self) -> datetime:
        """An instant after every one before: what is said has an order."""
        self.said += 1
        return NOW + timedelta(seconds=self.said)

    def ask(self, name: str, whom: str, path: str, of: Submission | None = None) -> Remark:
        return self.say(name, path, "question", "Is that right?", of, asked_of=self.people[whom])

    def join(self, name: str, kind: str, role: str = "", setting_id: uuid.UUID | None = None) -> None:
        """Somebody with an account, and a post."""
        person = Person(id=uuid.uuid4(), name=f"{name.title()} Surname")
        email = f"{name}@people.example"
        account = Account(id=uuid.uuid4(), person_id=person.id, kind=kind, email=email)
        self.session.add(person)
        self.session.flush()
        self.session.add_all([account, Contact(person_id=person.id, kind="email", value=email, verified_at=NOW)])
        if role:
            self.session.add(Post(person_id=person.id, role=role, setting_id=setting_id, from_on=date(2020, 1, 1)))
        self.session.flush()
        self.accounts[name], self.people[name] = account.id, person.id

    def let_in(self, name: str, role: str, of: Submission | None = None, **more: Any) -> Grant:
        given = {"rights": ["read", "write"], "from_at": NOW, "granted_by": self.people["senco"], "reason": "x", **more}
        grant = Grant(person_id=self.people[name], role=role, submission_id=(of or self.root).id, **given)
        self.session.add(grant)
        self.session.flush()
        return grant

    def view(self, name: str = "parent", *, shared: bool = True) -> Submission:
        """A parent's own view beside the form, with something in it."""
        theirs = self.theirs(name)
        own = beginning.begin_own(self.session, self.actor(name), theirs, self.root, kinds.PARENTS_VIEWS, now=NOW)
        self.write(name, "vp_great", "She sings.", own)
        if shared:
            submissions.share(self.session, own, now=NOW)
        self.session.flush()
        return own


def furnish(session: OwnedSession) -> Room:
    """The school's SENCO and head, two parents who were let in, a parent and a SENCO who were not, a caseworker."""
    here, there = (Setting(id=uuid.uuid4(), name=f"School {uuid.uuid4().hex[:6]}", kind="school") for _ in range(2))
    session.add_all([here, there])
    session.flush()
    room = Room(session, Submission(), here.id)
    room.join("senco", "professional", "senco", here.id)
    room.join("head", "professional", "head", here.id)
    room.join("elsewhere", "professional", "senco", there.id)
    room.join("officer", "staff", "caseworker")
    for name in ("parent", "other", "stranger"):
        room.join(name, "family")
    room.root = submissions.begin(
        session, room.actor("senco"), "ehcna-req-setting", create_token=uuid.uuid4(), now=NOW, setting_id=here.id
    )
    session.flush()
    room.let_in("parent", "parent")
    room.let_in("other", "parent")
    return room
