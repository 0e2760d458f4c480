"""The life of a plan: reviews and changes, moving on, moving house, and the end."""

from web.dates.events.shape import (
    CERTIFICATE,
    TIME_TO_APPEAL,
    Event,
    Group,
    Question,
    choice_of_rule,
    letter,
)

THE_CHANGES_SENT = letter("amend_notice_sent")
THE_CHANGES_CAME = Question(("amend_notice_served",), "When did you get it?", "It may be the same day.")

REVIEWS = Group(
    "Reviews and changes",
    (
        Event(
            "made",
            "Our plan was made, and has not been reviewed yet",
            (letter("plan_made", label="What is the date on the final plan?"),),
            ("review.under5", "review.first"),
        ),
        Event(
            "reviewed",
            "Our plan was reviewed",
            (
                letter(
                    "last_review_completed",
                    label="What is the date on the council's letter after the review?",
                    hint="It says if the council will keep, change or end the plan. It is not the day of the meeting.",
                ),
            ),
            ("review.under5", "review.annual"),
        ),
        Event(
            "meeting",
            "There is a review meeting, or there was one",
            (Question(("review_meeting",), "What day is the meeting?"),),
            (
                "review.meeting_notice",
                "review.circulate_advice",
                "review.report",
                "review.decide",
                "review.amend_notice",
            ),
        ),
        Event(
            "kept",
            "The council decided: the plan stays as it is",
            (letter("decision_sent", "last_review_completed"), CERTIFICATE),
            (*TIME_TO_APPEAL, "review.annual"),
        ),
        Event(
            "changes",
            "After a review, the council sent the changes it wants to make",
            (
                THE_CHANGES_SENT,
                THE_CHANGES_CAME,
                Question(
                    ("review_meeting",),
                    "What day was the review meeting? (if you know)",
                    optional=True,
                ),
            ),
            ("review.amend_representations", "review.amended_final", "review.decide_not_to_amend"),
        ),
        Event(
            "changes-no-review",
            "The council wants to change the plan, and there was no review",
            (THE_CHANGES_SENT, THE_CHANGES_CAME),
            ("review.amend_representations", "amend.without_review"),
        ),
        Event(
            "changed",
            "We got the changed plan",
            (
                letter(
                    "decision_sent", "final_issued", label="What is the date on the letter that came with the plan?"
                ),
                CERTIFICATE,
            ),
            ("plan.secure", "plan.admit", *TIME_TO_APPEAL),
            note="The next yearly review counts from the last review, not from this letter. Choose “Our plan was "
            "reviewed” to see its date.",
        ),
        Event(
            "not-changed",
            "The council wrote that it will not change the plan after all",
            (letter("decision_sent"), CERTIFICATE),
            TIME_TO_APPEAL,
        ),
    ),
)

MOVING_ON = Group(
    "Moving on and moving house",
    (
        Event(
            "next-school",
            "Our child will move to the next school or college",
            (
                Question(("date_of_birth",), "Date of birth", "For example, 12 5 2016"),
                Question(
                    ("transfer_date",),
                    "If your child is not in the usual year for their age, when do they move?",
                    "Leave this empty if they are in the usual year.",
                    optional=True,
                ),
            ),
            ("age.compulsory_school_age_ends",),
            which="Which move is it?",
            choices=(
                choice_of_rule("start", "Starting school", "phase.early_years"),
                choice_of_rule("junior", "Infant school to junior school", "phase.infant_junior"),
                choice_of_rule("secondary", "Primary school to secondary school", "phase.secondary"),
                choice_of_rule("post16", "School to college or sixth form", "phase.post16"),
                choice_of_rule("middle", "Primary school to middle school", "phase.primary_middle"),
                choice_of_rule("upper", "Middle school to secondary school", "phase.middle_secondary"),
            ),
        ),
        Event(
            "next-college",
            "Moving from one college to another",
            (Question(("transfer_date",), "When is the move?"),),
            ("phase.post16_to_post16",),
        ),
        Event(
            "moved",
            "We have a plan, and moved to this council",
            (
                Question(("move_date",), "When did you move?", "If you have not moved yet, the day you will move."),
                Question(("old_la_aware",), "When did your old council know that you would move?"),
                Question(
                    ("plan_transferred",),
                    "When did the plan pass to the new council? (if you know)",
                    optional=True,
                ),
                Question(
                    ("last_review_completed",),
                    "What is the date on the letter after the last review? (if there was one)",
                    optional=True,
                ),
                Question(
                    ("plan_made",),
                    "If there was no review yet, what is the date on the plan?",
                    optional=True,
                ),
            ),
            ("move.transfer", "move.inform_family", "move.review"),
        ),
        Event(
            "moved-asking",
            "We moved to this council before there was a plan",
            (
                Question(
                    ("became_responsible",),
                    "When did this council take on your child?",
                    "Often the day you moved here.",
                ),
            ),
            (
                "assess.notify_considering",
                "move.during_assessment",
                "plan.decide_not_to_issue",
                "plan.issue_draft",
                "plan.finalise",
            ),
        ),
    ),
)

ENDING = Group(
    "Ending a plan",
    (
        Event(
            "may-end",
            "The council says that it may end the plan",
            (letter("ceasing_considered"),),
            ("cease.consult", "cease.under18", "cease.18plus", "cease.grounds_never"),
        ),
        Event(
            "will-end",
            "The council decided to end the plan",
            (letter("decision_sent"), CERTIFICATE),
            ("cease.notify", *TIME_TO_APPEAL, "cease.not_before"),
            note="If you appeal, the plan cannot end until the appeal is over.",
        ),
        Event(
            "longest",
            "How long can a plan last?",
            (
                Question(("date_of_birth",), "Date of birth", "For example, 12 5 2016"),
                Question(
                    ("course_ends",), "When does the course or training end? (not needed for a college)", optional=True
                ),
            ),
            which="Where does the young person learn?",
            choices=(
                choice_of_rule("college", "A college", "cease.age25_latest", setting="further_education_college"),
                choice_of_rule("other", "Somewhere else", "cease.age25_latest", setting="other"),
            ),
        ),
    ),
)
