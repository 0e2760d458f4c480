"""The words of letters that the law fixes or the dates give, for every process but the assessment and the review.

What only a person can say (reasons, an amount, what was agreed) has no line here: whoever does the act writes it.
"""

from collections.abc import Callable
from datetime import timedelta

from law.explain import say_date
from law.tables import PROCESSES
from workflow.cases.letter_facts import Facts

# What was decided, where the letter itself says which way it went.
DECISIONS = {
    "will_assess_family": "{authority} will carry out an education, health and care needs assessment.",
    "will_assess_others": "{authority} will carry out an education, health and care needs assessment.",
    "refuse_to_assess_family": "{authority} will not carry out an education, health and care needs assessment.",
    "refuse_to_assess_others": "{authority} will not carry out an education, health and care needs assessment.",
    "no_plan_family": "{authority} has assessed {child} and will not make an education, health and care plan.",
    "no_plan_others": "{authority} has assessed and will not make an education, health and care plan.",
    "review_keep": "{authority} has decided to keep the plan as it is.",
    "review_keep_setting": "{authority} has decided to keep the plan as it is.",
    "review_end": "{authority} has decided to end the plan.",
    "review_end_others": "{authority} has decided to end the plan.",
    "not_amending": "{authority} has decided not to change the plan after all.",
    "early_review": "{authority} will review the plan early.",
    "change_declined": "{authority} will not change the plan now.",
    "will_reassess": "{authority} will carry out a new assessment of {child}.",
    "refuse_to_reassess": "{authority} will not carry out a new assessment of {child}.",
    "no_change": "After the new assessment, {authority} has decided that the plan stays as it is.",
    "phase_not_moving": "{child} will not move to the next phase of education this year.",
    "ending_family": "{authority} has decided to end the plan.",
    "ending_others": "{authority} has decided to end the plan.",
    "plan_goes_on": "{authority} has decided that the plan goes on.",
    "appeal_not_opposed": "{authority} does not oppose your appeal, and has told the tribunal so.",
    "assessing_after_appeal": "{authority} will carry out an education, health and care needs assessment.",
    "support_ended": "The extra help called SEN support has ended.",
    "topup_agreed": "{authority} agrees to the extra funding.",
    "topup_part_agreed": "{authority} agrees to part of the extra funding.",
    "topup_refused": "{authority} does not agree to the extra funding.",
    "topup_ended": "The extra funding ends.",
    "details_not_changed": "{authority} has not changed the details as you asked.",
    "budget_refused": "{authority} does not agree to the personal budget.",
    "payments_raised": "The direct payments go up.",
    "payments_less": "The direct payments will be less, or stop.",
}
CUT_OFFS = tuple(rule for line in PROCESSES["phase"].transitions for rule in line.starts if rule.startswith("phase."))


def decided(notice_id: str, facts: Facts) -> str:
    """The sentence that says what was decided; empty where only a person can say it."""
    return DECISIONS.get(notice_id, "").format(authority=facts.authority, child=facts.child)


def _on(words: str, day: object) -> str:
    return words.format(day) if day else ""


def _reply_by(facts: Facts) -> str:
    days = [facts.dues.get(rule) for rule in ("consult.setting", "advice.respond", "advice.respond_setting")]
    day = facts.reply_by or next(filter(None, days), None)
    return f"Please reply by {say_date(day)}." if day else ""


def _cut_off(facts: Facts) -> str:
    day = next(filter(None, (facts.dues.get(rule) for rule in CUT_OFFS)), None)
    return _on("By law the plan must name the next place before {}.", day and say_date(day))


def _turn_day(facts: Facts) -> str:
    last = facts.dues.get("age.compulsory_school_age_ends")
    return _on("From {} the young person decides.", last and say_date(last + timedelta(days=1)))


def _help_to_decide(facts: Facts) -> str:
    given = facts.settings.get("sendiass") or {}
    found = ", ".join(str(given[part]) for part in ("name", "phone", "email") if given.get(part))
    return _on("Free, private help to understand and to decide: {}. It is for young people too.", found)


def _payment_conditions(facts: Facts) -> str:
    return (
        "Before any direct payment we agree in writing what it pays for, how it is paid, what you keep a record of, "
        "and when we look at it together: within the first three months, and then at every review."
    )


ITEMS: dict[str, Callable[[Facts], str]] = {
    "needs_provision_outcomes": lambda f: (
        f"Please tell us what {f.child} needs, what help should be given to meet those needs, and what you hope "
        f"{f.child} will be able to do with it. Advise on what is needed, not on what there is."
    ),
    "reply_by": _reply_by,
    "right_to_ask": lambda f: "You can ask for an education, health and care needs assessment at any time.",
    "not_an_assessment": lambda f: (
        "This is about money for the setting. It is not a decision about an education, health and care needs "
        "assessment, which the family, the young person or the setting can ask for at any time."
    ),
    "notice_received": lambda f: _on("Your notice reached us on {}.", say_date(f.happened_on)),
    "parent_told_first": lambda f: (
        "By law the parent must have been told of your opinion before us, and given the chance to talk it over with "
        "an officer of yours. Please tell us at once if that has not happened."
    ),
    "plan_transferred": lambda f: (
        f"The plan passed to {f.authority} on {say_date(f.dates.get('plan_transferred', f.happened_on))}. "
        "It is our plan to carry out from that day, as if we had made it."
    ),
    "when_review": lambda f: _on(
        "We will review the plan by {}.", f.dues.get("move.review") and say_date(f.dues["move.review"])
    ),
    "plan_passed_on": lambda f: f"We passed the plan to your new council on {say_date(f.happened_on)}.",
    "plan_stays": lambda f: "The plan stays in force, and all the help in it goes on.",
    "cut_off": _cut_off,
    "plan_not_admissions": lambda f: (
        "A child with a plan gets a school or college place through the plan, and not through school admissions. "
        "You do not need to fill in an admissions form."
    ),
    "asked_for_comment": lambda f: (
        "Nothing is decided. Tell us what you think, in any way you like, and we will take it into account before "
        "we decide."
    ),
    "end_date": lambda f: f"The plan ended on {say_date(f.happened_on)}.",
    "amendment_dates": lambda f: _on(
        "The plan was first made on {}. It was changed on " + f"{say_date(f.happened_on)}.",
        f.plan_made and say_date(f.plan_made),
    ),
    "right_still_to_appeal": lambda f: (
        _on("What we did not agree on can still be appealed, until {}.", f.appeal_by and say_date(f.appeal_by))
        or "Whatever is left open can be taken to the tribunal as before; ask us or SENDIASS until when."
    ),
    "done_by": lambda f: _on("It will be done by {}.", f.done_by and say_date(f.done_by)),
    "budget_ways": lambda f: (
        "You can let us arrange the help and only say how, have a setting or somebody else hold the money, take "
        "direct payments and arrange it yourself, or mix these."
    ),
    "payment_conditions": _payment_conditions,
    "right_to_review": lambda f: "You can ask us once to look at this decision again, and tell us why.",
    "provision_still_owed": lambda f: (
        "The council must still make sure of all the help in the plan, whatever becomes of the payments."
    ),
    "turn_day": _turn_day,
    "turn_changes": lambda f: (
        "From that day letters come to the young person. It is the young person who says what they want, who can "
        "ask for things, agree to things, and appeal."
    ),
    "turn_parent": lambda f: (
        "Parents can go on helping in every way the young person wants: reading letters together, coming to "
        "meetings, writing things down. The young person says what may be shared."
    ),
    "help_to_decide": _help_to_decide,
}
