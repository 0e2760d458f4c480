"""The words of letters about a plan: what the law wants said of a draft, a final plan, or that there will be none."""

from collections.abc import Mapping, Sequence
from typing import Any

from forms.dates import in_words
from forms.paths import path
from forms.values import has_something

ATTACHED = {
    "attached": "with this letter",
    "not-attached": "listed, not attached",
    "not-received": "asked for, not come",
}


CHANGED = (
    "The plan goes with this letter, with each change we propose in it. Open it from here, or find it in the envelope: "
    "what it says now stands beside what it would say."
)


def draft(child: str, answers: Mapping[str, Any]) -> dict[str, str]:
    """What a letter with a draft plan says. CFA 2014, s.38; SEND Regulations 2014, reg 13(1)."""
    return {
        "draft": (
            f"The draft plan for {child} goes with this letter. Open it from here, or find it in the envelope. "
            "Section I, the school or college, is left blank: by law a draft does not name one."
        ),
        "advice_copies": f"Copies of the advice the draft is built on (Section K) go with it:\n{papers(answers)}",
        "right_to_comment": (
            "You can tell us what you think of each part: what is right, what should change, and what is missing. "
            "Do it beside each part in this service, or in any other way you like. We answer each thing you say. "
            "Saying nothing does not mean that you agree."
        ),
        "right_to_meeting": "You can ask to meet us about it. If you do, we do not finish the plan before we have met.",
        "personal_budget": (
            "You can ask for a personal budget: money that is set out for some of the help in the plan. "
            "Now is one of the times you can ask."
        ),
    }


def final(child: str, place: str) -> dict[str, str]:
    """What a letter with a final plan says. SEND Regulations 2014, regs 13(2) and 14(2)."""
    return {
        "plan": f"The final plan for {child} goes with this letter. Section I names: {place}.",
        "appealable_sections": (
            "You can appeal about what the plan says of special educational needs (Section B), of the help for them "
            "(Section F) and of the school, college or type of place (Section I), or that no place is named."
        ),
        "health_and_care_recommendations": (
            "If you appeal about education, you can ask the tribunal to look at health and social care in the plan "
            "too (Sections C, D, G and H). It can recommend changes to them."
        ),
    }


def final_for_others(authority: str) -> dict[str, str]:
    """What the place named and the health body are told."""
    return {
        "plan": (
            f"{authority} has issued a final education, health and care plan that concerns you. It goes with this "
            "letter, or you can open it here. A school or college named in Section I must admit the child or young "
            "person where s.43 of the Children and Families Act 2014 applies to it; the health commissioner must "
            "arrange what Section G says (s.42)."
        )
    }


def consulting(preferred: bool, advice: Sequence[str]) -> dict[str, str]:
    """What a setting is asked, with the draft and the advice. CFA 2014, ss.39(2)-(4), 40(2) and 38(5)."""
    asked = "The family asked for your setting to be named. " if preferred else ""
    test = (
        "It must be named unless it is unsuitable for the age, ability, aptitude or needs of the child or young "
        "person, or would be incompatible with the efficient education of others or the efficient use of resources "
        "(s.39(4)). Please tell us the facts for this child under each. "
        if preferred
        else "Please tell us whether you could make the provision in Section F, and the facts for this child. "
    )
    return {
        "draft": (
            f"We are making an education, health and care plan and must consult you. {asked}{test}"
            "The draft goes with this letter, or you can open it here. Section I is left blank. Your reply is not an "
            "offer of a place, and the council decides."
        ),
        "advice_copies": "Copies of the advice go with it:\n" + "\n".join(f"– {each}" for each in advice)
        if advice
        else "No advice has come yet. What comes while you are asked, you can open here.",
    }


def outcome(named: bool) -> str:
    """What a setting that was consulted is told in the end. It is not told which other is named."""
    if named:
        return "The final plan has been issued, and it names your setting. You get the plan itself with another letter."
    return (
        "The final plan has been issued, and it does not name your setting. You can no longer read the draft. Please "
        "destroy any copy of it and of the advice that came with it."
    )


def papers(answers: Mapping[str, Any]) -> str:
    """Section K in lines, each with whose it is, when it came and whether it goes with the plan."""
    return "\n".join(_paper(row, answers) for row in answers.get("ka[]") or ()) or "No advice has been listed."


def _paper(row: str, answers: Mapping[str, Any]) -> str:
    said = {cell: answers.get(path(f"ka[].{cell}", row)) for cell in ("what", "who", "got", "with")}
    parts = [str(said[cell]) for cell in ("what", "who") if has_something(said[cell])]
    if has_something(said["got"]):
        parts.append(in_words(str(said["got"])))
    if said["with"] in ATTACHED:
        parts.append(ATTACHED[str(said["with"])])
    return "– " + ", ".join(parts)
