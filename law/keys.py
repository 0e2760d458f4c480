"""The names of the facts that start or shape a rule, what each is, and how it is said."""

from dataclasses import dataclass
from typing import Literal

Kind = Literal["date", "bool", "int", "text"]


@dataclass(frozen=True, slots=True)
class Key:
    """One fact. `said` and `family` are whole sentences with a place for {date}."""

    name: str
    said: str = ""
    family: str = ""
    kind: Kind = "date"


def _keys(*keys: Key) -> dict[str, Key]:
    return {key.name: key for key in keys}


KEYS: dict[str, Key] = _keys(
    Key(
        "request_received",
        "The authority received the request for an assessment on {date}.",
        "On {date} the council got the request for an assessment.",
    ),
    Key(
        "became_responsible",
        "The authority became responsible for the child or young person on {date}.",
        "The council took on this child or young person on {date}.",
    ),
    Key(
        "decision_to_assess_notified",
        "The authority notified its decision to assess on {date}.",
        "On {date} the council said it will do an assessment.",
    ),
    Key(
        "advice_request_sent",
        "The request for advice was sent on {date}.",
        "On {date} the council asked for advice.",
    ),
    Key(
        "advice_request_received_by_body",
        "The body asked for advice received the request on {date}.",
        "The people asked for advice got the letter on {date}.",
    ),
    Key(
        "draft_served",
        "The draft plan was served on the family on {date}.",
        "You were given the draft plan on {date}.",
    ),
    Key("final_issued", "The final plan was issued on {date}.", "The council sent the final plan on {date}."),
    Key("plan_made", "The plan was made on {date}.", "The plan was made on {date}."),
    Key(
        "amended_final_issued",
        "The amended final plan was issued on {date}.",
        "The council sent the changed plan on {date}.",
    ),
    Key(
        "last_review_completed",
        "The last review was completed on {date}, the date of the decision notice.",
        "The last review ended on {date}. That is when the council sent its decision.",
    ),
    Key("review_meeting", "The review meeting is on {date}.", "The review meeting is on {date}."),
    Key(
        "review_report_sent",
        "The report of the review meeting was sent on {date}.",
        "The report of the review meeting was sent on {date}.",
    ),
    Key(
        "amend_notice_sent",
        "The notice of proposed amendments was sent on {date}.",
        "On {date} the council sent you the changes it wants to make.",
    ),
    Key(
        "amend_notice_served",
        "The notice of proposed amendments was served on the family on {date}.",
        "On {date} you were given the changes the council wants to make.",
    ),
    Key(
        "meeting_requested",
        "On {date} the family asked for a meeting about the draft.",
        "On {date} you asked for a meeting about the draft plan.",
    ),
    Key(
        "consultation_sent",
        "The setting was consulted on {date}.",
        "On {date} the council asked the school or college about a place.",
    ),
    Key("term_starts", "The term starts on {date}.", "The term starts on {date}."),
    Key("transfer_date", "The transfer is on {date}.", "The move to the next school or college is on {date}."),
    Key("date_of_birth", "The date of birth is {date}.", "The date of birth is {date}."),
    Key(
        "old_la_aware",
        "On {date} the old authority became aware of the move.",
        "On {date} the old council found out about the move.",
    ),
    Key("move_date", "The family moves on {date}.", "The family moves on {date}."),
    Key(
        "plan_transferred",
        "The plan was transferred to the new authority on {date}.",
        "The plan passed to the new council on {date}.",
    ),
    Key(
        "old_rcb_aware",
        "On {date} the old commissioning body became aware of the change.",
        "On {date} the old NHS body found out about the change.",
    ),
    Key(
        "new_rcb_aware",
        "On {date} the new commissioning body became aware of the change.",
        "On {date} the new NHS body found out about the change.",
    ),
    Key(
        "last_assessment_completed",
        "The last assessment was completed on {date}.",
        "The last assessment ended on {date}.",
    ),
    Key(
        "reassess_decision_notified",
        "The authority notified its decision to re-assess on {date}.",
        "On {date} the council said it will do a new assessment.",
    ),
    Key(
        "own_motion_decision",
        "On {date} the authority decided of its own motion to re-assess.",
        "On {date} the council chose to do a new assessment.",
    ),
    Key("decision_sent", "The decision was sent on {date}.", "The council sent its decision on {date}."),
    Key(
        "certificate_issued",
        "The mediation certificate was issued on {date}.",
        "Your mediation certificate is dated {date}.",
    ),
    Key(
        "family_told_adviser_no_mediation",
        "On {date} the family told the adviser that they will not mediate.",
        "On {date} you told the adviser that you do not want mediation.",
    ),
    Key(
        "family_told_la_wants_mediation",
        "On {date} the family told the authority that they want mediation.",
        "On {date} you told the council that you want mediation.",
    ),
    Key(
        "family_told_la_health_issue",
        "On {date} the family told the authority of a health issue for mediation.",
        "On {date} you told the council that the problem is about health.",
    ),
    Key("mediation_date", "The mediation is on {date}.", "The mediation is on {date}."),
    Key(
        "la_told_adviser_cannot_arrange",
        "On {date} the authority told the adviser that it cannot arrange mediation in time.",
        "On {date} the council said that it cannot set up mediation in time.",
    ),
    Key("mediation_concluded", "The mediation concluded on {date}.", "The mediation ended on {date}."),
    Key(
        "agreement_date",
        "The mediation agreement was made on {date}.",
        "On {date} you and the council agreed on what to do.",
    ),
    Key(
        "agreed_date_in_writing",
        "The parties agreed the date {date} in writing.",
        "You and the council agreed, in writing, that it must be done by {date}.",
    ),
    Key(
        "appeal_received_by_la",
        "The authority received the appeal on {date}.",
        "The council got your appeal on {date}.",
    ),
    Key(
        "tribunal_directed_date",
        "The tribunal directed the date {date}.",
        "The tribunal set the date {date}.",
    ),
    Key("order_made", "The tribunal made its order on {date}.", "The tribunal made its order on {date}."),
    Key(
        "order_received",
        "The authority received the order on {date}.",
        "The council got the order on {date}.",
    ),
    Key(
        "la_notified_tribunal",
        "On {date} the authority told the tribunal that it will not oppose the appeal.",
        "On {date} the council told the tribunal that it will not fight the appeal.",
    ),
    Key(
        "recommendation_made",
        "The tribunal made its recommendation on {date}.",
        "The tribunal gave its advice on {date}.",
    ),
    Key(
        "ceasing_considered",
        "On {date} the authority began to consider ceasing to maintain the plan.",
        "On {date} the council began to think about ending the plan.",
    ),
    Key(
        "budget_requested",
        "On {date} the family asked for a personal budget.",
        "On {date} you asked for a personal budget.",
    ),
    Key(
        "first_direct_payment",
        "The first direct payment was made on {date}.",
        "The first payment to you was made on {date}.",
    ),
    Key(
        "course_ends",
        "The course, training or apprenticeship ends on {date}.",
        "The course or training ends on {date}.",
    ),
    Key(
        "support_started",
        "SEN support began on {date}.",
        "Extra help at school or college began on {date}.",
    ),
    Key(
        "support_review_agreed",
        "The support plan is to be reviewed on {date}.",
        "The plan for extra help is to be looked at again on {date}.",
    ),
    Key(
        "parents_met",
        "The last meeting with parents was on {date}.",
        "Your last meeting about the extra help was on {date}.",
    ),
    Key(
        "progress_report_sent",
        "The last report to parents was sent on {date}.",
        "The last report to you was sent on {date}.",
    ),
    Key(
        "profile_next_look",
        "The One Page Profile gives {date} as the day to look at it again.",
        "The One Page Profile says to look at it again on {date}.",
    ),
    Key(
        "topup_decision_promised",
        "The authority gave {date} as the day of its decision.",
        "The council gave {date} as the day for its answer.",
    ),
    Key(
        "topup_review_agreed",
        "The top-up funding is to be reviewed on {date}.",
        "The extra money is to be looked at again on {date}.",
    ),
    Key(
        "health_notice_received",
        "On {date} the authority received a notice about the child from a health body.",
        "On {date} the council got a letter about your child from the NHS.",
    ),
    Key("attends_setting", kind="bool"),
    Key("section_i_only", kind="bool"),
    Key("out_of_cohort", kind="bool"),
    Key("transfer_year_group", kind="int"),
    Key("as_if_order", kind="text"),
    Key("setting", kind="text"),
)
