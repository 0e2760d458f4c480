"""The clause a reminder says: what kind of thing, never whose. A date follows it: "… by 3 June 2027"."""

from law.errors import UnknownRule
from law.rules import current

FAMILY = {
    "review.first": "A review meeting is due",
    "review.annual": "A review meeting is due",
    "plan.draft_representations": "Your views on a draft are asked for",
    "review.amend_representations": "Your views on proposed changes are asked for",
    "appeal.lodge": "If you want to appeal, the tribunal must have your appeal",
}

FAMILY_LATE = {
    "assess.decide": "We should have told you our decision",
    "plan.decide_not_to_issue": "We should have told you what comes next",
    "plan.finalise": "We should have sent you the final papers",
}

SETTING = {
    "review.first": "A review meeting is due",
    "review.annual": "A review meeting is due",
    "review.meeting_notice": "Invitations to a review meeting are due",
    "review.circulate_advice": "The papers for a review meeting are due",
    "review.report": "The report of a review meeting is due",
    "consult.setting": "Your reply to a consultation is asked for",
    "advice.respond": "Your advice is asked for",
    "advice.respond_setting": "Your advice is asked for",
}


def words_for(rule: str, audience: str, offset: int, others: int) -> dict[str, str]:
    """The words of a reminder: `audience`; `kind`, a whole clause; `more`, how many other dates of the same case the
    reader will find behind the link."""
    words = {"audience": audience, "kind": _clause(rule, audience, offset)}
    if others:
        words["more"] = str(others)
    return words


def _clause(rule: str, audience: str, offset: int) -> str:
    if audience == "family":
        if offset > 0:
            return FAMILY_LATE.get(rule, "We should have done something for you")
        return FAMILY.get(rule, "Something is due")
    if audience in ("setting", "adviser"):
        return SETTING.get(rule, f"{_title(rule)}: this is due")
    return _title(rule) if offset > 0 else f"{_title(rule)}: this is due"


def _title(rule: str) -> str:
    try:
        return current(rule).title
    except UnknownRule:
        return "A legal duty"
