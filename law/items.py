"""The things a letter may have to contain, each in plain words, and the blocks they come in."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Item:
    """One thing a letter must contain, in plain words."""

    id: str
    words: str


def _items(**words: str) -> dict[str, Item]:
    return {name: Item(name, text) for name, text in words.items()}


ITEMS = _items(
    being_considered="That an assessment is being considered",
    right_to_views="That you can say what you think and send papers that help",
    advice_and_support="Where to get advice and support",
    request_withdrawn="That the request has been withdrawn and nothing more will be done about it",
    decision="The decision",
    reasons="The reasons for the decision",
    who_is_asked="Who will be asked for advice",
    ask_for_others="How to ask for advice from somebody else",
    named_officer="The name of the officer to talk to",
    right_of_appeal="The right to appeal to the First-tier Tribunal (SEND)",
    appeal_time_limits="The last day to appeal, and the two-month and one-month rule",
    mediation_right="The right to ask for mediation",
    mediation_certificate="That a mediation certificate is needed before an appeal",
    mediation_adviser="How to reach the mediation adviser",
    mediation_time_limits="How long there is to ask for mediation",
    mediation_tell_council="What to tell the council if you want mediation: the issues, and any health provision "
    "wanted",
    mediation_contact="Who in the council to contact about mediation",
    disagreement_resolution="The disagreement resolution service",
    sendiass="The information, advice and support service (SENDIASS)",
    needs_provision_outcomes="A question about needs, about provision and about outcomes",
    family_views_sent="The family's views and the evidence they gave",
    reply_by="The day to reply by",
    plan="The plan",
    draft="The draft plan, with Section I left blank",
    advice_copies="Copies of the advice (Section K)",
    fifteen_days="At least 15 days to comment, with the last day printed",
    right_to_comment="The right to comment",
    right_to_request_setting="The right to ask that a school or college be named",
    right_to_meeting="The right to ask for a meeting",
    where_to_find_settings="Where to find schools and colleges",
    personal_budget="The right to ask for a personal budget",
    appealable_sections="That Sections B, F and I can be appealed",
    health_and_care_recommendations="That the tribunal can also be asked about health and social care",
    meeting_details="The date, time and place of the meeting",
    asked_for_advice="A request for written advice for the meeting",
    advice_circulated="The advice obtained for the meeting",
    recommended_amendments="The changes recommended",
    differences_of_view="Where people did not agree",
    proposed_amendments="Each change proposed to the plan",
    evidence="The evidence for the changes",
    amendment_dates="The date of the first plan and the date of the change",
    earliest_end_date="The earliest day the plan can end",
    provision_continues="That the help in the plan goes on until then",
)

MEDIATION_BLOCK = (
    "mediation_right",
    "mediation_certificate",
    "mediation_adviser",
    "mediation_time_limits",
    "mediation_tell_council",
    "mediation_contact",
)
APPEAL_PACK = (
    "right_of_appeal",
    "appeal_time_limits",
    *MEDIATION_BLOCK,
    "disagreement_resolution",
    "sendiass",
)
TIME_TO_COMMENT = (
    "fifteen_days",
    "right_to_comment",
    "right_to_request_setting",
    "right_to_meeting",
    "where_to_find_settings",
)
