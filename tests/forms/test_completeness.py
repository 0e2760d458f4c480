"""What is asked, what is still to do, and what stops sending."""

from typing import Any

import pytest

from forms import catalogue
from forms.completeness import missing_to_send, not_complete, pages_asked, still_to_do, visible

PARENT = catalogue.get("ehcna-req-parent")
SETTING = catalogue.get("ehcna-req-setting")
REVIEW = catalogue.get("ar-0-13")
ENOUGH = {
    "pq_ask": ["yes"], "pq_who": "Gran", "ch_first": "Ada", "ch_last": "Q", "ch_dob": "2018-03-05",
    "pq_hard": "Mornings.",
    "pr[]": ["r1"], "pr[r1].name": "Gran Q", "pr[r1].phone": "01632 960001", "de_name": "Gran Q", "de_role": "parent",
}  # fmt: skip


def paths(form: Any, answers: dict[str, Any], **facts: Any) -> set[str]:
    return {place.path for place in visible(form, answers, facts)}


def todo(form: Any, answers: dict[str, Any], section: str, **facts: Any) -> set[str]:
    return {place.path for place in still_to_do(form, answers, facts).get(section, ())}


def missing(form: Any, answers: dict[str, Any], **facts: Any) -> set[str | None]:
    return {each.question_id for each in missing_to_send(form, answers, facts)}


def test_a_parents_request_can_be_sent_with_little_and_nothing_else_stops_it() -> None:
    assert missing(PARENT, ENOUGH) == set()


@pytest.mark.parametrize("gone", ["pq_ask", "pq_who", "ch_first", "ch_last", "ch_dob", "de_name", "de_role"])
def test_each_required_answer_stops_sending_until_it_is_there(gone: str) -> None:
    assert missing(PARENT, {**ENOUGH, gone: ""}) == {gone}


def test_a_child_with_one_name_needs_no_last_name() -> None:
    assert missing(PARENT, {**ENOUGH, "ch_last": "", "ch_onename": ["yes"]}) == set()


def test_a_birth_year_alone_will_do_and_a_day_that_does_not_exist_will_not() -> None:
    assert missing(PARENT, {**ENOUGH, "ch_dob": {"day": "", "month": "", "year": "2018"}}) == set()
    assert missing(PARENT, {**ENOUGH, "ch_dob": {"day": "31", "month": "2", "year": "2018"}}) == {"ch_dob"}


def test_a_parents_request_says_what_is_hard_before_it_is_enough_and_one_begun_before_that_rule_need_not() -> None:
    silent = {**ENOUGH, "pq_hard": ""}
    assert missing(PARENT, silent) == {"pq_hard"}
    assert missing(catalogue.get("ehcna-req-parent", 3), silent) == set()


def test_nobody_is_asked_who_they_are_or_for_the_other_parent_twice() -> None:
    alone, two = {"pr[]": ["r1"]}, {"pr[]": ["r1", "r2"]}
    assert "pq_who" in paths(PARENT, alone) and "pr[r1].rel" not in paths(PARENT, alone)
    assert "pr[r2].rel" in paths(PARENT, two)
    assert "pq_other_parent" in paths(PARENT, alone) and "pq_other_parent" not in paths(PARENT, two)


def test_there_must_be_one_way_to_reply() -> None:
    silent = {**ENOUGH, "pr[r1].phone": ""}
    assert missing(PARENT, silent) == {"pr[]"}
    assert missing(PARENT, {**silent, "pr[r1].address": {"line1": "1 High Street"}}) == set()
    assert missing(PARENT, silent, can_reply=True) == set()


def test_only_the_first_parent_must_have_a_name_and_only_in_a_parents_own_request() -> None:
    two = {**ENOUGH, "pr[]": ["r1", "r2"], "pr[r2].rel": "dad"}
    assert missing(PARENT, two) == set()
    assert missing(PARENT, {**two, "pr[r1].name": ""}) == {"pr[].name"}
    assert missing(PARENT, {**ENOUGH, "pr[]": []}) == {"pr[].name", "pr[]"}
    assert "pr[].name" not in missing(SETTING, {})


def test_what_the_core_record_already_says_need_not_be_said_again() -> None:
    known = ("ch_first", "ch_last", "ch_dob", "de_name", "de_role")
    said = {"rv_kind": "annual", "rv_date": "2026-11-20", "rv_who": "Mum and Ms K", "rv_rec": "keep",
            "rv_sign": {"name": "Ms K"}}  # fmt: skip
    assert missing(REVIEW, said, known=known) == set()
    assert missing(REVIEW, {**said, "ch_first": ""}, known=known) == {"ch_first"}
    assert missing(REVIEW, {**said, "rv_who": ""}, known=known, sent=["rv_who"]) == set()
    assert missing(REVIEW, {**said, "rv_who": ""}, known=known) == {"rv_who"}


def test_a_setting_needs_only_the_hard_fields_and_never_two_cycles_or_a_head() -> None:
    said = {"rq_ask": ["yes"], "rq_by": {"name": "Ms S", "email": "s@school.example"}}
    assert missing(SETTING, said) == {"ch_first", "ch_last", "ch_dob", "de_name", "de_role"}


@pytest.mark.parametrize("form_id", ["aam-primary", "views-parent"])
def test_views_can_be_sent_with_anything_even_one_picture(form_id: str) -> None:
    form, known = catalogue.get(form_id), ("de_name", "de_role")
    first = form.pages()[2].questions[0].id
    assert missing(form, {}, known=known) == {None}
    assert missing(form, {first: {"files": [{"id": "1", "name": "me.png"}]}}, known=known) == set()


def test_a_question_follows_its_condition() -> None:
    assert "ch_addr_hide_who" not in paths(PARENT, {"ch_addr_hide": "not-sure"})
    assert "ch_addr_hide_who" in paths(PARENT, {"ch_addr_hide": "yes"})


def test_each_row_is_asked_its_own_questions() -> None:
    answers = {"pr[]": ["a", "b"], "pr[b].limits": "yes"}
    asked = paths(PARENT, answers)
    assert {"pr[a].phone", "pr[b].told", "pr[b].limits_what"} <= asked
    assert not {"pr[a].told", "pr[a].limits", "pr[a].limits_file"} & asked, "the first row is whoever writes"
    assert "pr[a].limits_what" not in asked
    assert "pr[a].told" not in paths(PARENT, {"pr[]": ["a"]})


@pytest.mark.parametrize(
    ("kind", "group"), [("early-years", "at_eyfs[]"), ("school", "at_row[]"), ("college", "at_row[]")]
)
def test_a_request_follows_the_kind_of_setting(kind: str, group: str) -> None:
    asked = paths(SETTING, {"rq_setting_kind": kind})
    assert {"at_eyfs[]", "at_row[]"} & asked == {group}
    assert ("st_part" in asked) is (kind == "school")
    assert ("at_qual" in asked) is (kind == "college")


def test_child_and_young_person_are_asked_different_things() -> None:
    child, yp = paths(SETTING, {}), paths(SETTING, {}, person="yp", age=18, year=13)
    assert {"rq_told_parent", "vw_parent", "so_parent"} <= child - yp
    assert {"rq_told_yp", "so_yp", "la_19", "la_pfa_work", "ch_uln", "ch_yjs"} <= yp - child


def test_fewer_than_two_cycles_are_asked_about_and_never_barred() -> None:
    whole = {"from": "2026-01-05", "to": "2026-03-27", "aim": "a", "did": "b", "result": "c", "parent": "no"}
    two = {"tr_cycle[]": ["x", "y"]} | {f"tr_cycle[{row}].{part}": said for row in "xy" for part, said in whole.items()}
    assert "tr_fewer" not in paths(SETTING, two)
    assert "tr_fewer" in paths(SETTING, {**two, "tr_cycle[y].result": ""})
    assert "tr_fewer" not in paths(SETTING, {}, complete_cycles=2)
    assert "tr_fewer" in paths(SETTING, two, asked_on="2029-01-01")


def test_expected_answers_are_still_to_do_and_optional_ones_are_not() -> None:
    left = todo(PARENT, {"pq_hard": "Reading"}, "needs")
    assert {"pq_effect", "pq_where"} <= left
    assert not {"pq_hard", "pq_urgent", "pq_setting"} & left


def test_a_group_is_done_when_it_has_rows_or_there_are_none() -> None:
    assert "st_excl[]" in todo(SETTING, {}, "setting")
    assert "st_excl[]" not in todo(SETTING, {"st_excl[]": []}, "setting")
    assert todo(SETTING, {"st_excl[]": ["r"]}, "setting") >= {"st_excl[r].kind", "st_excl[r].why"}


def test_a_link_is_done_when_its_form_was_sent_or_words_stand_in_for_it() -> None:
    assert "rv_child" in todo(REVIEW, {}, "views")
    assert "rv_child" not in todo(REVIEW, {}, "views", sent=["rv_child"])
    assert "rv_child" not in todo(REVIEW, {"rv_child": "She drew a boat"}, "views")


def test_ones_own_paper_does_for_a_section_but_not_for_what_is_required() -> None:
    paper = {"review__paper": [{"id": "1", "name": "review.docx"}]}
    assert todo(REVIEW, paper, "review") == {"rv_kind", "rv_date"}
    assert "rv_plan_date" in todo(REVIEW, {}, "review")


def test_an_area_with_nothing_to_say_is_not_still_to_do() -> None:
    assert {"na_hl_good", "na_hl_hard"} <= todo(SETTING, {}, "needs")
    assert not {"na_hl_good", "na_hl_hard"} & todo(SETTING, {"na_hl_none": ["yes"]}, "needs")


def test_a_section_with_nothing_left_is_not_listed() -> None:
    form = catalogue.get("ehcna-req-parent")
    done = {**ENOUGH, "pq_care": "yes", "ch_known": "Ada"}
    assert "ask" not in still_to_do(form, done, {})


def test_a_page_with_nothing_to_ask_is_left_out() -> None:
    ids = [page.id for page in pages_asked(PARENT, {"pq_where": "nowhere"}, {})]
    assert "pq_setting" not in ids and "ch_upn" not in ids and "pq_where" in ids
    assert "pq_setting" in [page.id for page in pages_asked(PARENT, {"pq_where": "school"}, {})]


def test_all_about_me_is_complete_with_a_little_of_each() -> None:
    form = catalogue.get("aam-primary")
    some = {"ap_like": "boats", "ap_worry": "noise", "ap_calm": "my cat", "ap_wish": "a boat", "hp_mode": "own"}
    assert not_complete(form, some, {}) == ()
    for gone in some:
        assert len(not_complete(form, {**some, gone: ""}, {})) == 1


def test_a_review_is_complete_when_every_outcome_and_every_help_is_answered() -> None:
    rows = {"rv_out[]": ["a", "b"], "rv_out[a].rate": "achieved", "rv_pv[]": ["c"], "rv_pv[c].given": "partly"}
    assert "Every outcome in the plan needs its progress." in not_complete(REVIEW, rows, {})
    left = not_complete(REVIEW, {**rows, "rv_out[b].rate": "none"}, {})
    assert not [sentence for sentence in left if "Every" in sentence]


INVITE = catalogue.get("ar-invite")
DECISION = catalogue.get("la-decision")
GUEST = {"iv_ppl[]": ["a"], "iv_ppl[a].who": {"name": "Dr P"}, "iv_ppl[a].kind": "health", "iv_ppl[a].ask": ["come"]}


def test_a_reply_is_the_invited_persons_own_and_its_writer_never_owes_it() -> None:
    assert "iv_ppl[a].rsvp" not in paths(INVITE, GUEST)
    assert "iv_ppl[a].rsvp" in paths(INVITE, GUEST, state="sent")
    assert todo(INVITE, GUEST, "invited", state="sent") == set()


def test_short_notice_is_asked_about_when_the_day_is_near() -> None:
    assert "iv_short_ok" in paths(INVITE, {"iv_date": "2026-12-05"}, asked_on="2026-11-22")
    assert "iv_short_ok" not in paths(INVITE, {"iv_date": "2026-12-06"}, asked_on="2026-11-22")


@pytest.mark.parametrize(
    ("kind", "decided", "appealable"),
    [
        ("assess", "no", True), ("assess", "yes", False), ("plan", "no", True), ("plan", "yes", False),
        ("final", "place", True), ("review", "keep", True), ("review", "end", True), ("review", "change", False),
        ("amend", "keep", True), ("amend", "change", False), ("reassess", "no", True), ("reassess", "yes", False),
        ("end", "end", True), ("end", "keep", False), ("budget", "no", False),
    ],
)  # fmt: skip
def test_a_letter_with_a_right_of_appeal_must_hold_all_that_goes_with_it(
    kind: str, decided: str, appealable: bool
) -> None:
    said = {"ld_kind": kind, "ld_out": decided}
    every = ["reasons", "appeal", "limits", "mediation", "certificate", "resolution", "sendiass", "next"]
    assert ("ld_check" in missing(DECISION, said)) is appealable
    assert ("ld_check" in missing(DECISION, {**said, "ld_check": every[1:]})) is appealable
    assert "ld_check" not in missing(DECISION, {**said, "ld_check": every})


def test_a_plan_of_support_needs_a_lead_and_a_review_date_for_each_cycle_begun() -> None:
    plan, known = catalogue.get("sen-support-plan"), ("ch_first", "ch_last", "ch_dob", "de_name", "de_role")
    said = {"sp_lead": {"name": "Ms S"}, "cy[]": ["a", "b"], "cy[a].from": "2026-09-07"}
    assert missing(plan, said, known=known) == {"cy[].review_on"}
    assert missing(plan, {**said, "cy[a].review_on": "2026-12-11"}, known=known) == set()


def test_what_was_said_in_a_few_words_stays_when_the_whole_form_comes_after_all() -> None:
    form, came = catalogue.get("ehcna-req-setting"), {"sent": ("vw_aam", "vw_parent")}
    words = {"vw_child_q": "She likes trains.", "vw_parent_q": "Will there be a taxi?"}
    asked = {place.path for place in visible(form, {}, came)}
    assert not asked & words.keys()
    assert {place.path for place in visible(form, words, came)} >= words.keys()
