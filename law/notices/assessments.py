"""Letters of an assessment: from considering one to the final plan. SEND Regulations 2014, regs 4-14."""

from law.items import APPEAL_PACK, TIME_TO_COMMENT
from law.notices.shape import ACT, SEND, Notice

NOTICES = (
    Notice(
        "considering_family",
        "We are considering an assessment",
        ("family",),
        ("being_considered", "right_to_views", "advice_and_support"),
        f"{ACT}, s.36(7); {SEND}, reg 9",
        meets=("assess.notify_considering",),
    ),
    Notice(
        "considering_others",
        "An assessment is being considered",
        ("health", "social_care", "setting"),
        ("being_considered",),
        f"{SEND}, reg 4(2)",
        meets=("assess.notify_others",),
    ),
    Notice(
        "withdrawn_family",
        "Your request has been withdrawn",
        ("family",),
        ("request_withdrawn",),
        "Good practice",
        statutory=False,
    ),
    Notice(
        "will_assess_family",
        "We will assess",
        ("family",),
        ("decision", "who_is_asked", "ask_for_others", "named_officer"),
        f"{SEND}, reg 5(1) and 6(1)(h)",
    ),
    Notice(
        "will_assess_others",
        "There will be an assessment",
        ("health", "social_care", "setting"),
        ("decision",),
        f"{SEND}, reg 5(2)",
    ),
    Notice(
        "refuse_to_assess_family",
        "We will not assess",
        ("family",),
        ("decision", "reasons", *APPEAL_PACK),
        f"{ACT}, s.36(5); {SEND}, regs 5(3) and 32",
    ),
    Notice(
        "refuse_to_assess_others",
        "There will be no assessment",
        ("health", "social_care", "setting"),
        ("decision",),
        f"{SEND}, reg 5(2)",
    ),
    Notice(
        "advice_request",
        "Please give your advice",
        ("advisers",),
        ("needs_provision_outcomes", "family_views_sent", "reply_by"),
        f"{SEND}, regs 6(1), 6(3) and 8(1)",
        meets=("advice.request",),
    ),
    Notice(
        "no_plan_family",
        "We will not make a plan",
        ("family",),
        ("decision", "reasons", *APPEAL_PACK),
        f"{ACT}, s.36(9); {SEND}, regs 10(3) and 32",
    ),
    Notice("no_plan_others", "No plan will be made", ("health", "setting"), ("decision",), f"{SEND}, reg 10(2)"),
    Notice(
        "draft_plan",
        "Draft plan",
        ("family",),
        ("draft", "advice_copies", *TIME_TO_COMMENT, "personal_budget"),
        f"{ACT}, s.38; {SEND}, reg 13(1)",
    ),
    Notice(
        "consult_setting",
        "Could you meet this plan?",
        ("setting",),
        ("draft", "advice_copies", "reply_by"),
        f"{ACT}, ss.39(2) and 40(2)",
    ),
    Notice(
        "consult_outcome",
        "The plan you were consulted about",
        ("setting",),
        ("decision",),
        f"{ACT}, ss.39, 40 and 43",
    ),
    Notice(
        "final_plan_family",
        "Final plan",
        ("family",),
        ("plan", "appealable_sections", "health_and_care_recommendations", *APPEAL_PACK),
        f"{SEND}, regs 13(2), 14(2) and 32",
    ),
    Notice("final_plan_others", "Final plan", ("setting", "health"), ("plan",), f"{SEND}, reg 13(2)"),
)
