"""Appeals the authority does not oppose. SEND Regulations 2014, reg 45, as substituted by SI 2015/359.

Only where the authority concedes before its response is due. No order is made: time runs from telling
the tribunal.
"""

from dataclasses import replace

from law.rules import order
from law.rules.shape import Mark, Rule
from law.rules.work import same_day

# The same acts, weeks and exceptions as an order; what differs is the start, the provision and who read it.
PROVISIONS: dict[str, tuple[str, str, Mark]] = {
    "order.assess_notify": ("unopposed.assess_notify", "reg 45(3)", "A"),
    "order.assess_no_plan": ("unopposed.assess_no_plan", "reg 45(3)-(3A)", "A"),
    "order.assess_final": ("unopposed.assess_final", "reg 45(3)-(3A)", "A"),
    "order.make_plan_draft": ("unopposed.make_plan_draft", "reg 45", "B"),
    "order.make_plan_final": ("unopposed.make_plan_final", "reg 45", "B"),
    "order.amend_content": ("unopposed.amend_content", "reg 45(4)", "A"),
    "order.amend_placement": ("unopposed.placement_only", "reg 45", "B"),
    "order.continue": ("unopposed.cease", "reg 45", "B"),
    "order.continue_and_amend": ("unopposed.cease_and_amend", "reg 45", "B"),
}
SAME_DAY = ("order.continue",)


def _conceded(rule: Rule) -> Rule:
    rule_id, provision, mark = PROVISIONS[rule.id]
    return replace(
        rule,
        id=rule_id,
        title=rule.title.replace("Order to", "Appeal not opposed: to"),
        needs=(("la_notified_tribunal",),),
        replaced_by=(),
        count=same_day("la_notified_tribunal") if rule.id in SAME_DAY else rule.count,
        citation=f"SEND Regulations 2014, {provision}",
        mark=mark,
    )


RULES = tuple(_conceded(rule) for rule in order.RULES if rule.id in PROVISIONS)
