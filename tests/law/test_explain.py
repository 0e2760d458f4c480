"""Explanations: whole, plain, and in any language."""

import re
from collections.abc import Mapping
from datetime import date

import pytest

from law.due import compute
from law.explain import explain, say_date
from law.rules import RULES
from law.rules.shape import Rule
from law.wording import MESSAGES, Register
from tests.law.test_properties import facts_for

REQUEST = {"request_received": "2026-10-07"}
REGISTERS: tuple[Register, ...] = ("professional", "family")
HARD_WORDS = re.compile(
    r"\b(pursuant|statutory|practicable|notwithstanding|commissioner|authority|provision|amend\w*|representations"
    r"|disappl\w*|impractical|maintain\w*|cease\w*|notify|notified|circulate\w*|recommend\w*)\b",
    re.IGNORECASE,
)


def plain_part(rule: Rule) -> str:
    """A family explanation without the citation, which must be said as the law says it."""
    account = explain(compute(rule.id, facts_for(rule, date(2026, 10, 7))), "family")
    return account.text.replace(account.law, "")


def test_a_date_is_said_as_people_say_it() -> None:
    assert say_date(date(2026, 3, 5)) == "5 March 2026"


def test_the_professional_account_says_what_started_it_how_it_is_counted_who_owes_it_and_the_law() -> None:
    assert explain(compute("plan.finalise", REQUEST)).text == (
        "The authority received the request for an assessment on 7 October 2026. "
        "The authority must send the finalised plan. "
        "The period is 20 weeks; that day itself is not counted. "
        "The last day is 24 February 2027. "
        "Owed by the authority to the family, the setting and the health commissioner. "
        "It is law: SEND Regulations 2014, reg 13(2)."
    )


def test_the_family_account_says_the_same_plainly() -> None:
    assert explain(compute("assess.decide", REQUEST), "family").text == (
        "On 7 October 2026 the council got the request for an assessment. "
        "The council must tell you if it will do an assessment. "
        "The time allowed is 6 weeks. Counting starts the next day. "
        "The last day is 18 November 2026. "
        "The NHS, social care and the school or college should hear of it too. "
        "The law says so. You can look it up: SEND Regulations 2014, reg 5(1)-(2)."
    )


def told(rule: str, facts: Mapping[str, object]) -> str:
    return explain(compute(rule, facts), "family").text


def test_a_family_that_has_read_who_must_tell_it_does_not_read_so_twice() -> None:
    assert "should" not in told("plan.secure", {"final_issued": "2027-02-24"})
    assert told("assess.notify_others", REQUEST).count("the NHS and social care") == 1


def test_a_family_is_told_from_whom_where_the_duty_does_not_say() -> None:
    assert "Everyone invited should get this from whoever sets up the meeting." in told(
        "review.meeting_notice", {"review_meeting": "2026-06-01"}
    )


def test_a_day_that_is_named_already_is_not_named_again() -> None:
    for register in REGISTERS:
        text = explain(compute("support.review", {"support_review_agreed": "2027-02-12"}), register).text
        assert text.count("12 February 2027") == 1


def test_the_last_day_to_comment_is_the_familys_even_at_a_weekend() -> None:
    due = compute("plan.draft_representations", {"draft_served": "2026-12-18"})
    assert explain(due).act_by == "That is not a working day, and the family still has the whole of it."
    assert explain(due, "family").act_by.startswith("You can use the whole of that day")


def test_the_law_is_named_before_the_reasons_for_being_late() -> None:
    record = {"type": "exceptional_personal_circumstances", "impractical": True}
    text = explain(compute("assess.decide", REQUEST, [record]), "family").text
    assert text.index("The law says so.") < text.index("Reason given for being late")


def test_an_accepted_exception_is_said_not_to_move_the_date() -> None:
    record = {"type": "exceptional_personal_circumstances", "impractical": True}
    account = explain(compute("assess.decide", REQUEST, [record]))
    assert "does not move the date" in account.exceptions[0]
    assert "as soon as practicable" in account.exceptions[0]


def test_a_reason_the_law_does_not_list_is_named_and_refused() -> None:
    account = explain(compute("assess.decide", REQUEST, [{"type": "ep_shortage", "impractical": True}]))
    assert "“ep shortage”" in account.exceptions[0]
    assert "the limit stands" in account.exceptions[0]


def test_a_date_that_is_not_a_working_day_says_when_to_act() -> None:
    account = explain(compute("assess.decide", {"request_received": "2026-02-20"}))
    assert account.date == "The last day is 3 April 2026."
    assert account.act_by == "That is not a working day, so act by 2 April 2026. The date itself does not move."


def test_a_year_without_known_holidays_says_so() -> None:
    account = explain(compute("plan.finalise", {"request_received": "2029-10-07"}))
    assert "not yet known" in account.act_by


def test_a_cut_off_before_a_day_says_the_last_day_that_complies() -> None:
    account = explain(compute("phase.secondary", {"transfer_date": "2027-09-01"}))
    assert "the last day that complies is 14 February 2027" in account.safer


def test_a_family_is_told_one_safe_day_only() -> None:
    account = explain(compute("phase.secondary", {"transfer_date": "2026-09-01"}), "family")
    assert "best done by 13 February 2026" in account.act_by
    assert account.safer == ""


def test_a_date_the_tribunal_sets_is_said_to_replace_the_period() -> None:
    facts = {"order_made": "2026-10-07", "tribunal_directed_date": "2026-10-30"}
    assert "takes the place of the usual period" in explain(compute("order.amend_placement", facts)).text


def test_guidance_is_never_called_law() -> None:
    account = explain(compute("consult.setting", {"consultation_sent": "2026-10-07"}))
    assert account.law.startswith("It is guidance, not a statutory limit")


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_families_read_short_sentences_without_hard_words(rule: Rule) -> None:
    text = plain_part(rule)
    sentences = [sentence for sentence in re.split(r"[.?:]\s+", text) if sentence]
    lengths = [len(sentence.split()) for sentence in sentences]
    assert max(lengths) <= 29
    assert sum(lengths) / len(lengths) <= 14
    assert HARD_WORDS.findall(text) == []


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_no_sentence_is_said_twice(rule: Rule) -> None:
    for register in REGISTERS:
        text = explain(compute(rule.id, facts_for(rule, date(2026, 10, 7))), register).text
        sentences = re.split(r"(?<=[.?])\s+", text)
        assert len(sentences) == len(set(sentences))


@pytest.mark.parametrize("message_id", [name for name in MESSAGES if name.startswith("exception.")])
def test_families_read_no_hard_words_about_exceptions(message_id: str) -> None:
    assert HARD_WORDS.findall(MESSAGES[message_id][1]) == []


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_no_template_is_left_unfilled(rule: Rule) -> None:
    for register in REGISTERS:
        text = explain(compute(rule.id, facts_for(rule, date(2026, 10, 7))), register).text
        assert "{" not in text
        assert "  " not in text


def test_every_word_passes_through_the_translator() -> None:
    record = {"type": "exceptional_personal_circumstances", "impractical": True}
    seen: list[str] = []

    def shout(text: str) -> str:
        seen.append(text)
        return re.sub(r"(\{\w+\})|(\w)", lambda m: m[1] or m[2].upper(), text)

    text = explain(compute("plan.finalise", REQUEST, [record]), "family", shout).text
    left_alone = text.replace("SEND Regulations 2014, reg 13(2)", "")
    assert left_alone == left_alone.upper()
    assert "" not in seen
