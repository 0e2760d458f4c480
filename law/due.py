"""Ask the law for a date."""

from collections.abc import Mapping, Sequence
from datetime import date

from law import calendar
from law.answer import Due, Finding
from law.errors import BadTrigger, BeyondKnownHolidays
from law.exceptions import judge
from law.explain import explain, sentence
from law.facts import Facts, read
from law.rules import LAW
from law.rules.book import Rules
from law.rules.shape import Count, NoDate, Outcome, Rule
from law.rules.work import day

__all__ = ["Due", "Finding", "as_json", "compute"]


def compute(
    rule_id: str,
    trigger: Mapping[str, object],
    exceptions: Sequence[Mapping[str, object]] = (),
    rules: Rules = LAW,
) -> Due:
    """The date a rule gives for these facts, and what each recorded exception does to its limit.

    trigger: facts by their names in law.keys; dates as `date` or "YYYY-MM-DD". Facts the rule does not use
    are checked and ignored. exceptions: records with `type`, `impractical` and the dates their test needs.
    rules: today's law, unless another set is given; the date that triggers it chooses the version.
    Raises UnknownRule, BadTrigger, BadException, BeyondKnownHolidays.
    """
    versions = rules.versions_of(rule_id)
    facts = read(trigger)
    rule, outcome = _in_force(versions, facts)
    trigger_on = day(facts, outcome.trigger_key)
    act_by, reason = _act_by(rule, trigger_on, outcome.due)
    return Due(
        rule=rule,
        trigger_key=outcome.trigger_key,
        trigger_on=trigger_on,
        due=outcome.due,
        act_by=act_by,
        act_by_reason=reason,
        last_compliant_day=outcome.last_compliant_day,
        aim_for=_working_day_to_aim_for(outcome.aim_for),
        exceptions_found=tuple(judge(rule, trigger_on, outcome.due, record) for record in exceptions),
        remark=outcome.remark,
    )


def as_json(due: Due) -> dict[str, object]:
    """The public answer: plain values only, dates as "YYYY-MM-DD"."""
    answer: dict[str, object] = {
        "rule": due.rule_id,
        "due": _iso(due.due),
        "act_by": _iso(due.act_by),
        "limit_disapplied": due.limit_disapplied,
        "explanation": explain(due).text,
        "citation": due.citation,
        "statutory": due.statutory,
        "trigger": {"key": due.trigger_key, "on": due.trigger_on.isoformat()},
        "exceptions": [
            {"type": finding.type, "accepted": finding.accepted, "reason": sentence(finding.reason_id)}
            for finding in due.exceptions_found
        ],
    }
    if due.act_by_reason:
        answer["act_by_reason"] = sentence(due.act_by_reason)
    if due.last_compliant_day:
        answer["last_compliant_day"] = due.last_compliant_day.isoformat()
    return answer


def _in_force(versions: tuple[Rule, ...], facts: Facts) -> tuple[Rule, Outcome]:
    """The version whose life covers the date that triggers it."""
    missing: BadTrigger | None = None
    for rule in versions:
        try:
            outcome = _work_out(rule, facts)
        except BadTrigger as error:
            missing = missing or error
            continue
        anchor = _anchor(outcome, facts)
        if rule.in_force(anchor):
            return rule, outcome
    if missing:
        raise missing
    first = versions[-1]
    raise BadTrigger(first.needs[0][0], f"{first.id!r} was not in force on the date given.")


def _anchor(outcome: Outcome, facts: Facts) -> date:
    """The date that chooses the version. A birthday starts nothing: what follows from it is used."""
    if outcome.trigger_key == "date_of_birth" and outcome.due:
        return outcome.due
    return day(facts, outcome.trigger_key)


def _work_out(rule: Rule, facts: Facts) -> Outcome:
    key = _governing(rule, facts)
    for fixed in rule.replaced_by:
        if fixed in facts:
            return Outcome(day(facts, fixed), fixed)
    if isinstance(rule.count, Count):
        return Outcome(calendar.METHODS[rule.count.method](day(facts, key), rule.count.number), key)
    return Outcome(None, key) if isinstance(rule.count, NoDate) else rule.count.work(facts)


def _governing(rule: Rule, facts: Facts) -> str:
    """The first key of the first combination that is fully known."""
    for keys in rule.needs:
        if facts.keys() >= set(keys):
            return keys[0]
    wanted = " or ".join(" and ".join(repr(key) for key in keys) for keys in rule.needs)
    raise BadTrigger(rule.needs[0][0], f"{rule.id!r} needs {wanted}.")


def _act_by(rule: Rule, trigger_on: date, due: date | None) -> tuple[date | None, str]:
    """The last working day on or before the date, or why there is none."""
    if due is None:
        return None, "act_by.no_date"
    if rule.bearing in ("earliest", "fact"):
        return None, "act_by.not_a_deadline"
    try:
        act_by = calendar.last_working_day_on_or_before(due)
    except BeyondKnownHolidays:
        return None, "act_by.holidays_unknown"
    if act_by < trigger_on <= due:
        return None, "act_by.no_working_day"
    return act_by, ""


def _working_day_to_aim_for(aim: date | None) -> date | None:
    try:
        return calendar.last_working_day_on_or_before(aim) if aim else None
    except BeyondKnownHolidays:
        return aim


def _iso(on: date | None) -> str | None:
    return on.isoformat() if on else None
