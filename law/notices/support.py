"""Letters without a plan: SEN support, top-up funding, a health body's notice, and people's details."""

from law.notices.shape import ACT, CODE, Notice, good_practice

NOTICES = (
    Notice(
        "support_begun",
        "Extra help has begun at school",
        ("family",),
        ("support_begun", "support_next", "advice_and_support"),
        f"{ACT}, s.68; {CODE}, 6.48",
        meets=("support.inform_family",),
    ),
    good_practice(
        "support_plan",
        "The plan for extra help",
        ("family",),
        ("support_plan", "review_day"),
        f"{CODE}, 6.49-6.51",
    ),
    good_practice(
        "support_review",
        "How the extra help is going",
        ("family",),
        ("support_results", "views_at_review", "support_next"),
        f"{CODE}, 6.53-6.54",
    ),
    good_practice("support_report", "Yearly report", ("family",), ("progress_report",), f"{CODE}, 6.64"),
    good_practice(
        "support_ended",
        "Extra help is no longer needed",
        ("family",),
        ("decision", "reasons", "advice_and_support"),
    ),
    good_practice(
        "topup_received",
        "We have your request for top-up funding",
        ("setting",),
        ("decision_day", "not_an_assessment"),
    ),
    good_practice("topup_agreed", "Top-up funding", ("setting",), ("decision", "funding_amount", "review_day")),
    good_practice(
        "topup_part_agreed",
        "Top-up funding in part",
        ("setting",),
        ("decision", "reasons", "funding_amount", "review_day", "not_an_assessment"),
    ),
    good_practice(
        "topup_refused",
        "No top-up funding",
        ("setting",),
        ("decision", "reasons", "look_again", "not_an_assessment"),
    ),
    good_practice("topup_ended", "Top-up funding ends", ("setting",), ("decision", "reasons", "last_paid_day")),
    good_practice(
        "health_notice_received",
        "We have your notice",
        ("health",),
        ("notice_received", "parent_told_first", "what_happens_next"),
        f"{ACT}, s.23",
    ),
    good_practice(
        "health_notice_family",
        "The NHS has told us about your child",
        ("family",),
        ("notice_explained", "right_to_views", "right_to_ask", "advice_and_support"),
        f"{ACT}, ss.19 and 23",
    ),
    good_practice(
        "health_notice_outcome_family",
        "What we will do after the notice from the NHS",
        ("family",),
        ("decision", "reasons", "right_to_ask", "advice_and_support"),
    ),
    good_practice("health_notice_outcome_health", "What we will do after your notice", ("health",), ("decision",)),
    good_practice("details_changed", "Your details have changed", ("family",), ("new_details",)),
    good_practice("details_not_changed", "Your details have not changed", ("family",), ("decision", "reasons")),
    good_practice(
        "turn_coming",
        "From this summer you decide",
        ("family",),
        ("turn_day", "turn_changes", "turn_parent", "help_to_decide"),
        f"{ACT}, ss.80 and 83(2); {CODE}, 8.13-8.18",
    ),
    good_practice(
        "turn_taken",
        "From today the young person decides",
        ("family",),
        ("turn_changes", "turn_parent", "help_to_decide"),
        f"{ACT}, ss.80 and 83(2); {CODE}, 8.13-8.18",
    ),
    good_practice(
        "turn_represented",
        "Who acts for the young person",
        ("family",),
        ("capacity_decision", "reasons", "representative", "advice_and_support"),
        f"{ACT}, s.80; SEND Regulations 2014, regs 64-65",
    ),
)
