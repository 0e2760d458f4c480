"""Letters of reviews and of changes to a plan. SEND Regulations 2014, regs 18-22 and 28."""

from law.items import APPEAL_PACK, TIME_TO_COMMENT
from law.notices.shape import ACT, SEND, Notice, good_practice

NOTICES = (
    Notice(
        "review_invitation",
        "Invitation to the review meeting",
        ("invitees",),
        ("meeting_details", "asked_for_advice"),
        f"{SEND}, regs 20(3) and 21(3)",
        meets=("review.meeting_notice",),
    ),
    Notice(
        "review_papers",
        "Papers for the review meeting",
        ("invitees",),
        ("meeting_details", "advice_circulated"),
        f"{SEND}, regs 20(4) and 21(4)",
        meets=("review.circulate_advice",),
    ),
    good_practice(
        "review_put_off", "The review meeting is on another day", ("invitees",), ("meeting_details", "reasons")
    ),
    good_practice(
        "review_not_held", "The review meeting did not take place", ("invitees",), ("reasons", "what_happens_next")
    ),
    Notice(
        "review_report",
        "Report of the review meeting",
        ("invitees",),
        ("recommended_amendments", "differences_of_view"),
        f"{SEND}, regs 20(7)-(9) and 21(7)",
        meets=("review.report",),
    ),
    Notice(
        "review_keep",
        "The plan stays as it is",
        ("family",),
        ("decision", "reasons", *APPEAL_PACK),
        f"{SEND}, regs 20(10)-(11) and 32",
    ),
    Notice("review_keep_setting", "The plan stays as it is", ("setting",), ("decision",), f"{SEND}, reg 20(10)"),
    Notice(
        "review_change",
        "The plan will change",
        ("family",),
        ("decision", "plan", "proposed_amendments", "evidence", *TIME_TO_COMMENT),
        f"{SEND}, regs 20(10) and 22(2); R (L, M and P) v Devon CC [2022] EWHC 493 (Admin)",
    ),
    Notice("review_change_setting", "The plan will change", ("setting",), ("decision",), f"{SEND}, reg 20(10)"),
    Notice(
        "review_end",
        "The plan is to end",
        ("family",),
        ("decision", "reasons", "earliest_end_date", "provision_continues", *APPEAL_PACK),
        f"{ACT}, s.45(4); {SEND}, regs 20(10)-(11), 31(2)-(3) and 32",
    ),
    Notice(
        "review_end_others",
        "The plan is to end",
        ("setting", "health"),
        ("decision", "earliest_end_date", "provision_continues"),
        f"{SEND}, regs 20(10) and 31(2)",
    ),
    Notice(
        "amended_plan_family",
        "Amended final plan",
        ("family",),
        ("plan", "amendment_dates", "appealable_sections", *APPEAL_PACK),
        f"{SEND}, regs 22(3), 14 and 32",
    ),
    Notice(
        "amended_plan_others",
        "Amended final plan",
        ("setting", "health"),
        ("plan", "amendment_dates"),
        f"{SEND}, reg 22(3)",
    ),
    Notice(
        "not_amending",
        "The plan will not change after all",
        ("family",),
        ("decision", "reasons", *APPEAL_PACK),
        f"{SEND}, regs 22(4)-(5) and 32",
    ),
    Notice(
        "amendment_proposed",
        "We want to change the plan",
        ("family",),
        ("plan", "proposed_amendments", "evidence", *TIME_TO_COMMENT),
        f"{SEND}, regs 28 and 22(2)",
    ),
    good_practice("early_review", "We will review the plan early", ("family",), ("decision", "what_happens_next")),
    # No appeal lies against this.
    good_practice(
        "change_declined",
        "We will not change or review the plan now",
        ("family",),
        ("decision", "reasons", "other_ways", "disagreement_resolution", "sendiass"),
    ),
)
