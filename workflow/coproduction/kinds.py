"""Which forms there are for what: the one place that knows them by name."""

from collections.abc import Mapping

REQUESTS = frozenset({"ehcna-req-parent", "ehcna-req-yp", "ehcna-req-setting"})
REPORTS = frozenset({"ar-0-13", "ar-14-25"})
MEETING = "ar-meeting"
INVITATION = "ar-invite"
EDUCATION_ADVICE = "advice-education"
CONSULTATION = "consult-response"
# Each replies to one request for advice in an assessment.
ADVICE = frozenset({EDUCATION_ADVICE, "advice-ep", "advice-health", "advice-social", "advice-other"})
ASKED_FOR = ADVICE | {CONSULTATION}  # replies to the council, to which no parent is asked
REPLY_TO = "advice"  # under which a form's facts name the request that it replies to
DECISION = "la-decision"
RECORDS = frozenset({"la-triage", DECISION})  # the council's own, which nobody else knows of
PLANS = frozenset({"ehcp-0-13", "ehcp-14-25"})  # written by the council from what everybody said
PLACE = "place"  # the section of a plan that stays blank until the final one
PLAN, PROVISION_MAP = "sen-support-plan", "provision-map"
KEPT = frozenset({PLAN, PROVISION_MAP})  # kept at a setting and worked on; sent nowhere
# Which kept forms can be linked to a form of the same setting.
USES: Mapping[str, tuple[str, ...]] = {"ehcna-req-setting": (PLAN, PROVISION_MAP), PROVISION_MAP: (PLAN,)}
# They belong to a setting whoever of its staff began them, so they outlive a member of staff.
OF_A_SETTING = REPORTS | KEPT | {"ehcna-req-setting", MEETING, INVITATION, EDUCATION_ADVICE, CONSULTATION}
# Written in by everybody who takes part in the form they lie beside, while it is being held.
TOGETHER = frozenset({MEETING})

PARENTS_VIEWS = "views-parent"
ON_A_DRAFT = "draft-response"  # what one of the family thinks of a draft plan
STAFF_VIEWS = "views-education"
ADVISERS_VIEWS = "ar-contribution"
EARLY = "aam-early"  # written by somebody who knows the child
CHILDS = ("aam-primary", "aam-secondary", "aam-16plus")  # written by the child or young person
SHOWS_HAPPINESS = {"aam-primary": "ap_ok"}  # where "I am happy with this" is kept as an answer

# The link questions that a form answers by being shared or sent.
_ABOUT_ME = ("vw_aam", "rv_child")
LINKS: Mapping[str, tuple[str, ...]] = {
    PARENTS_VIEWS: ("vw_parent", "rv_parent"),
    STAFF_VIEWS: ("rv_staff",),
    ADVISERS_VIEWS: ("rv_advice",),
    PLAN: ("tr_ssp",),
    PROVISION_MAP: ("tr_map",),
    MEETING: ("rv_who", "rv_summary", "rv_diff", "rv_act"),
    EARLY: _ABOUT_ME,
    **dict.fromkeys(CHILDS, _ABOUT_ME),
}


def about_me(age: int | None) -> str:
    """The All About Me for an age in years: the one to offer first; anyone may choose another."""
    if age is None:
        return "aam-primary"
    if age >= 16:
        return "aam-16plus"
    if age >= 11:
        return "aam-secondary"
    return "aam-primary" if age >= 5 else EARLY


def plan_for(year: int) -> str:
    """The layout of a plan: from Year 9 on it looks to adult life (SEND Regulations 2014, reg 12(3))."""
    return "ehcp-14-25" if year >= 9 else "ehcp-0-13"


def purpose_beside(root_form_id: str) -> str:
    """What a view beside a form is for: `asking` for an assessment, or a `review` of the plan."""
    return "review" if root_form_id in REPORTS else "asking"
