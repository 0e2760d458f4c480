"""Cases to test with, made by the verbs that people use."""

import uuid
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from forms.catalogue import get
from forms.paths import path
from models.access import Account, Grant, Post
from models.cases import Case, Process
from models.database import OwnedSession
from models.people import Contact, Person, Setting
from models.submissions import Submission
from workflow.access.actor import Actor, actor_for
from workflow.access.relation import relation
from workflow.cases import plans_import, requests, reviews
from workflow.clock import london_day
from workflow.coproduction import answers, rows, submissions
from workflow.coproduction.contributions import Change, Writer

REASONS = "Robin finds reading very hard. The school's help has not been enough."
INSTEAD = "The school will keep up the reading help, and we will look again in the summer."


@dataclass
class World:
    """One authority's people, in one transaction."""

    session: OwnedSession
    now: datetime
    setting: Setting | None = None
    made: dict[str, Actor] = field(default_factory=dict)

    @property
    def today(self) -> date:
        """The day in London."""
        return london_day(self.now)

    def ago(self, days: int) -> datetime:
        """Noon so many days ago: clocks that were changed since leave its day as it is."""
        return datetime.combine(self.today - timedelta(days=days), time(12), UTC)

    def school(self) -> Setting:
        """The one school."""
        if self.setting is None:
            self.setting = Setting(id=uuid.uuid4(), name=f"Bramble Hill {uuid.uuid4().hex[:6]}", kind="school")
            self.session.add(self.setting)
            self.session.flush()
        return self.setting

    def person(self, kind: str, role: str = "", name: str = "") -> Actor:
        """A new person of a kind, with a post where the role is one."""
        person = Person(id=uuid.uuid4(), name=name or f"Test {role or kind}")
        email = f"{uuid.uuid4().hex[:10]}@example.invalid"
        self.session.add(person)
        self.session.flush()
        account = Account(id=uuid.uuid4(), person_id=person.id, kind=kind, email=email)
        contact = Contact(person_id=person.id, kind="email", value=email, verified_at=self.now - timedelta(days=900))
        self.session.add_all([account, contact])
        if role:
            at = self.school().id if kind == "professional" else None
            self.session.add(Post(person_id=person.id, role=role, setting_id=at, from_on=date(2020, 1, 1)))
        self.session.flush()
        found = actor_for(self.session, account.id, self.today)
        assert found is not None
        return found

    def staff(self, role: str) -> Actor:
        """The authority's one person in a role."""
        if role not in self.made:
            self.made[role] = self.person("staff", role)
        return self.made[role]

    def senco(self) -> Actor:
        """The school's SENCO."""
        if "senco" not in self.made:
            self.made["senco"] = self.person("professional", "senco")
        return self.made["senco"]

    def request(
        self,
        *,
        first: str = "Robin",
        last: str = "Example",
        born: str = "2017-05-20",
        by: Actor | None = None,
        on: datetime | None = None,
        more: dict[str, Any] | None = None,
    ) -> tuple[Case, Process]:
        """A parent's request that was sent (by a SENCO where `by` is one)."""
        now = on or self.now
        actor = by or self.person("family")
        parents = actor.kind == "family"
        form = submissions.begin(
            self.session,
            actor,
            "ehcna-req-parent" if parents else "ehcna-req-setting",
            create_token=uuid.uuid4(),
            now=now,
            setting_id=None if parents else self.school().id,
            facts={"role": "parent"} if parents else {},
        )
        self.say(form, actor, {**_needed(parents, first, last, born), **(more or {})}, now)
        self._carer(form, actor, now)
        theirs = relation(self.session, actor, form, now)
        received = requests.send_request(self.session, form, theirs, actor, now=now)
        self.session.flush()
        return (
            self.session.get_one(Case, (self.session.authority_id, received.case_id)),
            self.session.get_one(Process, (self.session.authority_id, received.process_id)),
        )

    def say(self, submission: Submission, actor: Actor, said: dict[str, Any], now: datetime) -> None:
        """Write answers on a form."""
        answers.save(
            self.session,
            submission,
            submissions.form_of(submission),
            relation(self.session, actor, submission, now),
            Writer(actor.person, actor.person),
            {each: Change(value, 0) for each, value in said.items()},
            save_id=uuid.uuid4(),
            now=now,
        )
        self.session.flush()

    def decide(self, process: Process, *, assess: bool, by: Actor | None = None, **more: Any) -> list[uuid.UUID]:
        """The decision whether to assess."""
        decision = requests.Decision(assess=assess, **{"reasons": REASONS, "instead": INSTEAD, **more})
        return requests.decide(
            self.session, process, by or self.staff("decider"), decision, seen=process.version, now=self.now
        )

    def plan(
        self, *, first: str = "Ash", made_on: date, last_review: date | None = None, born: str = "2014-03-05"
    ) -> tuple[Case, Process]:
        """A plan brought in, with its review waiting."""
        line = f"{first},Planned,{born},{self.school().name},{made_on},{last_review or ''},\n"
        plans_import.apply(
            self.session, ",".join(plans_import.COLUMNS) + "\n" + line, self.staff("manager"), now=self.now
        )
        self.session.flush()
        from sqlalchemy import select

        from models.people import Child

        case = self.session.scalars(
            select(Case).join(Child, Child.id == Case.child_id).where(Child.first == first, Child.last == "Planned")
        ).one()
        process = reviews.waiting_review(self.session, case.id)
        assert process is not None
        return case, process

    def reported(self, process: Process, *, meeting: date | None = None) -> None:
        """Hold the meeting of a review and send its report, as acts."""
        from workflow.cases import acts

        held = meeting or self.today - timedelta(days=5)
        actor = self.staff("manager")
        for act, on in (("arrange_meeting", held), ("hold_meeting", held), ("send_report", self.today)):
            acts.perform(self.session, process.id, act, actor, happened_on=on, now=self.now)
        self.session.flush()

    def parent_of(self, case: Case) -> Actor:
        """A parent with an account who may read the case."""
        actor = self.person("family")
        self.session.add(
            Grant(
                person_id=actor.person,
                role="parent",
                case_id=case.id,
                rights=["read"],
                from_at=self.now - timedelta(days=30),
                granted_by=actor.person,
                reason="test",
            )
        )
        self.session.flush()
        return actor

    def _carer(self, form: Submission, actor: Actor, now: datetime) -> None:
        definition, theirs = submissions.form_of(form), relation(self.session, actor, form, now)
        writer = Writer(actor.person, actor.person)
        row = rows.add_row(self.session, form, definition, theirs, writer, "pr[]", now=now)
        said = {"name": "Pat Example", "rel": "Mum", "has": "yes", "how": ["phone"], "phone": "01632 960 123"}
        known = {path(f"pr[].{part}", row): value for part, value in said.items()}
        self.say(form, actor, known, now)


def _needed(parents: bool, first: str, last: str, born: str) -> dict[str, Any]:
    child = {"ch_first": first, "ch_last": last, "ch_dob": born, "de_name": "Test Person"}
    asked = {"pq_ask": ["yes"], "pq_who": "parent", "pq_hard": "Reading.", "de_role": "parent"}
    own: dict[str, Any] = (
        asked
        if parents
        else {
            "de_role": "senco",
            "rq_ask": ["yes"],
            "rq_by": {"name": "The SENCO", "job": "SENCO"},
            "rq_setting_kind": "school",
            "rq_told_parent": "agree",
        }
    )
    form = get("ehcna-req-parent" if parents else "ehcna-req-setting")
    ids = set(form.question_ids())
    return {each: value for each, value in {**child, **own}.items() if each in ids}
