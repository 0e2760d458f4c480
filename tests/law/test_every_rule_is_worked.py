"""No rule without a date, or the lack of one, worked by hand in the tables of these tests."""

from law.rules import RULE_IDS
from tests.law import (
    test_due_appeals,
    test_due_assessments,
    test_due_lives,
    test_due_reviews,
    test_due_support,
)

MODULES = (test_due_appeals, test_due_assessments, test_due_lives, test_due_reviews, test_due_support)
# These tables are about one rule each.
ONE_RULE = {
    "appeal.lodge": test_due_appeals.LODGE,
    "cease.not_before": test_due_appeals.CEASE,
    "phase.post16_to_post16": test_due_lives.COLLEGES,
    "move.transfer": test_due_lives.MOVES,
    "move.review": test_due_lives.FIRST_REVIEWS,
    "reassess.bar": test_due_lives.BARRED,
}


def test_every_rule_has_cases_worked_by_hand() -> None:
    worked = {row[1] for module in MODULES for row in module.DATES} | {row[1] for row in test_due_lives.PHASES}
    worked |= {row[0] for module in MODULES for row in module.NO_NUMBER}
    worked |= {rule_id for rule_id, cases in ONE_RULE.items() if cases}
    assert worked == RULE_IDS
