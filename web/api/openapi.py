"""The OpenAPI document of the interface. Rule ids, facts and exceptions come from `law`, so it cannot lag behind."""

from functools import cache
from typing import Any

from law import exceptions
from law.keys import KEYS
from law.rules import RULE_IDS, RULES

Schema = dict[str, Any]

DAY: Schema = {"type": "string", "format": "date", "pattern": r"^\d{4}-\d{2}-\d{2}$"}
DAY_OR_NONE: Schema = {**DAY, "type": ["string", "null"]}
YES_OR_NO: Schema = {"oneOf": [{"type": "boolean"}, {"enum": ["true", "yes", "1", "false", "no", "0"]}]}
KINDS: dict[str, Schema] = {
    "date": DAY,
    "bool": YES_OR_NO,
    "int": {"oneOf": [{"type": "integer"}, {"type": "string", "pattern": r"^\d{1,4}$"}]},
    "text": {"type": "string", "minLength": 1},
}


@cache
def document() -> Schema:
    """The whole document."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Statutory dates for education, health and care plans in England",
            "version": "1",
            "description": "Ask the law for a date. Nothing that is sent is kept.",
        },
        "servers": [{"url": "/api/v1"}],
        "paths": {"/law/due": {"post": _due()}},
        "components": {
            "schemas": {"Question": _question(), "Exception": _exception(), "Answer": _answer(), "Error": _error()}
        },
    }


def _due() -> Schema:
    return {
        "operationId": "lawDue",
        "summary": "One date, with its reasons",
        "requestBody": {"required": True, "content": _json("Question")},
        "responses": {
            "200": {
                "description": "The date. `due` is null where the law gives no number.",
                "content": _json("Answer"),
            },
            "413": {"description": "The question is too large.", "content": _json("Error")},
            "415": {"description": "The question is not JSON.", "content": _json("Error")},
            "422": {"description": "The question cannot be answered, and why.", "content": _json("Error")},
            "429": {
                "description": "Asked too often.",
                "headers": {"Retry-After": {"schema": {"type": "integer"}, "description": "Seconds to wait."}},
                "content": _json("Error"),
            },
        },
    }


def _json(schema: str) -> Schema:
    return {"application/json": {"schema": {"$ref": f"#/components/schemas/{schema}"}}}


def _object(properties: Schema, *required: str, **more: Any) -> Schema:
    return {
        "type": "object",
        "properties": properties,
        "required": list(required),
        "additionalProperties": False,
        **more,
    }


def _rule() -> Schema:
    return {"type": "string", "enum": sorted(RULE_IDS), "description": _needs()}


def _needs() -> str:
    """Which facts each rule needs, as a list that reads in any viewer."""
    rows = {rule.id: " or ".join(" and ".join(keys) for keys in rule.needs) for rule in RULES}
    return "What each rule needs:\n\n" + "\n".join(f"* `{rule}`: {needs}" for rule, needs in sorted(rows.items()))


def _question() -> Schema:
    facts = {name: {**KINDS[key.kind], **_described(key.said)} for name, key in KEYS.items()}
    records = {"type": "array", "items": {"$ref": "#/components/schemas/Exception"}, "default": []}
    return _object({"rule": _rule(), "trigger": _object(facts), "exceptions": records}, "rule", "trigger")


def _described(said: str) -> Schema:
    return {"description": said.replace("{date}", "this day")} if said else {}


def _exception() -> Schema:
    """A type the law does not list is answered, and refused with its reason: so any word will do."""
    known = {"type": "string", "minLength": 1, "examples": sorted(exceptions.TESTS)}
    given = {"type": known, **dict.fromkeys(exceptions.FLAGS, YES_OR_NO), **dict.fromkeys(exceptions.DATES, DAY)}
    return {"type": "object", "properties": given, "required": ["type"]}


def _answer() -> Schema:
    finding = _object(
        {"type": {"type": "string"}, "accepted": {"type": "boolean"}, "reason": {"type": "string"}},
        "type",
        "accepted",
        "reason",
    )
    return _object(
        {
            "rule": {"type": "string", "enum": sorted(RULE_IDS)},
            "due": {**DAY_OR_NONE, "description": "The last day. No exception moves it."},
            "act_by": {**DAY_OR_NONE, "description": "The last working day on or before it."},
            "act_by_reason": {"type": "string", "description": "Why there is no day to act by."},
            "last_compliant_day": DAY,
            "limit_disapplied": {"type": "boolean", "description": "Whether an exception lifts the limit."},
            "explanation": {"type": "string", "minLength": 1},
            "citation": {"type": "string", "minLength": 1},
            "statutory": {"type": "boolean", "description": "Law; otherwise guidance or a target."},
            "trigger": _object({"key": {"type": "string", "enum": sorted(KEYS)}, "on": DAY}, "key", "on"),
            "exceptions": {"type": "array", "items": finding},
        },
        *("rule", "due", "act_by", "limit_disapplied", "explanation", "citation", "statutory", "trigger"),
        "exceptions",
    )


def _error() -> Schema:
    return _object({"error": {"type": "string", "description": "One sentence."}}, "error")
