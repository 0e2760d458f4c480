"""Letters and notices as data: to whom, what each must contain, and under which provision."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Literal

from law.errors import UnknownNotice
from law.items import APPEAL_PACK, ITEMS, TIME_TO_COMMENT, Item

Audience = Literal["family", "setting", "health", "social_care", "advisers", "invitees"]

SEND = "SEND Regulations 2014"
ACT = "Children and Families Act 2014"


@dataclass(frozen=True, slots=True)
class Notice:
    """One letter. `meets` are the duties that sending it satisfies by itself."""

    id: str
    title: str
    to: tuple[Audience, ...]
    must_contain: tuple[str, ...]
    citation: str
    statutory: bool = True
    meets: tuple[str, ...] = ()


_ALL = (
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
        "final_plan_family",
        "Final plan",
        ("family",),
        ("plan", "appealable_sections", "health_and_care_recommendations", *APPEAL_PACK),
        f"{SEND}, regs 13(2), 14(2) and 32",
    ),
    Notice("final_plan_others", "Final plan", ("setting", "health"), ("plan",), f"{SEND}, reg 13(2)"),
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
)

NOTICES: dict[str, Notice] = {notice.id: notice for notice in _ALL}


def notice(notice_id: str) -> Notice:
    """One letter by id. Raises UnknownNotice."""
    try:
        return NOTICES[notice_id]
    except KeyError:
        raise UnknownNotice(notice_id) from None


def missing(notice_id: str, contents: Mapping[str, object] | Collection[str]) -> tuple[Item, ...]:
    """What a letter still lacks, in the order the letter is written; empty when it may be sent.

    contents: item ids to what fills them (blank does not count), or just the ids that are filled.
    Raises UnknownNotice.
    """
    if isinstance(contents, Mapping):
        filled = {item for item, value in contents.items() if value and str(value).strip()}
    else:
        filled = set(contents)
    return tuple(ITEMS[item] for item in notice(notice_id).must_contain if item not in filled)
