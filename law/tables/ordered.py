"""What a tribunal can order, or an authority concede, and the limits each begins. SEND Regulations 2014, regs 44-45."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Ordered:
    """One kind of order or concession: the act that records it, the stage it leads to, what it starts."""

    act: str
    to: str
    starts: tuple[str, ...]
    words: str


ORDERED = (
    Ordered(
        "order_to_assess",
        "to_assess",
        ("order.assess_notify", "order.assess_no_plan", "order.assess_final"),
        "The tribunal ordered an assessment or a re-assessment",
    ),
    Ordered(
        "order_to_make_plan",
        "to_draft",
        ("order.make_plan_draft", "order.make_plan_final"),
        "The tribunal ordered that a plan be made",
    ),
    Ordered(
        "order_to_reconsider",
        "to_reconsider",
        ("order.reconsider",),
        "The tribunal sent the question of a plan back to the authority",
    ),
    Ordered(
        "order_on_content",
        "to_amend",
        ("order.amend_content",),
        "The tribunal ordered changes to what the plan says",
    ),
    Ordered(
        "order_on_placement",
        "to_amend",
        ("order.amend_placement",),
        "The tribunal ordered another setting or type of setting",
    ),
    Ordered(
        "order_on_both",
        "to_amend",
        ("order.amend_content", "order.amend_placement"),
        "The tribunal ordered changes to what the plan says and to the setting",
    ),
    Ordered("order_to_continue", "to_continue", ("order.continue",), "The tribunal ordered that the plan go on"),
    Ordered(
        "order_to_continue_and_amend",
        "to_amend",
        ("order.continue_and_amend",),
        "The tribunal ordered that the plan go on, with changes",
    ),
    Ordered(
        "order_that_plan_may_end",
        "to_cease",
        ("order.cease_dismissed",),
        "The tribunal dismissed the appeal against ending the plan",
    ),
)
RECOMMENDED = (
    Ordered(
        "receive_recommendation",
        "to_answer",
        ("order.recommendation_response",),
        "The tribunal made a recommendation about health or social care",
    ),
)
CONCEDED = (
    Ordered(
        "concede_assessment",
        "to_assess",
        ("unopposed.assess_notify", "unopposed.assess_no_plan", "unopposed.assess_final"),
        "The authority told the tribunal that it will assess or re-assess",
    ),
    Ordered(
        "concede_plan",
        "to_draft",
        ("unopposed.make_plan_draft", "unopposed.make_plan_final"),
        "The authority told the tribunal that it will make a plan",
    ),
    Ordered(
        "concede_content",
        "to_amend",
        ("unopposed.amend_content",),
        "The authority told the tribunal that it will change what the plan says, alone or with the setting",
    ),
    Ordered(
        "concede_placement",
        "to_amend",
        ("unopposed.placement_only",),
        "The authority told the tribunal that it will change the setting",
    ),
    Ordered(
        "concede_plan_goes_on",
        "to_continue",
        ("unopposed.cease",),
        "The authority told the tribunal that the plan goes on",
    ),
    Ordered(
        "concede_plan_goes_on_with_changes",
        "to_amend",
        ("unopposed.cease_and_amend",),
        "The authority told the tribunal that the plan goes on, with changes",
    ),
)
