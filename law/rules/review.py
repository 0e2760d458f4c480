"""Reviews and amendments. Children and Families Act 2014, s.44; SEND Regulations 2014, regs 18-22 and 28."""

from law import calendar
from law.facts import Facts
from law.rules.shape import Count, NoDate, Outcome, Rule, Worked
from law.rules.work import at_least_weeks_before, day

DEVON = "R (L, M and P) v Devon CC [2022] EWHC 493 (Admin)"


def _amended_final(facts: Facts) -> Outcome:
    """8 weeks from sending the notice, and never more than 12 weeks from the meeting. Reg 22(3); Devon."""
    from_notice = calendar.weeks(day(facts, "amend_notice_sent"), 8)
    if "review_meeting" not in facts:
        return Outcome(from_notice, "amend_notice_sent")
    from_meeting = calendar.weeks(day(facts, "review_meeting"), 12)
    if from_meeting < from_notice:
        return Outcome(
            from_meeting,
            "review_meeting",
            remark="The notice was sent more than 4 weeks after the meeting. A late notice gives no extra time.",
        )
    return Outcome(from_notice, "amend_notice_sent")


RULES = (
    Rule(
        id="review.first",
        title="First review of the plan",
        needs=(("plan_made",),),
        count=Count("months_from", 12),
        owed_by="authority",
        owed_to=("family",),
        citation="Children and Families Act 2014, s.44(1)(a)",
        mark="K",
        duty="The authority must complete the first review, including its decision letter.",
        family="The council must look at the plan again with you, and send you its decision.",
        note="An amendment without a review does not move it.",
    ),
    Rule(
        id="review.annual",
        title="Yearly review of the plan",
        needs=(("last_review_completed",),),
        count=Count("months_from", 12),
        owed_by="authority",
        owed_to=("family",),
        citation="Children and Families Act 2014, s.44(1)(b)",
        mark="K",
        duty="The authority must complete the next review, including its decision letter.",
        family="The council must look at the plan again with you, and send you its decision.",
        note="Runs from the last review, not from the amended final plan.",
    ),
    Rule(
        id="review.notify_schools_list",
        title="List of reviews due this term",
        needs=(("term_starts",),),
        count=at_least_weeks_before("term_starts", 2),
        owed_by="authority",
        owed_to=("setting", "health", "social_care"),
        citation="SEND Code of Practice 2015, 9.172",
        mark="B",
        standing="guidance",
        duty="The authority should tell head teachers and principals which pupils are due a review that term.",
        family="The council should tell schools and colleges whose plan needs a review this term.",
    ),
    Rule(
        id="review.meeting_notice",
        title="Invitations to the review meeting",
        needs=(("review_meeting",),),
        count=at_least_weeks_before("review_meeting", 2),
        owed_by="arranger",
        owed_to=("invitees",),
        citation="SEND Regulations 2014, regs 20(3) and 21(3)",
        mark="A",
        duty="Whoever arranges the meeting must give notice of its date.",
        family="You must be told the date of the meeting.",
    ),
    Rule(
        id="review.circulate_advice",
        title="Papers for the review meeting",
        needs=(("review_meeting",),),
        count=at_least_weeks_before("review_meeting", 2),
        owed_by="arranger",
        owed_to=("invitees",),
        citation="SEND Regulations 2014, regs 20(4) and 21(4)",
        mark="A",
        duty="Whoever arranges the meeting must obtain advice from those invited and circulate it.",
        family="You must be sent what other people have written for the meeting.",
        note="A meeting without papers sent in time is a flawed review: set it aside and hold it again.",
    ),
    Rule(
        id="review.report",
        title="Report of the review meeting",
        needs=(("review_meeting",),),
        count=Count("weeks", 2),
        owed_by="report_writer",
        owed_to=("invitees",),
        citation="SEND Regulations 2014, regs 20(7)-(9) and 21(7)",
        mark="A",
        duty="The report must be sent, with the amendments recommended and any differences of view.",
        family="A report of the meeting must be sent to you and to everyone who was invited.",
        note="Head teacher or principal where the setting is listed; otherwise the authority.",
    ),
    Rule(
        id="review.decide",
        title="Decision after the review",
        needs=(("review_meeting",),),
        count=Count("weeks", 4),
        owed_by="authority",
        owed_to=("family", "setting"),
        citation="SEND Regulations 2014, regs 20(10) and 21",
        mark="B",
        duty="The authority must notify whether it will maintain, amend or cease to maintain the plan.",
        family="The council must tell you if it will keep, change or end the plan.",
        note="From the meeting, not from the report.",
    ),
    Rule(
        id="review.amend_notice",
        title="Notice of the amendments proposed",
        needs=(("review_meeting",),),
        count=Count("weeks", 4),
        owed_by="authority",
        owed_to=("family",),
        citation=f"SEND Regulations 2014, regs 20(10) and 22(2); {DEVON}",
        mark="A",
        duty="If the plan is to be amended, the authority must send the plan, the actual amendments proposed and "
        "the evidence for them.",
        family="If the plan is to change, the council must show you each change and say why.",
        note="A letter saying only that it intends to amend does not comply.",
    ),
    Rule(
        id="review.amend_representations",
        title="The family's time to comment on the amendments",
        needs=(("amend_notice_served",),),
        count=Count("days_from", 15),
        owed_by="authority",
        owed_to=("family",),
        citation="SEND Regulations 2014, reg 22(2)(c)-(d)",
        mark="A",
        bearing="allowed",
        duty="The authority must give the family at least this long to comment, request a setting and ask for a "
        "meeting.",
        family="You can say what you think of the changes, ask for a school or college, and ask for a meeting.",
    ),
    Rule(
        id="review.amended_final",
        title="Amended final plan",
        needs=(("amend_notice_sent",),),
        also=("review_meeting",),
        count=Worked(
            _amended_final,
            "The date is the earlier of 8 weeks after the notice was sent and 12 weeks after the review meeting.",
            "There are 8 weeks from the day the changes were sent. The plan can never come later than 12 weeks after "
            "the meeting.",
        ),
        owed_by="authority",
        owed_to=("family", "setting", "health"),
        citation=f"SEND Regulations 2014, reg 22(3); {DEVON}",
        mark="A",
        duty="If the plan is to be amended, the authority must send the amended final plan.",
        family="If the plan is to change, the council must send you the changed plan.",
        note="An early notice brings the date forward.",
    ),
    Rule(
        id="review.decide_not_to_amend",
        title="Decision not to amend after all",
        needs=(("amend_notice_sent",),),
        count=Count("weeks", 8),
        owed_by="authority",
        owed_to=("family",),
        citation="SEND Regulations 2014, reg 22(4)",
        mark="A",
        duty="If the plan will not be amended after all, the authority must notify the family, with its reasons.",
        family="If the council will not change the plan after all, it must tell you and say why.",
        note="Appealable: Children and Families Act 2014, s.51(2)(e).",
    ),
    Rule(
        id="review.under5",
        title="Reviews for a child under 5",
        needs=(("last_review_completed",), ("plan_made",)),
        count=NoDate(
            "The Code gives no fixed day: consider a review every 3 to 6 months, besides the yearly one.",
            "There is no fixed day. The council should think about a review every 3 to 6 months.",
        ),
        owed_by="authority",
        owed_to=("family",),
        citation="SEND Code of Practice 2015, 9.178",
        mark="K",
        standing="guidance",
        duty="The authority should consider reviewing the plan of a child under 5 more often.",
        family="For a child under 5, the council should look at the plan more often.",
    ),
    Rule(
        id="amend.without_review",
        title="Amended final plan without a review",
        needs=(("amend_notice_sent",),),
        count=Count("weeks", 8),
        owed_by="authority",
        owed_to=("family", "setting", "health"),
        citation="SEND Regulations 2014, regs 28 and 22(3)",
        mark="K",
        duty="The authority must send the amended final plan, or notify that it will not amend.",
        family="The council must send you the changed plan, or tell you it will not change it.",
        note="Treated as if proposed after a review: the same notice, 15 days and 8 weeks.",
    ),
)
