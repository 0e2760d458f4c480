"""The rules as data: whole, consistent and dated."""

from string import Formatter

import pytest

from law import listing
from law.calendar import METHODS
from law.errors import UnknownRule
from law.exceptions import TESTS
from law.keys import KEYS
from law.rules import RULE_IDS, RULES, current
from law.rules.shape import Count, Rule
from law.wording import COUNTED, EXCEPTIONS, PARTIES, PERIODS

each_rule = pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)


@each_rule
def test_every_rule_uses_known_facts_and_parties(rule: Rule) -> None:
    keys = {key for keys in rule.needs for key in keys} | {*rule.also, *rule.replaced_by}
    assert keys <= KEYS.keys()
    assert {rule.owed_by, *rule.owed_to} <= PARTIES.keys()
    assert rule.needs and all(rule.needs)


@each_rule
def test_every_rule_counts_by_a_known_method_and_knows_its_exceptions(rule: Rule) -> None:
    if isinstance(rule.count, Count):
        assert rule.count.method in METHODS
        assert rule.count.number > 0
    assert set(rule.exceptions) <= TESTS.keys()


@each_rule
def test_every_rule_has_its_words(rule: Rule) -> None:
    assert rule.citation
    assert rule.title
    assert rule.duty.endswith(".")
    assert rule.family.endswith(".")


def test_every_rule_of_the_law_notes_for_assessments_and_reviews_exists() -> None:
    wanted = {
        *("assess.consult", "assess.notify_considering", "assess.notify_others", "assess.decide", "assess.refuse"),
        *("advice.request", "advice.respond", "plan.decide_not_to_issue", "plan.issue_draft"),
        *("plan.draft_representations", "plan.meeting", "consult.setting", "plan.finalise", "plan.admit"),
        *("plan.secure", "review.first", "review.annual", "review.notify_schools_list", "review.meeting_notice"),
        *("review.circulate_advice", "review.report", "review.decide", "review.amend_notice"),
        *("review.amend_representations", "review.amended_final", "review.decide_not_to_amend", "review.under5"),
        *("amend.without_review", "appeal.lodge", "cease.not_before", "age.compulsory_school_age_ends"),
    }
    assert wanted <= RULE_IDS


def test_an_unknown_rule_has_no_current_version() -> None:
    with pytest.raises(UnknownRule):
        current("assess.nothing")


def test_every_method_and_every_exception_has_its_words() -> None:
    assert COUNTED.keys() == PERIODS.keys() == METHODS.keys()
    assert EXCEPTIONS.keys() == TESTS.keys()


@pytest.mark.parametrize("key", [key for key in KEYS.values() if key.kind == "date"], ids=lambda key: key.name)
def test_every_date_is_said_with_a_place_for_it(key: object) -> None:
    for sentence in (getattr(key, "said"), getattr(key, "family")):  # noqa: B009
        assert [name for _, name, _, _ in Formatter().parse(sentence) if name] == ["date"]


def test_the_public_list_shows_every_rule() -> None:
    rows = listing.rules()
    assert [row["id"] for row in rows] == [rule.id for rule in RULES]
    assert {"id", "needs", "method", "duty", "citation"} <= rows[0].keys()
