"""Letters of re-assessments, moves and changes of phase. SEND Regulations 2014, regs 15, 18, 23-27 and 32."""

from law.items import APPEAL_PACK
from law.notices.shape import SEND, Notice, good_practice

NOTICES = (
    Notice(
        "will_reassess",
        "We will re-assess",
        ("family",),
        ("decision", "who_is_asked", "ask_for_others", "named_officer"),
        f"{SEND}, regs 25(1) and 26",
    ),
    Notice(
        "refuse_to_reassess",
        "We will not re-assess",
        ("family",),
        ("decision", "reasons", *APPEAL_PACK),
        f"{SEND}, regs 25(2) and 32",
    ),
    Notice(
        "no_change",
        "The plan stays as it is after the re-assessment",
        ("family",),
        ("decision", "reasons", *APPEAL_PACK),
        f"Children and Families Act 2014, s.51(2)(e); {SEND}, regs 26-27 and 32",
    ),
    good_practice(
        "reassessment_taken_back",
        "Your request for a re-assessment has been taken back",
        ("family",),
        ("request_withdrawn", "plan_stays"),
    ),
    Notice(
        "plan_transferred",
        "Your plan has moved with you",
        ("family",),
        ("plan_transferred", "whether_assess", "when_review"),
        f"{SEND}, reg 15(4)",
        meets=("move.inform_family",),
    ),
    good_practice(
        "plan_passed_on",
        "Your plan has gone to your new council",
        ("family",),
        ("plan_passed_on", "new_council", "plan_stays"),
        f"{SEND}, reg 15(2)-(3)",
    ),
    good_practice(
        "phase_preferences",
        "Where would you like to go next?",
        ("family",),
        (
            "which_move",
            "cut_off",
            "right_to_request_setting",
            "where_to_find_settings",
            "plan_not_admissions",
            "reply_by",
        ),
        f"Children and Families Act 2014, ss.38-39; {SEND}, reg 18",
    ),
    good_practice("phase_not_moving", "Not moving this year", ("family",), ("decision", "reasons", "plan_stays")),
)
