"""The rules and the processes as plain values, for the command line and the API."""

from typing import Any

from law.rules import RULES
from law.rules.shape import Rule
from law.tables import PROCESSES
from law.tables.shape import Process


def rules() -> list[dict[str, Any]]:
    """Every dated version of every rule, in the order of the law."""
    return [_rule(rule) for rule in RULES]


def tables() -> dict[str, dict[str, object]]:
    """Every process by name: its stages, start, ends and transitions."""
    return {name: _process(process) for name, process in PROCESSES.items()}


def _rule(rule: Rule) -> dict[str, Any]:
    return {
        "id": rule.id,
        "title": rule.title,
        "needs": [list(keys) for keys in rule.needs],
        "also": [*rule.also, *rule.replaced_by],
        "method": rule.method,
        "duty": rule.duty,
        "owed_by": rule.owed_by,
        "owed_to": list(rule.owed_to),
        "standing": rule.standing,
        "citation": rule.citation,
        "mark": rule.mark,
        "exceptions": list(rule.exceptions),
        "note": rule.note,
        "valid_from": rule.valid_from.isoformat(),
        "valid_to": rule.valid_to.isoformat() if rule.valid_to else None,
    }


def _process(process: Process) -> dict[str, object]:
    return {
        "title": process.title,
        "stages": list(process.stages),
        "start": process.start,
        "ends": list(process.ends),
        "transitions": [
            {"from": line.from_, "act": line.act, "to": line.to, "roles": list(line.roles)}
            for line in process.transitions
        ],
    }
