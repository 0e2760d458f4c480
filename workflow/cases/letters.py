"""The words of letters: each item the law asks for, filled from the case and the authority's settings."""

from collections.abc import Callable
from datetime import date

from law.explain import say_date
from workflow.cases import letter_words
from workflow.cases.letter_facts import Facts

__all__ = ["ITEMS", "Facts", "compose"]


def compose(items: tuple[str, ...], facts: Facts, notice_id: str = "") -> dict[str, str]:
    """The text for each item. An item that cannot be filled is left out, so that the letter is refused."""
    texts = {item: facts.own.get(item) or _composed(item, facts, notice_id) for item in items}
    return {item: text for item, text in texts.items() if text}


def _composed(item: str, facts: Facts, notice_id: str) -> str:
    if item == "decision":
        return letter_words.decided(notice_id, facts)
    return ITEMS[item](facts) if item in ITEMS else ""


def _service(facts: Facts, key: str) -> str:
    given = facts.settings.get(key) or {}
    return ", ".join(str(given[part]) for part in ("name", "phone", "email") if given.get(part))


def _day(day: date | None) -> str:
    return say_date(day) if day else ""


def _considering(facts: Facts) -> str:
    by = f" We must tell you yes or no by {_day(facts.decide_by)}." if facts.decide_by else ""
    return (
        f"We are thinking about whether {facts.child} needs an education, health and care needs assessment. "
        f"The request reached us on {_day(facts.happened_on)}.{by}"
    )


def _support(facts: Facts) -> str:
    found = _service(facts, "sendiass")
    return f"You can get free, private advice that does not come from the council: {found}." if found else ""


def _appeal_limits(facts: Facts) -> str:
    if not facts.appeal_by:
        return ""
    return (
        f"The last day to appeal is {_day(facts.appeal_by)}, unless you get a mediation certificate later. You have "
        "two months from the date of this letter, or one month from the date of the mediation certificate, "
        "whichever is later."
    )


def _mediation_limits(facts: Facts) -> str:
    if not facts.mediation_by:
        return ""
    return f"To ask for mediation, contact the mediation adviser by {_day(facts.mediation_by)}."


def _if(found: str, text: str) -> str:
    return text.format(found) if found else ""


ITEMS: dict[str, Callable[[Facts], str]] = {
    "being_considered": _considering,
    "right_to_views": lambda f: (
        "You can tell us what you think and send us papers that help. You can do it in this service, by email, "
        "by letter or by phone. There is no form that you have to use."
    ),
    "advice_and_support": _support,
    "request_withdrawn": lambda f: (
        f"The request for an assessment of {f.child} has been withdrawn. We will do nothing more about it. "
        "Anyone can ask again at any time."
    ),
    "who_is_asked": lambda f: (
        "We will ask these people for advice: you; the head teacher, principal or early years provider; a health "
        "professional; an educational psychologist; social care; and anyone else we think is right."
    ),
    "ask_for_others": lambda f: (
        "You can ask us to get advice from somebody else as well. If it is reasonable, we must ask them. "
        "Tell us their name and how to reach them."
    ),
    "named_officer": lambda f: _if(
        ", ".join(part for part in (f.officer, _service(f, "officer")) if part), "Your contact here is {}."
    ),
    "right_of_appeal": lambda f: (
        "If you do not agree with this decision, you can appeal to the First-tier Tribunal (Special Educational "
        "Needs and Disability). It is separate from the council, and it is free."
    ),
    "appeal_time_limits": _appeal_limits,
    "mediation_right": lambda f: (
        "You can ask for mediation: a meeting with somebody independent who helps you and the council to agree. "
        "You do not have to take part in it."
    ),
    "mediation_certificate": lambda f: (
        "Before you appeal you need a mediation certificate. The mediation adviser gives it to you, whether or not "
        "you want mediation. You do not need one if your appeal is only about the school or college named."
    ),
    "mediation_adviser": lambda f: _if(_service(f, "mediation"), "The mediation adviser is {}."),
    "mediation_time_limits": _mediation_limits,
    "mediation_tell_council": lambda f: (
        "If you want mediation, tell us so, and what you do not agree about. If it is about health provision, "
        "tell us what health provision you want."
    ),
    "mediation_contact": lambda f: _if(_service(f, "officer"), "In the council, talk to {} about mediation."),
    "disagreement_resolution": lambda f: _if(
        _service(f, "disagreement"),
        "There is also a free service that helps to sort out disagreements: {}. You can use it at any time.",
    ),
    "sendiass": lambda f: _if(_service(f, "sendiass"), "For free, private advice and support, contact SENDIASS: {}."),
    "fifteen_days": lambda f: _if(_day(f.comment_by), "You have until the end of {} to comment."),
    "right_to_comment": lambda f: "You can tell us what you think of each change, in any way you like.",
    "right_to_request_setting": lambda f: "You can ask us to name a school or college in the plan.",
    "right_to_meeting": lambda f: "You can ask for a meeting with us about it.",
    "where_to_find_settings": lambda f: _if(
        str(f.settings.get("local_offer_url") or ""),
        "You can find schools and colleges in our local offer: {}.",
    ),
    "earliest_end_date": lambda f: _if(
        _day(f.earliest_end),
        "The plan cannot end before {}. If you appeal, it goes on until the appeal is over.",
    ),
    "provision_continues": lambda f: "Until then, all the help in the plan goes on.",
    **letter_words.ITEMS,
}
