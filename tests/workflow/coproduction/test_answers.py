"""Nobody's words are lost: sittings, versions, repeats, and what is refused."""

import uuid
from datetime import timedelta

import pytest

from forms import catalogue
from tests.conftest import NOW
from tests.workflow.coproduction.conftest import CHILD, OWNER, PARENT, SCHOOL, Table
from workflow.access.actor import Actor
from workflow.access.relation import Relation
from workflow.coproduction import answers, reading, sending, voices
from workflow.errors import NotPermitted, Refused

WHY = "rq_why_now"


def test_one_sitting_is_one_contribution(table: Table) -> None:
    first = table.save(table.anna, WHY, "It", 0)
    table.save(table.anna, WHY, "It is", first.versions[WHY])
    assert table.texts(WHY) == {"current": ["It is"]}
    assert len(reading.history(table.session, table.submission, SCHOOL, WHY)) == 1


def test_half_an_hour_later_a_new_contribution_begins(table: Table) -> None:
    first = table.save(table.anna, WHY, "It", 0)
    table.save(table.anna, WHY, "It is", first.versions[WHY], now=NOW + timedelta(minutes=31))
    assert [text.value for text in reading.history(table.session, table.submission, SCHOOL, WHY)] == ["It is", "It"]


@pytest.mark.parametrize("how", [{"mode": "scribed"}, {"language": "ur"}])
def test_another_mode_or_language_is_another_contribution(table: Table, how: dict[str, str]) -> None:
    first = table.save(table.anna, WHY, "It", 0)
    table.save(table.anna, WHY, "It is", first.versions[WHY], **how)
    assert len(reading.history(table.session, table.submission, SCHOOL, WHY)) == 2


def test_building_on_what_one_has_read_is_no_clash(table: Table) -> None:
    first = table.save(table.anna, WHY, "It", 0)
    second = table.save(table.ben, WHY, "It is urgent", first.versions[WHY])
    assert second.clashes == [] and table.texts(WHY) == {"current": ["It is urgent"]}


def test_writing_from_an_old_version_keeps_both(table: Table) -> None:
    first = table.save(table.anna, WHY, "Anna's", 0)
    second = table.save(table.ben, WHY, "Ben's", 0)
    assert first.clashes == [] and second.clashes == [WHY]
    assert table.texts(WHY) == {"current": ["Anna's"], "rival": ["Ben's"]}


def test_each_goes_on_with_their_own_of_two_versions(table: Table) -> None:
    anna = table.save(table.anna, WHY, "Anna's", 0).versions[WHY]
    ben = table.save(table.ben, WHY, "Ben's", 0).versions[WHY]
    table.save(table.anna, WHY, "Anna's more", anna)
    table.save(table.ben, WHY, "Ben's more", ben)
    assert table.texts(WHY) == {"current": ["Anna's more"], "rival": ["Ben's more"]}


def test_the_same_words_from_both_are_no_clash(table: Table) -> None:
    table.save(table.anna, WHY, "Same", 0)
    assert table.save(table.ben, WHY, "Same", 0).clashes == []


def test_words_that_two_people_wrote_stay_when_one_goes_on(table: Table) -> None:
    mine = table.save(table.anna, WHY, "Same", 0).versions[WHY]
    table.save(table.ben, WHY, "Same", 0)
    table.save(table.anna, WHY, "Other", mine)
    assert "Same" in {text.value for text in reading.history(table.session, table.submission, SCHOOL, WHY)}


def test_words_that_were_built_upon_come_back_without_a_clash(table: Table) -> None:
    mine = table.save(table.anna, WHY, "It", 0).versions[WHY]
    table.save(table.ben, WHY, "It is urgent", mine)
    again = table.save(table.anna, WHY, "It", mine)
    assert again.clashes == [] and again.versions[WHY] == mine
    assert table.save(table.anna, WHY, "It, or not", mine).clashes == [WHY]


def test_a_repeated_save_says_the_same_and_changes_nothing(table: Table) -> None:
    save = uuid.uuid4()
    first = table.save(table.anna, WHY, "It", 0, save=save)
    table.save(table.anna, WHY, "It is", first.versions[WHY])
    assert table.save(table.anna, WHY, "It", 0, save=save) == first
    assert table.texts(WHY) == {"current": ["It is"]}


def test_a_sent_form_takes_no_more_but_repeats_are_confirmed(table: Table) -> None:
    save = uuid.uuid4()
    first = table.save(table.anna, WHY, "It", 0, save=save)
    sending.freeze(table.session, table.submission, Actor("professional", table.anna), now=NOW)
    with pytest.raises(Refused):
        table.save(table.anna, WHY, "More", first.versions[WHY])
    assert table.save(table.anna, WHY, "It", 0, save=save) == first


@pytest.mark.parametrize("path", ["nope", "rq_why_now[r1]", "tr_cycle[].aim", "tr_cycle[../x].aim", ""])
def test_an_address_the_form_does_not_have_is_refused(table: Table, path: str) -> None:
    with pytest.raises(Refused):
        table.save(table.anna, path, "x", 0)


def test_fifty_thousand_characters_are_kept_and_one_more_is_refused_whole(table: Table) -> None:
    table.save(table.anna, WHY, "é" * 50_000, 0)
    with pytest.raises(Refused, match="50,001"):
        table.save(table.anna, "rq_urgent", "é" * 50_001, 0)


def test_a_parent_does_not_write_the_settings_parts(table: Table) -> None:
    with pytest.raises(NotPermitted):
        table.save(table.ben, WHY, "x", 0, theirs=PARENT)
    assert table.save(table.ben, "vw_child_q", "x", 0, theirs=PARENT).clashes == []


def test_a_grant_that_names_a_section_lets_its_holder_write_there_and_nowhere_else(childs: Table) -> None:
    helper = Relation("parent", frozenset({"family"}), frozenset({"read", "write", "hand_over"}), frozenset({"helper"}))
    childs.save(childs.ben, "hp_mode", "said", 0, theirs=helper)
    with pytest.raises(NotPermitted):
        childs.save(childs.ben, "ap_good", "x", 0, theirs=helper)


def test_sensitive_answers_go_no_further_than_their_side_and_the_authority(table: Table) -> None:
    for asked in table.form.questions():
        readers = set(voices.audience(table.form, asked.id.replace("[].", "[r1]."), "senco", voices.Chosen()))
        kinds = set(asked.sensitivity)
        if kinds & {"SG", "CO"}:
            assert readers == {"setting", "caseworker"}, asked.id
        elif kinds & {"TP", "LOC"}:
            assert readers == {"setting", "authority"}, asked.id
        else:
            assert readers == {"setting", *table.form.audience_default}, asked.id


@pytest.mark.parametrize(
    "ticked, readers",
    [
        ([], {"owner"}),
        (["family"], {"owner", "family"}),
        (["teacher", "helpers"], {"owner", "setting", "advisers"}),
        (["family", "teacher", "helpers", "council"], {"owner", "family", "setting", "advisers", "authority"}),
    ],
)
def test_a_childs_choice_is_obeyed_for_every_box(childs: Table, ticked: list[str], readers: set[str]) -> None:
    childs.save(childs.anna, "ap_good", "Climbing", 0, theirs=CHILD)
    childs.save(childs.anna, "ap_who_sees", ticked, 0, theirs=CHILD)
    childs.save(childs.anna, "ap_like", "Mud", 0, theirs=CHILD)
    childs.submission.state = "shared"
    for reader in ("owner", "family", "setting", "advisers", "authority"):
        seen = childs.read(Relation("x", frozenset({reader}), frozenset({"read"}))).values
        assert ({"ap_good", "ap_like"} <= seen.keys()) == (reader in readers), reader


def test_who_helped_is_not_told_to_the_other_parent(childs: Table) -> None:
    helper = Relation("senco", frozenset({"setting"}), frozenset({"read", "write"}), frozenset({"helper"}))
    childs.save(childs.anna, "ap_who_sees", ["family", "council"], 0, theirs=CHILD)
    childs.save(childs.ben, "hp_mode", "said", 0, theirs=helper)
    childs.save(childs.ben, "hp_name", "Mrs Secret", 0, theirs=helper)
    childs.submission.state = "shared"
    family = childs.read(Relation("parent", frozenset({"family"}), frozenset({"read"}))).values
    assert "hp_mode" in family and "hp_name" not in family
    assert childs.read(helper).values["hp_name"] == "Mrs Secret"


def test_a_draft_view_is_read_by_its_owner_alone(childs: Table) -> None:
    childs.save(childs.anna, "ap_who_sees", ["family"], 0, theirs=CHILD)
    childs.save(childs.anna, "ap_good", "Climbing", 0, theirs=CHILD)
    assert childs.read(PARENT).values == {}
    assert reading.history(childs.session, childs.submission, PARENT, "ap_good") == []
    assert childs.read(OWNER).values["ap_good"] == "Climbing"


def test_a_reply_to_an_invitation_is_written_by_nobody_but_the_person_invited() -> None:
    invitation = catalogue.get("ar-invite")
    school = Relation("senco", frozenset({"owner", "setting"}), frozenset({"read", "write", "send"}))
    assert answers.may_write(invitation, school, "iv_ppl[].who")
    assert not answers.may_write(invitation, school, "iv_ppl[].rsvp")
