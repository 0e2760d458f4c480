"""A set of rules, each in its dated versions: today's law, or today's with a coming reform beside it."""

from collections.abc import Iterable
from datetime import date
from itertools import pairwise

from law.errors import UnknownRule
from law.rules.shape import Rule


class Rules:
    """Rules by id. It is never changed: `and_also` gives a new set."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        """Gather rules in the order of the law. Raises ValueError where two versions of one are in force at once."""
        self.rules = tuple(rules)
        found: dict[str, list[Rule]] = {}
        for rule in self.rules:
            found.setdefault(rule.id, []).append(rule)
        self._versions = {rule_id: _newest_first(versions) for rule_id, versions in found.items()}
        self.ids = frozenset(self._versions)

    def and_also(self, coming: Iterable[Rule]) -> "Rules":
        """These and more. Where a version with the same id has no end, it ends the day before the new one begins."""
        more = tuple(coming)
        starts = {rule.id: min(each.valid_from for each in more if each.id == rule.id) for rule in more}
        return Rules((*(_until(rule, starts.get(rule.id)) for rule in self.rules), *more))

    def versions_of(self, rule_id: str) -> tuple[Rule, ...]:
        """Every dated version of a rule, newest first. Raises UnknownRule."""
        try:
            return self._versions[rule_id]
        except KeyError:
            raise UnknownRule(rule_id) from None

    def current(self, rule_id: str) -> Rule:
        """The newest version of a rule, for its title and words where no date is asked. Raises UnknownRule."""
        return self.versions_of(rule_id)[0]

    def on(self, day: date) -> dict[str, Rule]:
        """The rules in force on a day, by id, in the order of the law."""
        return {rule.id: rule for rule in self.rules if rule.in_force(day)}


def _newest_first(versions: list[Rule]) -> tuple[Rule, ...]:
    newest_first = tuple(sorted(versions, key=lambda rule: rule.valid_from, reverse=True))
    for newer, older in pairwise(newest_first):
        if older.in_force(newer.valid_from):
            raise ValueError(f"Two versions of {newer.id!r} are in force on {newer.valid_from}.")
    return newest_first


def _until(rule: Rule, start: date | None) -> Rule:
    return rule.until(start) if start and rule.valid_to is None and rule.valid_from < start else rule
