"""Letters: who gets them, what they must say, and what is still missing."""

from typing import get_args

import pytest

from law.errors import UnknownNotice
from law.items import APPEAL_PACK, ITEMS, MEDIATION_BLOCK
from law.notices import NOTICES, Audience, Notice, missing, notice
from law.rules import RULE_IDS
from law.tables import PROCESSES

APPEALABLE = {"refuse_to_assess_family", "no_plan_family", "final_plan_family", "review_keep", "review_end",
              "amended_plan_family", "not_amending"}  # fmt: skip
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
            if "appeal.lodge" in line.starts:
                assert APPEALABLE & set(line.notices), line.act


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
