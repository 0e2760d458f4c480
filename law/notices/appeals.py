"""Letters of mediation, appeals and orders. SEND Regulations 2014, regs 35, 38 and 42-45; HESC Rules 2008, r.21."""

from law.notices.shape import SEND, Notice, good_practice

NOTICES = (
    Notice(
        "mediation_health",
        "Health is in issue in a mediation",
        ("health",),
        ("mediation_issues", "health_provision_wanted"),
        f"{SEND}, reg 35",
        meets=("mediation.notify_commissioner",),
    ),
    Notice(
        "mediation_details",
        "Where and when the mediation is",
        ("family",),
        ("mediation_where_and_when", "mediation_who_comes"),
        f"{SEND}, reg 38",
        meets=("mediation.inform_details",),
    ),
    good_practice(
        "agreement_family",
        "What we agreed",
        ("family",),
        ("what_was_agreed", "done_by", "right_still_to_appeal"),
    ),
    Notice(
        "appeal_response",
        "Our answer to your appeal",
        ("family",),
        ("response_position", "child_views_found"),
        "HESC Rules 2008, r.21",
        meets=("appeal.la_response",),
    ),
    Notice(
        "appeal_not_opposed",
        "We do not oppose your appeal",
        ("family",),
        ("decision", "what_will_be_done", "done_by"),
        f"{SEND}, reg 45",
    ),
    Notice(
        "assessing_after_appeal",
        "We will assess",
        ("family",),
        ("decision", "who_is_asked", "ask_for_others", "named_officer"),
        f"{SEND}, regs 44(2)(b) and 45(3)",
    ),
    # No appeal pack: what the tribunal itself ordered is not open to a new appeal.
    Notice(
        "carried_out_family",
        "The plan as changed after your appeal",
        ("family",),
        ("plan", "amendment_dates", "how_order_was_kept"),
        f"{SEND}, regs 44-45",
    ),
    Notice(
        "carried_out_others",
        "The plan as changed after an appeal",
        ("setting", "health"),
        ("plan", "amendment_dates"),
        f"{SEND}, regs 44-45",
    ),
)
