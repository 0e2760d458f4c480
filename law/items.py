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
    plan_stays="That the plan stays in force, and all the help in it goes on",
    right_to_ask="That an assessment can be asked for at any time",
    what_happens_next="What happens next, and by when",
    # SEN support
    support_begun="That extra help has begun, and from when",
    support_next="What happens next",
    support_plan="The plan: what is hoped for, who does what, at school and at home",
    support_results="What came of each aim",
    views_at_review="What the child or young person and the family think",
    progress_report="How the child or young person is getting on",
    review_day="The day it will be looked at again",
    # Funding
    decision_day="The day on which there will be a decision",
    not_an_assessment="That this is not about an assessment, which can still be asked for",
    funding_amount="How much, for what, and from when",
    look_again="How to ask for the decision to be looked at again",
    last_paid_day="The last day that is paid for",
    # Health notices and details
    notice_received="The day the notice was received",
    parent_told_first="That the parent must have been told first, with a chance to talk it over",
    notice_explained="What the health body has told us, and why it must",
    new_details="The details as they are now, and who can see them",
    # Moves
    plan_transferred="That the plan has been transferred",
    whether_assess="Whether there will be an assessment",
    when_review="When the plan will be reviewed",
    plan_passed_on="That the plan was passed on, and on what day",
    new_council="How to reach the new council",
    which_move="Which move it is, and when",
    cut_off="The day by which the plan must name the next place",
    plan_not_admissions="That a place comes through the plan, not through school admissions",
    # Ending
    ending_considered="That ending the plan is being considered, and why",
    asked_for_comment="An invitation to say what you think",
    end_date="The day the plan ended",
    help_without_plan="What help there is without a plan",
    # Mediation and appeals
    mediation_issues="What the family does not agree with",
    health_provision_wanted="The health provision the family wants",
    mediation_where_and_when="Where and when the mediation is",
    mediation_who_comes="Who will come, and that they can settle it",
    what_was_agreed="What was agreed",
    done_by="The day by which it will be done",
    right_still_to_appeal="What can still be appealed, and until when",
    response_position="What the council opposes in the appeal, and why",
    child_views_found="The views of the child or young person, or why they could not be found out",
    what_will_be_done="What the council will now do",
    how_order_was_kept="How each part of the order was carried out",
    # Money
    budget_amount="How much the budget is",
    budget_for="Which help in the plan it is for",
    budget_ways="The ways in which it can be used, with or without direct payments",
    payment_conditions="What has to be agreed in writing before direct payments",
    right_to_review="The right to ask once for the decision to be looked at again",
    notice_day="The day from which it changes",
    provision_still_owed="That the council must still make sure of the help in the plan",
    other_ways="What else the family can ask for",
    # The young person takes over
    turn_day="The day from which the young person decides",
    turn_changes="What changes: letters, consent, requests and appeals",
    turn_parent="How parents can go on helping, if the young person wants it",
    help_to_decide="Where the young person can get help to decide",
    capacity_decision="What was decided about the capacity to decide, and how",
    representative="Who acts for the young person, and how to question it",
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
