"""What the law answers: a date, what governed it, and what became of every exception that was put forward."""

from datetime import date
from typing import NamedTuple

from law.rules.shape import Mark, Rule


class Finding(NamedTuple):
    """Whether one recorded exception was accepted, and the id of the sentence that says why."""

    type: str
    accepted: bool
    reason_id: str


class Due(NamedTuple):
    """One obligation computed from one trigger.

    `due` never moves for an exception. `act_by` is the last working day on or before it; where it is None,
    `act_by_reason` is the id of the sentence that says why. `aim_for` is an earlier day, safe on any reading.
    """

    rule: Rule
    trigger_key: str
    trigger_on: date
    due: date | None
    act_by: date | None
    act_by_reason: str = ""
    last_compliant_day: date | None = None
    aim_for: date | None = None
    exceptions_found: tuple[Finding, ...] = ()
    remark: str = ""

    @property
    def rule_id(self) -> str:
        """The id of the rule."""
        return self.rule.id

    @property
    def limit_disapplied(self) -> bool:
        """Whether an accepted exception has lifted the numeric limit. The duty itself goes on."""
        return any(finding.accepted for finding in self.exceptions_found)

    @property
    def citation(self) -> str:
        """The provision."""
        return self.rule.citation

    @property
    def mark(self) -> Mark:
        """How sure the text of the rule is: A, B or K."""
        return self.rule.mark

    @property
    def method(self) -> str:
        """The counting method in words."""
        return self.rule.method

    @property
    def statutory(self) -> bool:
        """Whether the period is law, not guidance or an internal target."""
        return self.rule.standing == "statutory"
