"""Letters about ending a plan, or not ending it. CFA 2014, s.45(4); SEND Regulations 2014, regs 31-32."""

from law.items import APPEAL_PACK
from law.notices.shape import ACT, SEND, Notice, good_practice

NOTICES = (
    Notice(
        "considering_ending_family",
        "We are thinking about ending the plan",
        ("family",),
        ("ending_considered", "asked_for_comment", "reply_by", "provision_continues", "advice_and_support"),
        f"{SEND}, reg 31(1)",
        meets=("cease.consult",),
    ),
    Notice(
        "considering_ending_setting",
        "The plan may end",
        ("setting",),
        ("ending_considered", "asked_for_comment", "reply_by", "provision_continues"),
        f"{SEND}, reg 31(1)",
    ),
    Notice(
        "ending_family",
        "The plan is to end",
        ("family",),
        ("decision", "reasons", "earliest_end_date", "provision_continues", *APPEAL_PACK),
        f"{ACT}, s.45(4); {SEND}, regs 31(2)-(3) and 32",
    ),
    Notice(
        "ending_others",
        "The plan is to end",
        ("setting", "health"),
        ("decision", "earliest_end_date", "provision_continues"),
        f"{SEND}, reg 31(2)",
    ),
    good_practice("plan_goes_on", "The plan goes on", ("family", "setting"), ("decision", "plan_stays")),
    good_practice(
        "plan_ended_family",
        "The plan has ended",
        ("family",),
        ("end_date", "help_without_plan", "right_to_ask", "advice_and_support"),
    ),
    good_practice("plan_ended_others", "The plan has ended", ("setting", "health"), ("end_date",)),
)
