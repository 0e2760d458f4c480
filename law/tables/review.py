"""The yearly review of a plan and what follows from it. SEND Regulations 2014, regs 18-22."""

from law.tables.shape import COUNCIL, DECIDERS, SCHOOL, Process, Transition, at

BEFORE_MEETING = ("review.meeting_notice", "review.circulate_advice")
AFTER_MEETING = ("review.report", "review.decide", "review.amend_notice")
AFTER_NOTICE = ("review.amend_representations", "review.amended_final", "review.decide_not_to_amend")
YEARLY = ("review.first", "review.annual")
COMPLETED = ("review.decide", *YEARLY)
APPEAL = ("appeal.lodge", "mediation.contact")
ARRANGERS = (*SCHOOL, "caseworker", "manager")

OPEN = ("waiting", "arranged", "held", "reported", "changing", "proposed")
# The law does not wait for the report; and until the family is told, a decision to change can be changed.
READY_TO_DECIDE = ("held", "reported", "changing")

TRANSITIONS = (
    Transition(
        "waiting",
        "begin",
        "waiting",
        (*COUNCIL, "system"),
        "The review was opened because a plan was made",
        records=("plan_made",),
        starts=("review.first",),
    ),
    Transition(
        "waiting",
        "begin_after_review",
        "waiting",
        (*COUNCIL, "system"),
        "The review was opened because the last review was completed",
        records=("last_review_completed",),
        starts=("review.annual",),
    ),
    *at(
        ("waiting", "arranged"),
        "arrange_meeting",
        "arranged",
        ARRANGERS,
        "The review meeting was arranged",
        records=("review_meeting",),
        starts=BEFORE_MEETING,
    ),
    Transition(
        "arranged",
        "send_invitations",
        "arranged",
        ARRANGERS,
        "Notice of the meeting was given to everyone invited",
        meets=("review.meeting_notice",),
        notices=("review_invitation",),
    ),
    Transition(
        "arranged",
        "circulate_advice",
        "arranged",
        ARRANGERS,
        "The papers for the meeting were sent to everyone invited",
        meets=("review.circulate_advice",),
        notices=("review_papers",),
    ),
    Transition(
        "arranged",
        "cancel_meeting",
        "waiting",
        ARRANGERS,
        "The review meeting was cancelled",
        voids=BEFORE_MEETING,
    ),
    Transition(
        "arranged",
        "hold_meeting",
        "held",
        ARRANGERS,
        "The review meeting was held",
        records=("review_meeting",),
        starts=AFTER_MEETING,
        voids=BEFORE_MEETING,
    ),
    Transition(
        "held",
        "set_meeting_aside",
        "waiting",
        DECIDERS,
        "The meeting was set aside, because the papers were not sent in time, and must be held again",
        voids=AFTER_MEETING,
    ),
    Transition(
        "held",
        "send_report",
        "reported",
        ARRANGERS,
        "The report of the meeting was sent to everyone invited",
        records=("review_report_sent",),
        meets=("review.report",),
        notices=("review_report",),
    ),
    *at(
        ("changing", "proposed"),
        "send_report",
        None,
        ARRANGERS,
        "The report of the meeting was sent to everyone invited",
        records=("review_report_sent",),
        meets=("review.report",),
        notices=("review_report",),
    ),
    *at(
        READY_TO_DECIDE,
        "decide_keep",
        "kept",
        DECIDERS,
        "The family was told that the plan stays as it is, and why",
        records=("last_review_completed", "decision_sent"),
        starts=APPEAL,
        meets=COMPLETED,
        voids=("review.report", "review.amend_notice"),
        notices=("review_keep", "review_keep_setting"),
    ),
    # A decision to change counts only when the family is told, and telling takes the changes themselves
    # (Devon): so deciding meets no limit, and sending the notice meets both.
    *at(
        ("held", "reported"),
        "decide_change",
        "changing",
        DECIDERS,
        "It was decided that the plan should change",
    ),
    *at(
        READY_TO_DECIDE,
        "decide_end",
        "ending",
        DECIDERS,
        "The family was told that the plan is to end, and why",
        records=("last_review_completed", "decision_sent"),
        starts=(*APPEAL, "cease.not_before"),
        meets=COMPLETED,
        voids=("review.report", "review.amend_notice"),
        notices=("review_end", "review_end_others"),
    ),
    Transition(
        "changing",
        "send_amend_notice",
        "proposed",
        (*COUNCIL,),
        "The family was told that the plan will change, and sent the plan, each change proposed and the evidence",
        records=("amend_notice_sent", "amend_notice_served", "last_review_completed"),
        starts=AFTER_NOTICE,
        meets=("review.amend_notice", *COMPLETED),
        notices=("review_change", "review_change_setting"),
    ),
    Transition(
        "proposed",
        "record_amend_notice_served",
        "proposed",
        (*COUNCIL, "system"),
        "The day the notice of changes reached the family was recorded",
        records=("amend_notice_served",),
    ),
    Transition(
        "proposed",
        "issue_amended",
        "amended",
        DECIDERS,
        "The amended final plan was issued",
        records=("amended_final_issued", "decision_sent"),
        starts=APPEAL,
        meets=("review.amended_final", "review.amend_representations"),
        voids=("review.decide_not_to_amend", "review.report"),
        notices=("amended_plan_family", "amended_plan_others"),
    ),
    Transition(
        "proposed",
        "decide_not_to_amend",
        "not_amended",
        DECIDERS,
        "The family was told that the plan will not change after all, and why",
        records=("decision_sent",),
        starts=APPEAL,
        meets=("review.decide_not_to_amend",),
        voids=("review.amended_final", "review.amend_representations", "review.report"),
        notices=("not_amending",),
    ),
    *at(
        OPEN,
        "close",
        "closed",
        ("manager", "system"),
        "The review was closed because the plan ended or moved to another authority",
        voids=(*YEARLY, *BEFORE_MEETING, *AFTER_MEETING, *AFTER_NOTICE),
    ),
)

REVIEW = Process(
    name="review",
    title="Review of a plan",
    stages={
        "waiting": "Waiting for a meeting",
        "arranged": "Meeting arranged",
        "held": "Meeting held",
        "reported": "Report sent",
        "changing": "To be changed",
        "proposed": "Changes proposed",
        "kept": "Plan kept as it is",
        "amended": "Plan changed",
        "not_amended": "Plan not changed",
        "ending": "Plan to end",
        "closed": "Closed",
    },
    start="waiting",
    ends=("kept", "amended", "not_amended", "ending", "closed"),
    transitions=TRANSITIONS,
)
