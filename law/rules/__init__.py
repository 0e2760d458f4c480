"""Every rule, gathered once from this folder. The same id may appear in several dated versions."""

from law.errors import UnknownRule
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
    unopposed,
)
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
    ages,
)
RULES: tuple[Rule, ...] = tuple(rule for group in GROUPS for rule in group.RULES)

_VERSIONS: dict[str, list[Rule]] = {}
for _rule in RULES:
    _VERSIONS.setdefault(_rule.id, []).append(_rule)

RULE_IDS = frozenset(_VERSIONS)


def versions_of(rule_id: str) -> tuple[Rule, ...]:
    """Every dated version of a rule, newest first. Raises UnknownRule."""
    if rule_id not in _VERSIONS:
        raise UnknownRule(rule_id)
    return tuple(sorted(_VERSIONS[rule_id], key=lambda rule: rule.valid_from, reverse=True))


def current(rule_id: str) -> Rule:
    """The newest version of a rule, for its title and words where no date is asked. Raises UnknownRule."""
    return versions_of(rule_id)[0]
