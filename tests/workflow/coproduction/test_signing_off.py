"""Signing a form as it stands: who, what it covers, that it is kept, and that it never stops anything."""

import uuid
from typing import Any

import pytest
from sqlalchemy import event, select, text
from sqlalchemy.exc import DBAPIError

from models.cases import Event
from models.remarks import SignOff
from models.submissions import Contribution, Snapshot
from tests.conftest import NOW
from tests.workflow.coproduction.room import NEEDS, VIEWS, Room
from workflow.coproduction import reading, sending, signing_off
from workflow.errors import AlreadyDone, NotPermitted, Refused
from workflow.queries import remarks as known
from workflow.queries.writing import desk_of


def sign(room: Room, name: str, verdict: str = "agree", reason: str = "", **more: Any) -> SignOff:
    theirs = room.theirs(name)
    given = {
        "seen": signing_off.content_hash(reading.read(room.session, room.root, theirs)),
        "token": uuid.uuid4(),
        "now": room.later(),
        **more,
    }
    return signing_off.sign(room.session, room.root, theirs, room.actor(name), verdict, reason, **given)


def signed(room: Room, name: str) -> list[known.Signed]:
    return known.signatures(room.session, desk_of(room.session, room.actor(name), room.root, room.theirs(name), NOW))


@pytest.mark.parametrize("name", ["parent", "senco", "head"])
def test_family_senco_and_head_sign(room: Room, name: str) -> None:
    room.write("senco", NEEDS, "Noise is hard.")
    sign(room, name)
    assert [(each.by, each.verdict, each.earlier) for each in signed(room, name)] == [("You", "agree", False)]


@pytest.mark.parametrize("role", ["helper", "ep", "teacher"])
def test_others_who_take_part_do_not_sign(room: Room, role: str) -> None:
    room.join("friend", "family")
    room.let_in("friend", role)
    with pytest.raises(NotPermitted):
        sign(room, "friend")


@pytest.mark.parametrize("name", ["stranger", "elsewhere", "officer"])
def test_nobody_outside_signs(room: Room, name: str) -> None:
    with pytest.raises(NotPermitted):
        sign(room, name)


def test_a_view_is_its_owners_alone_and_not_signed(room: Room) -> None:
    view = room.view()
    assert not signing_off.may_sign(room.form.model_copy(update={"voice": "view"}), room.theirs("senco", view))
    with pytest.raises(NotPermitted):
        signing_off.sign(
            room.session, view, room.theirs("senco", view), room.actor("senco"), "agree", "",
            seen="", token=uuid.uuid4(), now=NOW,
        )  # fmt: skip


@pytest.mark.parametrize(
    ("verdict", "field"), [("partly", "reason"), ("disagree", "reason"), ("", "verdict"), ("no", "verdict")]
)
def test_a_choice_is_needed_and_a_reason_for_not_agreeing(room: Room, verdict: str, field: str) -> None:
    with pytest.raises(Refused) as refused:
        sign(room, "parent", verdict, "  ")
    assert refused.value.field == field


def test_a_sign_off_of_what_has_changed_since_the_page_was_opened_is_refused(room: Room) -> None:
    before = signing_off.content_hash(reading.read(room.session, room.root, room.theirs("parent")))
    room.write("senco", NEEDS, "Noise is hard.")
    with pytest.raises(AlreadyDone):
        sign(room, "parent", seen=before)


def test_a_change_makes_it_an_earlier_version_and_signing_again_renews_it(room: Room) -> None:
    room.write("senco", NEEDS, "Noise is hard.")
    sign(room, "parent", "disagree", "It is light, not noise.")
    room.write("senco", NEEDS, "Light is hard.", base=1)
    assert [(each.verdict, each.earlier) for each in signed(room, "senco")] == [("disagree", True)]
    sign(room, "parent")
    assert [(each.verdict, each.earlier, each.before) for each in signed(room, "senco")] == [("agree", False, 1)]
    assert len(room.session.scalars(select(SignOff)).all()) == 2


def test_a_change_in_what_the_signer_cannot_read_changes_nothing_for_them(room: Room) -> None:
    sign(room, "parent")
    sign(room, "head")
    room.write("senco", "ch_addr_hide_who", "Elsewhere.")
    found = {each.by: each.earlier for each in signed(room, "senco")}
    assert found == {"Parent Surname": False, "Head Surname": True}


def test_the_same_token_signs_once(room: Room) -> None:
    token = uuid.uuid4()
    assert sign(room, "parent", token=token).id == sign(room, "parent", token=token).id
    with pytest.raises(NotPermitted):
        sign(room, "senco", token=token)


def test_signing_ends_the_signers_own_sitting_and_nobody_elses(room: Room) -> None:
    room.write("senco", NEEDS, "Noise is hard.")
    room.write("parent", VIEWS, "She likes cats.")
    made = sign(room, "parent")
    rows = room.session.execute(select(Contribution.author_id, Contribution.frozen_at)).all()
    frozen = {person: at for person, at in rows}
    assert frozen[room.people["parent"]] == made.signed_at and frozen[room.people["senco"]] is None
    room.session.expire_all()
    room.write("parent", VIEWS, "She loves cats.", base=1)
    states = room.session.scalars(select(Contribution.state).where(Contribution.author_id == room.people["parent"]))
    assert sorted(states) == ["current", "earlier"]


def test_disagreement_never_stops_sending_and_goes_with_it(room: Room) -> None:
    sign(room, "parent", "disagree", "Not like this.")
    sending.freeze(room.session, room.root, room.actor("senco"), now=NOW)
    room.session.flush()
    content = room.session.scalars(select(Snapshot.content)).one()
    assert [(each["verdict"], each["reason"]) for each in content["sign_offs"]] == [("disagree", "Not like this.")]


@pytest.mark.parametrize("name", ["parent", "head"])
def test_a_form_can_be_signed_after_it_was_sent(room: Room, name: str) -> None:
    room.write("senco", NEEDS, "Noise is hard.")
    sending.freeze(room.session, room.root, room.actor("senco"), now=NOW)
    room.session.flush()
    sign(room, name)
    assert [each.earlier for each in signed(room, name)] == [False]


def test_sending_does_not_make_a_sign_off_an_earlier_one(room: Room) -> None:
    room.write("senco", NEEDS, "Noise is hard.")
    sign(room, "parent")
    sending.freeze(room.session, room.root, room.actor("senco"), now=NOW)
    room.session.flush()
    assert [each.earlier for each in signed(room, "senco")] == [False]


def test_one_parent_is_not_shown_that_the_other_signed(room: Room) -> None:
    sign(room, "other", "disagree", "I was not asked.")
    sign(room, "head")
    assert [each.by for each in signed(room, "parent")] == ["Head Surname"]
    assert [each.by for each in signed(room, "senco")] == ["Other Surname", "Head Surname"]


def test_whoever_was_asked_for_some_parts_is_shown_sign_offs_of_these_alone(room: Room) -> None:
    room.join("adviser", "professional")
    room.let_in("adviser", "ep", rights=["read", "comment"], sections=["needs"])
    for name, sections in (("near", ["needs"]), ("far", ["views"]), ("wide", ["needs", "views"])):
        room.join(name, "family")
        room.let_in(name, "parent", sections=sections)
        sign(room, name, "disagree", f"Reason of {name}.")
    sign(room, "senco")
    assert [each.by for each in signed(room, "adviser")] == ["Near Surname"]
    assert len(signed(room, "head")) == 4
    assert [each.by for each in signed(room, "far")] == ["You"]


def test_signing_is_on_record_with_its_hash_and_without_its_reason(room: Room) -> None:
    made = sign(room, "parent", "partly", "Too short.")
    found = room.session.scalars(select(Event)).one()
    assert (found.act, found.case_id) == ("sign_off", None)
    assert found.facts == {"sign_off": str(made.id), "verdict": "partly", "content": made.content_hash}


def test_a_sign_off_cannot_be_changed_or_taken_away(room: Room) -> None:
    sign(room, "parent")
    room.session.flush()
    for statement in ("update sign_off set verdict = 'agree'", "delete from sign_off"):
        with pytest.raises(DBAPIError, match="permission denied"), room.session.begin_nested():
            room.session.execute(text(statement))


def test_the_number_of_queries_does_not_grow_with_those_who_sign(room: Room) -> None:
    room.write("senco", NEEDS, "Noise is hard.")
    asked: list[str] = []

    def note(*given: Any) -> None:
        asked.append(given[2])

    sign(room, "parent")
    desk = desk_of(room.session, room.actor("senco"), room.root, room.theirs("senco"), NOW)
    engine = room.session.get_bind()
    event.listen(engine, "before_cursor_execute", note)
    known.signatures(room.session, desk)
    few = len(asked)
    event.remove(engine, "before_cursor_execute", note)
    for name in ("head", "senco", "parent", "head"):
        sign(room, name)
    asked.clear()
    event.listen(engine, "before_cursor_execute", note)
    assert len(known.signatures(room.session, desk)) == 3
    event.remove(engine, "before_cursor_execute", note)
    assert few == len(asked) == 2
