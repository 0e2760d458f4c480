"""Letters: who gets them, what they must say, and what is still missing."""

from typing import get_args

import pytest

from law.errors import UnknownNotice
from law.items import APPEAL_PACK, ITEMS, MEDIATION_BLOCK
from law.notices import NOTICES, Audience, Notice, missing, notice
from law.rules import RULE_IDS
from law.tables import PROCESSES

APPEALABLE = {"refuse_to_assess_family", "no_plan_family", "final_plan_family", "review_keep", "review_end",
              "amended_plan_family", "not_amending", "refuse_to_reassess", "no_change", "ending_family"}  # fmt: skip
each_notice = pytest.mark.parametrize("letter", NOTICES.values(), ids=lambda letter: letter.id)


@each_notice
def test_every_letter_is_whole(letter: Notice) -> None:
    assert letter.to and set(letter.to) <= set(get_args(Audience))
    assert letter.must_contain and set(letter.must_contain) <= ITEMS.keys()
    assert len(set(letter.must_contain)) == len(letter.must_contain)
    assert set(letter.meets) <= RULE_IDS
    assert letter.citation


@each_notice
def test_an_empty_letter_lacks_everything_and_a_full_one_nothing(letter: Notice) -> None:
    assert [item.id for item in missing(letter.id, {})] == list(letter.must_contain)
    assert missing(letter.id, dict.fromkeys(letter.must_contain, "said")) == ()
    assert missing(letter.id, set(letter.must_contain)) == ()


@each_notice
def test_every_letter_is_owed_by_some_act(letter: Notice) -> None:
    assert any(letter.id in line.notices for table in PROCESSES.values() for line in table.transitions)


@pytest.mark.parametrize("letter", sorted(APPEALABLE))
def test_every_decision_that_can_be_appealed_carries_the_whole_appeal_pack(letter: str) -> None:
    assert set(APPEAL_PACK) <= set(NOTICES[letter].must_contain)


def test_every_act_that_starts_the_time_to_appeal_owes_a_letter_with_the_pack() -> None:
    for table in PROCESSES.values():
        for line in table.transitions:
            if "appeal.lodge" in line.starts and "appeal.lodge" not in line.takes:
                assert APPEALABLE & set(line.notices), line.act


def test_no_letter_without_a_right_of_appeal_pretends_to_one() -> None:
    carrying = {letter.id for letter in NOTICES.values() if "right_of_appeal" in letter.must_contain}
    assert carrying == APPEALABLE


def test_a_plan_changed_as_the_tribunal_ordered_carries_no_new_right_of_appeal() -> None:
    assert "right_of_appeal" not in NOTICES["carried_out_family"].must_contain


@each_notice
def test_a_letter_of_good_practice_never_cites_a_duty_it_meets(letter: Notice) -> None:
    assert letter.statutory or not letter.meets


def test_ending_a_plan_is_put_to_the_family_and_the_setting_before_it_is_decided() -> None:
    for letter in ("considering_ending_family", "considering_ending_setting"):
        assert {"ending_considered", "asked_for_comment"} <= set(NOTICES[letter].must_contain)
        assert NOTICES[letter].citation == "SEND Regulations 2014, reg 31(1)"


def test_a_family_that_moves_in_is_told_the_three_things_the_law_names() -> None:
    assert NOTICES["plan_transferred"].must_contain == ("plan_transferred", "whether_assess", "when_review")


@pytest.mark.parametrize("letter", ["budget_refused", "payments_less"])
def test_no_to_money_gives_reasons_and_a_second_look_and_no_tribunal(letter: str) -> None:
    must_contain = NOTICES[letter].must_contain
    assert {"reasons", "right_to_review"} <= set(must_contain)
    assert "right_of_appeal" not in must_contain


@pytest.mark.parametrize("letter", ["topup_received", "topup_refused", "topup_part_agreed"])
def test_no_letter_about_funding_stands_in_the_way_of_an_assessment(letter: str) -> None:
    assert "not_an_assessment" in NOTICES[letter].must_contain


def test_every_item_is_in_some_letter() -> None:
    assert {item for letter in NOTICES.values() for item in letter.must_contain} == ITEMS.keys()


def test_a_blank_does_not_count() -> None:
    lacking = missing(
        "refuse_to_assess_family", {**dict.fromkeys(APPEAL_PACK, "said"), "decision": "No", "reasons": " "}
    )
    assert [item.words for item in lacking] == ["The reasons for the decision"]


def test_a_letter_saying_only_that_the_council_means_to_amend_is_not_finished() -> None:
    lacking = {item.id for item in missing("review_change", {"decision": "We mean to amend the plan."})}
    assert {"plan", "proposed_amendments", "evidence", "fifteen_days"} <= lacking


def test_the_mediation_block_has_its_six_parts() -> None:
    assert len(MEDIATION_BLOCK) == 6


def test_social_services_are_told_of_the_decision_to_assess_but_not_of_no_plan() -> None:
    assert "social_care" in NOTICES["will_assess_others"].to
    assert "social_care" not in NOTICES["no_plan_others"].to


def test_an_unknown_letter_is_refused() -> None:
    with pytest.raises(UnknownNotice):
        notice("love_letter")
    with pytest.raises(UnknownNotice):
        missing("love_letter", {})
