"""Every rule, gathered once from this folder. The same id may appear in several dated versions."""

from law.rules import (
    advice,
    ages,
    appeal,
    assess,
    cease,
    mediation,
    move,
    order,
    other,
    phase,
    plan,
    reassess,
    review,
    support,
    unopposed,
)
from law.rules.book import Rules
from law.rules.shape import Rule

GROUPS = (
    assess,
    advice,
    plan,
    review,
    phase,
    move,
    reassess,
    mediation,
    appeal,
    order,
    unopposed,
    cease,
    other,
    support,
    ages,
)
LAW = Rules(rule for group in GROUPS for rule in group.RULES)

RULES: tuple[Rule, ...] = LAW.rules
RULE_IDS = LAW.ids

current = LAW.current
