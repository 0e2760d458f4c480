"""Asking for a plan, from the request to the final plan; and asking for a new assessment."""

from web.dates.events.shape import (
    CERTIFICATE,
    COUNCIL_GOT_IT,
    COUNCIL_GOT_IT_IF_KNOWN,
    TIME_TO_APPEAL,
    Event,
    Group,
    Question,
    letter,
)

FROM_REQUEST = ("plan.decide_not_to_issue", "plan.issue_draft", "plan.finalise")
CONSIDERING = ("assess.notify_considering", "assess.consult", "assess.notify_others")

ASKING = Group(
    "Asking for a plan",
    (
        Event(
            "request",
            "The council got a request for an assessment",
            (COUNCIL_GOT_IT,),
            (*CONSIDERING, "assess.decide", "assess.refuse", *FROM_REQUEST),
        ),
        Event(
            "will-assess",
            "We got a letter: there will be an assessment",
            (letter("decision_to_assess_notified"), COUNCIL_GOT_IT_IF_KNOWN),
            ("advice.request", *FROM_REQUEST),
        ),
        Event(
            "will-not-assess",
            "We got a letter: there will be no assessment",
            (letter("decision_sent"), CERTIFICATE),
            TIME_TO_APPEAL,
        ),
        Event(
            "draft",
            "We got the draft plan",
            (
                Question(("draft_served",), "When did you get the draft plan?"),
                Question(
                    ("meeting_requested",),
                    "If you asked for a meeting about the draft, when did you ask?",
                    "Leave this empty if you did not ask.",
                    optional=True,
                ),
                COUNCIL_GOT_IT_IF_KNOWN,
            ),
            ("plan.draft_representations", "plan.meeting", "plan.finalise"),
        ),
        Event(
            "no-plan",
            "We got a letter: there will be no plan",
            (letter("decision_sent"), CERTIFICATE),
            TIME_TO_APPEAL,
        ),
        Event(
            "final",
            "We got the final plan",
            (
                letter(
                    "decision_sent",
                    "final_issued",
                    "plan_made",
                    label="What is the date on the letter that came with the plan?",
                ),
                CERTIFICATE,
            ),
            ("plan.secure", "plan.admit", *TIME_TO_APPEAL, "review.first"),
            note="This is for a first plan. For a plan that was changed, go back and choose “We got the changed plan”.",
        ),
    ),
)

AGAIN = Group(
    "Asking for a new assessment, when there is a plan",
    (
        Event(
            "reassess",
            "The council got a request for a new assessment",
            (
                COUNCIL_GOT_IT,
                Question(
                    ("last_assessment_completed",),
                    "When did the last assessment end? (if you know)",
                    optional=True,
                ),
            ),
            ("reassess.decide", "reassess.bar"),
        ),
        Event(
            "will-reassess",
            "We got a letter: there will be a new assessment",
            (letter("reassess_decision_notified"),),
            ("advice.request", "reassess.no_change", "reassess.finalise"),
        ),
        Event(
            "will-not-reassess",
            "We got a letter: there will be no new assessment",
            (letter("decision_sent"), CERTIFICATE),
            TIME_TO_APPEAL,
        ),
    ),
)
