"""What may be asked, and what is refused with one clear sentence."""

from datetime import UTC, date, datetime

import pytest

from law.due import as_json, compute
from law.errors import BadTrigger, LawError, UnknownRule
from law.facts import read


def test_an_unknown_rule_is_refused() -> None:
    with pytest.raises(UnknownRule, match=r"There is no rule called 'assess\.everything'\."):
        compute("assess.everything", {"request_received": "2026-10-07"})


BAD: list[tuple[str, dict[str, object]]] = [
    ("nothing given", {}),
    ("only a fact the rule does not use", {"review_meeting": "2026-10-07"}),
    ("a fact nobody knows", {"request_received": "2026-10-07", "wishful_date": "2026-10-07"}),
    ("a date that does not exist", {"request_received": "2027-02-29"}),
    ("a British date", {"request_received": "07/10/2026"}),
    ("a date without dashes", {"request_received": "20261007"}),
    ("an instant in place of a day", {"request_received": datetime(2026, 10, 7, 12, tzinfo=UTC)}),
    ("a number", {"request_received": 20261007}),
    ("a slip of the century", {"request_received": "0226-10-07"}),
    ("a bad value among facts the rule does not use", {"request_received": "2026-10-07", "order_made": "soon"}),
    ("a bad yes or no", {"request_received": "2026-10-07", "out_of_cohort": "maybe"}),
    ("a bad whole number", {"request_received": "2026-10-07", "transfer_year_group": "seven"}),
    ("a blank word", {"request_received": "2026-10-07", "setting": " "}),
]


@pytest.mark.parametrize(("words", "trigger"), BAD, ids=[row[0] for row in BAD])
def test_a_bad_trigger_is_refused_in_one_sentence(words: str, trigger: dict[str, object]) -> None:
    with pytest.raises(BadTrigger) as refused:
        compute("assess.decide", trigger)
    assert str(refused.value).endswith(".")
    assert "\n" not in str(refused.value)


def test_every_combination_wanted_is_named() -> None:
    with pytest.raises(BadTrigger, match="'request_received' or 'became_responsible'"):
        compute("assess.decide", {})


def test_facts_are_read_from_text_or_python() -> None:
    facts = read({"request_received": "2026-10-07", "out_of_cohort": "yes", "transfer_year_group": "7", "setting": "x"})
    assert facts == {
        "request_received": date(2026, 10, 7),
        "out_of_cohort": True,
        "transfer_year_group": 7,
        "setting": "x",
    }
    assert read({"request_received": date(2026, 10, 7), "out_of_cohort": False, "move_date": None}) == {
        "request_received": date(2026, 10, 7),
        "out_of_cohort": False,
    }


def test_a_trigger_before_the_regulations_began_is_refused() -> None:
    with pytest.raises(BadTrigger, match="not in force"):
        compute("assess.decide", {"request_received": "2014-08-31"})
    assert compute("assess.decide", {"request_received": "2014-09-01"}).due == date(2014, 10, 13)


def test_every_error_of_the_law_has_one_parent() -> None:
    with pytest.raises(LawError):
        compute("nothing", {})


def test_the_public_answer_has_the_promised_fields() -> None:
    answer = as_json(compute("plan.finalise", {"request_received": "2026-10-07"}))
    assert answer["rule"] == "plan.finalise"
    assert (answer["due"], answer["act_by"], answer["limit_disapplied"]) == ("2027-02-24", "2027-02-24", False)
    assert answer["citation"] == "SEND Regulations 2014, reg 13(2)"
    assert "last_compliant_day" not in answer


def test_the_public_answer_for_a_phase_has_the_day_before() -> None:
    answer = as_json(compute("phase.post16", {"transfer_date": "2027-09-01"}))
    assert (answer["due"], answer["last_compliant_day"]) == ("2027-03-31", "2027-03-30")


def test_the_public_answer_for_a_duty_without_a_number_is_null() -> None:
    answer = as_json(compute("plan.secure", {"final_issued": "2026-10-07"}))
    assert answer["due"] is None
    assert answer["act_by"] is None
    assert answer["act_by_reason"] == "There is no date to act by."


def test_the_public_answer_says_why_an_exception_was_refused() -> None:
    answer = as_json(compute("plan.finalise", {"request_received": "2026-10-07"}, [{"type": "waiting_list"}]))
    assert answer["exceptions"] == [
        {
            "type": "waiting_list",
            "accepted": False,
            "reason": "It is not among the exceptions the law lists, so the limit stands.",
        }
    ]
