"""Whom somebody may ask to a form, and whose part they may end: held apart from any page."""

import uuid
from datetime import timedelta

import pytest

from models.access import Grant
from models.people import Person
from models.submissions import Submission
from tests.conftest import NOW
from tests.workflow.coproduction.conftest import EVERYTHING, OWNER, PARENT, SCHOOL, Table
from workflow.access.actor import Actor
from workflow.access.relation import Relation, relation
from workflow.access.scope import submissions_for
from workflow.coproduction import contributors, invitations
from workflow.coproduction.contributors import Asked
from workflow.coproduction.languages import LANGUAGES, RIGHT_TO_LEFT, direction
from workflow.errors import NotFound, Refused

YP = Relation("yp", frozenset({"owner", "family"}), EVERYTHING)
SETTINGS = Submission(setting_id=uuid.uuid4(), state="draft", form_id="ehcna-req-setting")
SENT = Submission(setting_id=uuid.uuid4(), state="sent", form_id="ehcna-req-setting")
OWN = Submission(setting_id=None, state="draft", form_id="ehcna-req-parent")


@pytest.mark.parametrize(
    "form, theirs, role, may",
    [
        (SETTINGS, SCHOOL, "parent", True),
        (SETTINGS, SCHOOL, "teacher", True),
        (SETTINGS, PARENT, "parent", False),
        (SETTINGS, PARENT, "teacher", False),
        (SENT, SCHOOL, "parent", False),
        (SENT, SCHOOL, "ep", True),
        (OWN, OWNER, "helper", True),
        (OWN, OWNER, "parent", False),
        (OWN, OWNER, "yp", False),
        (OWN, YP, "parent", True),
        (OWN, YP, "helper", True),
    ],
)
def test_nobody_ends_the_part_of_a_parent_but_a_school_before_sending_and_a_young_person(
    form: Submission, theirs: Relation, role: str, may: bool
) -> None:
    assert contributors.may_stop(form, theirs, role) is may


def test_whom_one_may_not_ask_is_not_there_to_be_asked(table: Table) -> None:
    actor = Actor("family", table.anna)
    assert contributors.askable(table.session, actor, table.submission, PARENT, NOW) == []
    with pytest.raises(NotFound):
        contributors.plan(table.session, actor, table.submission, SCHOOL, "helper", Asked(), NOW)


def test_a_professional_is_let_in_for_six_weeks_unless_a_day_is_chosen_and_half_a_year_at_most(table: Table) -> None:
    actor = Actor("professional", table.anna)

    def until(day: timedelta | None) -> timedelta:
        asked = Asked(("request",), until_at=NOW + day if day else None, being="ep")
        given = (table.session, actor, table.submission, SCHOOL, "professional", asked, NOW)
        _, offer = contributors.plan(*given)
        assert offer.until_at is not None
        return offer.until_at - NOW

    assert until(None) == timedelta(weeks=6)
    assert until(timedelta(days=3)) == timedelta(days=3)
    assert until(timedelta(days=900)) == timedelta(days=180)


def test_whoever_asks_cannot_accept_their_own_invitation(table: Table) -> None:
    asker, other = Actor("professional", table.anna), Person(id=uuid.uuid4(), name="Other")
    table.session.add(other)
    table.session.flush()
    made = invitations.invite_parent(table.session, asker, table.submission, "mum@example.org", now=NOW)
    found = invitations.find(table.session, made.id, "mum@example.org", NOW)
    assert found is not None
    assert not invitations.accept(table.session, found, table.anna, made.words, now=NOW)
    assert invitations.accept(table.session, found, other.id, made.words, now=NOW)
    with pytest.raises(Refused):
        invitations.take_back(table.session, asker, found, now=NOW)


def test_who_was_asked_for_parts_reads_those_alone_and_no_form_beside_it(table: Table) -> None:
    table.session.add(
        Grant(
            person_id=table.ben, role="ep", submission_id=table.submission.id, rights=["read"], sections=["request"],
            from_at=NOW, granted_by=table.anna, reason="asked",
        )
    )  # fmt: skip
    table.session.add(
        Submission(
            form_id="views-parent", form_version=1, root_id=table.submission.id, owner_id=table.anna, facts={},
            state="shared", created_at=NOW, changed_at=NOW, create_token=uuid.uuid4(),
        )
    )  # fmt: skip
    table.save(table.anna, "rq_why_now", "Now.", 0)
    table.save(table.anna, "vw_child_q", "Words.", 0)
    actor = Actor("professional", table.ben)
    theirs = relation(table.session, actor, table.submission, NOW)
    assert set(table.read(theirs).values) == {"rq_why_now"}
    assert list(table.session.scalars(submissions_for(actor, NOW))) == [table.submission]


def test_the_words_of_invitations_are_short_plain_and_many() -> None:
    assert len(set(invitations.WORDS)) == len(invitations.WORDS) >= 80
    assert all(word.isascii() and word.islower() and 4 <= len(word) <= 9 for word in invitations.WORDS)


def test_languages_written_from_the_right_run_from_the_right() -> None:
    assert set(LANGUAGES) >= RIGHT_TO_LEFT
    assert (direction("ur"), direction("pl")) == ("rtl", "auto")
