"""Finding one form and listing many are one scope: what may be found is what is listed, and nothing else."""

import itertools
import uuid
from datetime import date, timedelta

import pytest

from models.access import Grant
from models.cases import Case
from models.database import OwnedSession
from models.people import Child, Person, Setting
from models.submissions import Submission
from tests.conftest import NOW
from workflow.access.actor import Actor
from workflow.access.policy import find_submission, hold_submission
from workflow.access.relation import READ, relation
from workflow.access.scope import submissions_for
from workflow.coproduction.submissions import begin
from workflow.errors import NotFound

GRANTS = ("none", "form", "root", "case", "ended", "not_yet")
KINDS = ("family", "professional", "staff")
Forms = list[Submission]


@pytest.fixture
def person(session: OwnedSession) -> uuid.UUID:
    made = Person(id=uuid.uuid4(), name="Pat")
    session.add(made)
    session.flush()
    return made.id


@pytest.fixture
def setting(session: OwnedSession) -> uuid.UUID:
    made = Setting(id=uuid.uuid4(), name="Bramble Hill", kind="school")
    session.add(made)
    session.flush()
    return made.id


@pytest.fixture
def forms(session: OwnedSession, person: uuid.UUID, setting: uuid.UUID) -> Forms:
    """A form of every kind, state and owner, beside a school's request or not, in a case or not."""
    other = Person(id=uuid.uuid4(), name="Other")
    session.add(other)
    session.flush()
    born = Child(id=uuid.uuid4(), person_id=other.id, first="A", last="B", known_as="A", born_on=date(2018, 1, 1))
    session.add(born)
    session.flush()
    case = Case(id=uuid.uuid4(), child_id=born.id, opened_on=date(2026, 1, 1))
    session.add(case)
    session.flush()
    senco = Actor("professional", other.id, roles=frozenset({"senco"}), settings=frozenset({setting}))
    root = begin(session, senco, "ehcna-req-setting", create_token=uuid.uuid4(), now=NOW, setting_id=setting)
    made = [root]
    for form_id, state, owner, beside, cased in itertools.product(
        ("views-parent", "ar-meeting"), ("draft", "shared", "sent"), (person, other.id), (root, None), (case.id, None)
    ):
        form = begin(
            session, senco, form_id, create_token=uuid.uuid4(), now=NOW, setting_id=setting, root=beside,
            case_id=cased, owner_id=owner,
        )  # fmt: skip
        form.state = state
        form.setting_id = form.setting_id if beside else None
        made.append(form)
    session.flush()
    return made


def give(session: OwnedSession, kind: str, form: Submission, person: uuid.UUID, role: str) -> None:
    """One grant about a form, its root or its case; or one that does not hold now."""
    about = {
        "form": {"submission_id": form.id},
        "root": {"submission_id": form.root_id},
        "case": {"case_id": form.case_id},
        "ended": {"submission_id": form.id, "until_at": NOW},
        "not_yet": {"submission_id": form.id, "from_at": NOW + timedelta(hours=1)},
    }.get(kind)
    if about and about.get("submission_id", about.get("case_id")):
        session.add(
            Grant(
                person_id=person, role=role, rights=["read", "write"], granted_by=person, reason="test",
                **{"from_at": NOW - timedelta(days=1), **about},
            )
        )  # fmt: skip
        session.flush()


@pytest.mark.parametrize("kind, post", [*itertools.product(KINDS, [False, True])])
@pytest.mark.parametrize("granted", GRANTS)
@pytest.mark.parametrize("role", ["parent", "senco"])
def test_what_may_be_found_is_what_is_listed(
    session: OwnedSession,
    forms: Forms,
    person: uuid.UUID,
    setting: uuid.UUID,
    kind: str,
    post: bool,
    granted: str,
    role: str,
) -> None:
    works = {"professional": "senco", "staff": "caseworker"}.get(kind) if post else None
    here = frozenset({setting}) if works == "senco" else frozenset()
    actor = Actor(kind, person, roles=frozenset({works} if works else ()), settings=here)
    for form in forms[1::5]:
        give(session, granted, form, person, role)
    listed = {
        each.id for each in session.scalars(submissions_for(actor, NOW).where(Submission.id.in_([f.id for f in forms])))
    }
    found = set()
    for form in forms:
        try:
            it, theirs = find_submission(session, actor, form.id, READ, NOW)
        except NotFound:
            continue
        assert theirs == relation(session, actor, it, NOW) == hold_submission(session, actor, it.id, READ, NOW)[1]
        found.add(form.id)
    assert found == listed


def test_a_form_that_is_held_is_found_with_the_same_rights(
    session: OwnedSession, forms: Forms, person: uuid.UUID
) -> None:
    actor = Actor("family", person)
    for mine in (form for form in forms if form.owner_id == person):
        row, theirs = hold_submission(session, actor, mine.id, READ, NOW)
        assert theirs == find_submission(session, actor, mine.id, READ, NOW)[1]
        assert row._asdict() == {name: getattr(mine, name) for name in row._fields}


def test_a_form_that_may_not_be_known_of_is_not_held_either(
    session: OwnedSession, forms: Forms, person: uuid.UUID
) -> None:
    stranger = Actor("family", person)
    theirs = next(form for form in forms if form.owner_id != person)
    with pytest.raises(NotFound):
        hold_submission(session, stranger, theirs.id, READ, NOW)
