"""Each letter of the statutory workflow beside what the law names for it, written out here a second time.

The lists in `law.notices` are what the service goes by; these are what a reader of the law would tick off.
"""

import pytest

from law.items import APPEAL_PACK, MEDIATION_BLOCK
from law.notices import NOTICES
from law.tables import PROCESSES

# SEND Regulations 2014, reg 32, with the right and the times to appeal, and where to get help.
REG_32 = {
    "mediation_right", "mediation_certificate", "mediation_adviser", "mediation_time_limits", "mediation_tell_council",
    "mediation_contact",
}  # fmt: skip
PACK = REG_32 | {"right_of_appeal", "appeal_time_limits", "disagreement_resolution", "sendiass"}
NO = {"decision", "reasons"} | PACK
TO_COMMENT = {
    "fifteen_days", "right_to_comment", "right_to_request_setting", "right_to_meeting", "where_to_find_settings",
}  # fmt: skip
GOES_ON = {"earliest_end_date", "provision_continues"}

# What the family is told, by letter: everything the provision names.
FAMILY: dict[str, set[str]] = {
    "considering_family": {"being_considered", "right_to_views", "advice_and_support"},  # s.36(7), reg 9
    "will_assess_family": {"decision", "who_is_asked", "ask_for_others", "named_officer"},  # reg 5, reg 6(1)(h)
    "refuse_to_assess_family": NO,  # s.36(5), reg 5(3)
    "no_plan_family": NO,  # s.36(9), reg 10(3)
    "draft_plan": {"draft", "advice_copies", "personal_budget"} | TO_COMMENT,  # s.38, reg 13(1)
    "final_plan_family": {"plan", "appealable_sections", "health_and_care_recommendations"} | PACK,  # reg 14(2)
    "review_keep": NO,  # reg 20(10)-(11)
    "review_end": NO | GOES_ON,  # regs 20(11) and 31(3), s.45(4)
    "review_change": {"decision", "plan", "proposed_amendments", "evidence"} | TO_COMMENT,  # reg 22(2)
    "amendment_proposed": {"plan", "proposed_amendments", "evidence"} | TO_COMMENT,  # regs 28 and 22(2)
    "not_amending": NO,  # reg 22(4)-(5)
    "amended_plan_family": {"plan", "amendment_dates"} | PACK,  # regs 22(3) and 14
    "will_reassess": {"decision", "who_is_asked", "ask_for_others"},  # regs 25(1) and 26
    "refuse_to_reassess": NO,  # reg 25(2)
    "no_change": NO,  # s.51(2)(e)
    "considering_ending_family": {"ending_considered", "asked_for_comment"},  # reg 31(1)
    "ending_family": {"decision"} | PACK | GOES_ON,  # reg 31(3), s.45(4)
    "plan_transferred": {"plan_transferred", "whether_assess", "when_review"},  # reg 15(4)
    "phase_preferences": {"which_move", "cut_off", "right_to_request_setting", "where_to_find_settings"},  # reg 18
    "turn_coming": {"turn_day", "turn_changes"},  # ss.80 and 83(2)
    "turn_taken": {"turn_changes"},
    "turn_represented": {"capacity_decision", "representative"},  # s.80, regs 64-65
}
# Who else is told, by the act that owes them a letter: (process, act): audiences.
OTHERS: dict[tuple[str, str], set[str]] = {
    ("assessment", "receive_request"): {"family", "health", "social_care", "setting"},  # s.36(7), reg 4(2)
    ("assessment", "agree_to_assess"): {"family", "health", "social_care", "setting"},  # reg 5(2)
    ("assessment", "refuse_to_assess"): {"family", "health", "social_care", "setting"},
    ("assessment", "decide_no_plan"): {"family", "health", "setting"},  # reg 10(2)
    ("assessment", "issue_final"): {"family", "setting", "health"},  # reg 13(2)
    ("review", "decide_keep"): {"family", "setting"},  # reg 20(10)
    ("review", "decide_end"): {"family", "setting", "health"},  # reg 31(2)
    ("review", "issue_amended"): {"family", "setting", "health"},  # reg 22(3)
    ("amendment", "issue_amended"): {"family", "setting", "health"},
    ("reassessment", "issue_final"): {"family", "setting", "health"},  # reg 27(2)
    ("reassessment", "refuse_to_reassess"): {"family"},  # reg 25(1)
    ("ceasing", "consult_on_ending"): {"family", "setting"},  # reg 31(1)
    ("ceasing", "decide_to_end"): {"family", "setting", "health"},  # reg 31(2)
}


def test_the_pack_and_the_mediation_block_are_what_the_law_lists() -> None:
    assert set(MEDIATION_BLOCK) == REG_32 and set(APPEAL_PACK) == PACK


@pytest.mark.parametrize("letter", FAMILY)
def test_a_letter_holds_everything_the_law_names_for_it(letter: str) -> None:
    assert set(NOTICES[letter].must_contain) >= FAMILY[letter]


def test_no_statutory_letter_to_a_family_of_these_processes_is_left_out() -> None:
    kinds = ("assessment", "review", "phase", "amendment", "reassessment", "turn", "ceasing", "move_in")
    owed = {each for kind in kinds for line in PROCESSES[kind].transitions for each in line.notices}
    to_family = {each for each in owed if "family" in NOTICES[each].to and NOTICES[each].statutory}
    assert to_family <= FAMILY.keys()


@pytest.mark.parametrize(("process", "act"), OTHERS)
def test_everyone_is_told_whom_the_law_names(process: str, act: str) -> None:
    lines = [line for line in PROCESSES[process].transitions if line.act == act]
    assert lines
    for line in lines:
        assert {to for each in line.notices for to in NOTICES[each].to} == OTHERS[process, act]
