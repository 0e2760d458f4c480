"""What other forms about a child tell a form's conditions: a place with beds, and the place that was asked for."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pytest

from models.cases import Case
from models.database import OwnedSession
from models.people import Child, Person
from models.submissions import Answer, Contribution, Submission
from tests.web.conftest import Somebody
from tests.web.writing.conftest import Desk
from web.application import Coproduce
from workflow import clock
from workflow.coproduction import submissions

BEDS, LAW = "Residential place", "If not the place asked for, which legal ground and what facts?"


@dataclass
class Known:
    """A child of fourteen with a case, at a school."""

    app: Coproduce
    authority_id: uuid.UUID
    child_id: uuid.UUID
    case_id: uuid.UUID
    school: uuid.UUID

    def sent(self, form_id: str, who: Somebody, answers: dict[str, Any], *, days_ago: int = 3) -> None:
        """A form that somebody sent about the child."""
        at = clock.now() - timedelta(days=days_ago)
        with self.app.database.transaction(self.authority_id) as session:
            self._put(session, form_id, who, answers, at)

    def _put(self, session: OwnedSession, form_id: str, who: Somebody, answers: dict[str, Any], at: Any) -> None:
        form = Submission(
            id=uuid.uuid4(), form_id=form_id, form_version=1, child_id=self.child_id, case_id=self.case_id,
            owner_id=who.person_id, facts={}, state="sent", created_at=at, changed_at=at, sent_at=at,
            create_token=uuid.uuid4(),
        )  # fmt: skip
        session.add(form)
        session.flush()
        for path, value in answers.items():
            answer = Answer(
                id=uuid.uuid4(), submission_id=form.id, path=path, audience=["authority", "family", "owner", "setting"],
                withheld=[], version=1,
            )  # fmt: skip
            session.add(answer)
            session.flush()
            text = Contribution(
                answer_id=answer.id, author_id=who.person_id, entered_by=who.person_id, mode="own", value=value,
                version=1, based_on=0, state="current", started_at=at, saved_at=at,
            )  # fmt: skip
            session.add(text)


@pytest.fixture
def known(app: Coproduce, authority_id: uuid.UUID, school: uuid.UUID) -> Known:
    born = date(clock.london_day(clock.now()).year - 15, 12, 1)
    with app.database.transaction(authority_id) as session:
        person = Person(id=uuid.uuid4(), name="Robin Example")
        child = Child(
            id=uuid.uuid4(), person_id=person.id, first="Robin", last="Example", known_as="Robin", born_on=born,
            setting_id=school,
        )  # fmt: skip
        case = Case(id=uuid.uuid4(), child_id=child.id, opened_on=clock.london_day(clock.now()))
        for row in (person, child, case):
            session.add(row)
            session.flush()
        return Known(app, authority_id, child.id, case.id, school)


@pytest.fixture
def report(known: Known, somebody: Callable[..., Somebody], acting: Any, desk: Any) -> Desk:
    """The report on a review, begun by the school."""
    senco = somebody("professional", "senco", known.school)
    with known.app.database.transaction(known.authority_id) as session:
        begun = submissions.begin(
            session, acting(senco), "ar-14-25", create_token=uuid.uuid4(), now=clock.now(), setting_id=known.school,
            child_id=known.child_id, case_id=known.case_id,
        )  # fmt: skip
        at: Desk = desk(senco, begun.id)
        return at


@pytest.fixture
def decision(known: Known, somebody: Callable[..., Somebody], acting: Any, desk: Any) -> Desk:
    """The council's record of a decision about a place."""
    officer = somebody("staff", "caseworker")
    with known.app.database.transaction(known.authority_id) as session:
        begun = submissions.begin(
            session, acting(officer), "la-decision", create_token=uuid.uuid4(), now=clock.now(), case_id=known.case_id,
            child_id=known.child_id,
        )  # fmt: skip
        at: Desk = desk(officer, begun.id)
    at.write("which", ld_kind="final")
    return at


def everything(at: Desk) -> str:
    return str(at.client.get(f"/forms/{at.form_id}/check?all=1").text)


@pytest.mark.parametrize("said, asked", [("52", True), ("38-to-51", True), ("no", False), (None, False)])
def test_a_place_with_beds_on_the_last_report_is_asked_about_again(
    known: Known, report: Desk, somebody: Any, said: str | None, asked: bool
) -> None:
    if said:
        known.sent("ar-14-25", somebody("professional", "senco", known.school), {"pa_res": said})
    assert (BEDS in everything(report)) == asked


def test_the_newest_report_says_whether_there_are_beds(known: Known, report: Desk, somebody: Any) -> None:
    senco = somebody("professional", "senco", known.school)
    known.sent("ar-14-25", senco, {"pa_res": "52"}, days_ago=400)
    known.sent("ar-14-25", senco, {"pa_res": "no"}, days_ago=30)
    assert BEDS not in everything(report)


@pytest.mark.parametrize(
    "wish, named, asked",
    [
        ({"vp_place": "no", "vp_place_want": "Oak Tree School, near us"}, "Bramble Hill Primary", True),
        ({"vp_place": "no", "vp_place_want": "We want OAK TREE  school."}, "Oak Tree School", False),
        ({"vp_place": "yes"}, "Bramble Hill Primary", False),
        ({"vp_place": "yes"}, "Oak Tree School", True),
        ({"vp_place": "not-sure"}, "Oak Tree School", False),
        ({}, "Oak Tree School", False),
    ],
)
def test_the_legal_ground_is_asked_for_where_another_place_was_asked_for(
    known: Known, decision: Desk, somebody: Any, wish: dict[str, Any], named: str, asked: bool
) -> None:
    known.sent("views-parent", somebody("family"), wish)
    assert LAW not in everything(decision), "no place is named yet"
    decision.write("place-or-end", ld_place=named)
    assert (LAW in everything(decision)) == asked


def test_of_two_parents_each_is_heard_and_each_by_their_last_word(known: Known, decision: Desk, somebody: Any) -> None:
    mum, dad = somebody("family"), somebody("family")
    known.sent("views-parent", mum, {"vp_place": "no", "vp_place_want": "Another School"}, days_ago=50)
    known.sent("views-parent", mum, {"vp_place": "no", "vp_place_want": "Oak Tree School"}, days_ago=5)
    decision.write("place-or-end", ld_place="Oak Tree School")
    assert LAW not in everything(decision)
    known.sent("views-parent", dad, {"vp_place": "yes"})
    assert LAW in everything(decision)
