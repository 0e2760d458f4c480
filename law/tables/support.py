"""SEN support in a setting: assess, plan, do, review, and again. SEND Code of Practice 2015, 6.44-6.65."""

from law.tables.shape import COUNCIL, FAMILY, SCHOOL, Process, Transition, at

ALL_ALONG = ("support.meet_parents", "support.report", "support.profile")
EVERYTHING = ("support.inform_family", "support.review", *ALL_ALONG)
OPEN = ("assessing", "planned", "reviewed")

TRANSITIONS = (
    Transition(
        "not_started",
        "begin",
        "assessing",
        SCHOOL,
        "SEN support began",
        records=("support_started",),
        starts=("support.inform_family", "support.meet_parents", "support.report"),
        notices=("support_begun",),
    ),
    *at(
        OPEN,
        "tell_family",
        None,
        (*SCHOOL, "system"),
        "The family was told that SEN support has begun",
        meets=("support.inform_family",),
    ),
    *at(
        ("assessing", "reviewed", "planned"),
        "agree_plan",
        "planned",
        SCHOOL,
        "The support plan and the day of its review were agreed with the family",
        records=("support_review_agreed",),
        starts=("support.review",),
        notices=("support_plan",),
    ),
    Transition(
        "planned",
        "hold_review",
        "reviewed",
        SCHOOL,
        "The support was reviewed with the family and the child or young person",
        meets=("support.review",),
        notices=("support_review",),
    ),
    Transition("reviewed", "assess_again", "assessing", SCHOOL, "A new cycle of support began with a fresh look"),
    # Three of the duties go round with the school year, not with the cycle: each time one is kept, the next begins.
    *at(
        OPEN,
        "meet_parents",
        None,
        SCHOOL,
        "Parents were met about the support",
        records=("parents_met",),
        starts=("support.meet_parents",),
    ),
    *at(
        OPEN,
        "send_report",
        None,
        SCHOOL,
        "The yearly report on progress was sent to parents",
        records=("progress_report_sent",),
        starts=("support.report",),
        notices=("support_report",),
    ),
    *at(
        OPEN,
        "agree_profile",
        None,
        SCHOOL,
        "The One Page Profile was agreed, with the day to look at it again",
        records=("profile_next_look",),
        starts=("support.profile",),
    ),
    *at(OPEN, "ask_specialist", None, SCHOOL, "Advice was asked of a specialist"),
    *at(
        OPEN,
        "correct_start_date",
        None,
        SCHOOL,
        "The date SEN support began was corrected",
        records=("support_started",),
    ),
    *at(
        OPEN,
        "ask_for_top_up",
        None,
        SCHOOL,
        "Top-up funding was asked for; the support goes on",
        opens=("topup",),
    ),
    *at(
        OPEN,
        "ask_for_assessment",
        None,
        (*FAMILY, *SCHOOL),
        "An assessment for a plan was asked for; the support goes on",
        opens=("assessment",),
    ),
    Transition(
        "reviewed",
        "step_down",
        "stepped_down",
        SCHOOL,
        "It was agreed with the family that everyday teaching is enough, and SEN support ended",
        voids=EVERYTHING,
        notices=("support_ended",),
    ),
    *at(
        OPEN,
        "make_way_for_plan",
        "plan_made",
        (*COUNCIL, "system"),
        "An education, health and care plan was made and took the place of the support plan",
        voids=EVERYTHING,
    ),
    *at(
        OPEN,
        "pass_on",
        "moved_on",
        SCHOOL,
        "The child or young person moved on, and the support plan was passed to the next setting",
        voids=EVERYTHING,
    ),
)

SUPPORT = Process(
    name="support",
    title="SEN support",
    stages={
        "not_started": "Not started",
        "assessing": "Looking at needs",
        "planned": "Plan at work",
        "reviewed": "Reviewed",
        "stepped_down": "No longer needed",
        "plan_made": "Replaced by a plan",
        "moved_on": "Moved on",
    },
    start="not_started",
    ends=("stepped_down", "plan_made", "moved_on"),
    transitions=TRANSITIONS,
)
