"""Letters about personal budgets and direct payments. Children and Families Act 2014, s.49; SI 2014/1652."""

from law.notices.shape import ACT, BUDGETS, Notice

NOTICES = (
    Notice(
        "budget_offer",
        "Your personal budget",
        ("family",),
        ("budget_amount", "budget_for", "budget_ways", "payment_conditions"),
        f"{ACT}, s.49; {BUDGETS}, regs 6 and 8",
        meets=("budget.prepare",),
    ),
    Notice(
        "budget_refused",
        "We cannot agree to your personal budget",
        ("family",),
        ("decision", "reasons", "right_to_review", "disagreement_resolution", "sendiass"),
        f"{ACT}, s.49; {BUDGETS}, reg 7",
        meets=("budget.prepare",),
    ),
    Notice(
        "budget_reconsidered",
        "We have looked again at our decision about the budget",
        ("family",),
        ("decision", "reasons", "disagreement_resolution", "sendiass"),
        f"{BUDGETS}, regs 7, 12 and 14",
    ),
    Notice("payments_raised", "Your payments go up", ("family",), ("decision", "budget_amount"), f"{BUDGETS}, reg 10"),
    Notice(
        "payments_less",
        "Your payments will be less or stop",
        ("family",),
        ("decision", "reasons", "notice_day", "right_to_review", "provision_still_owed"),
        f"{BUDGETS}, regs 12 and 14",
    ),
)
