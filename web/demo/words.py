"""What the invented people say. Plain, plausible, and about nobody."""

from datetime import date, timedelta
from typing import Any

from web.demo.children import Invented, Planned
from workflow.cases.plan_changing import Words
from workflow.cases.reviews import Outcome

ASK = (
    "Please send: the last two reviewed cycles of support with what changed, attendance for this year, and any report "
    "from the speech and language therapist."
)
KINDS = {"Acorns Nursery": "early-years", "Hartwell College": "college"}


def core(child: Invented) -> dict[str, Any]:
    """The core record."""
    return {
        "ch_first": child.first,
        "ch_last": child.last,
        "ch_known": child.first,
        "ch_dob": child.born,
        "ch_plan_before": "no",
    }


def request(child: Invented) -> dict[str, Any]:
    """A setting's request."""
    return {
        **core(child),
        "rq_ask": ["yes"],
        "rq_by": {"name": "The SENCO", "job": "SENCO", "organisation": child.school},
        "rq_setting_kind": KINDS.get(child.school, "school"),
        "rq_why_now": (
            f"{child.first} has had extra help for over a year. It has helped, but the gap with other children of the "
            "same age has grown since the summer."
        ),
        "rq_legal_sen": f"Yes. {child.first} finds it hard to follow spoken instructions and to join in with others.",
        "rq_legal_need": "The help that works needs more adults and more training than we can give from our own money.",
        "rq_urgent": ["none"],
        "rq_told_parent": "agree",
        "rq_told_parent_note": "We met twice this term. The family wants to add their own views.",
        "na_ci_good": f"{child.first} loves to tell stories to one person at a time.",
        "na_ci_hard": "Instructions with more than two steps are lost, several times in every lesson.",
        "na_cl_good": "A strong memory for facts about trains and weather.",
        "na_cl_hard": "Reading is about two years behind. Writing more than a sentence takes twenty minutes.",
        "na_semh_hard": "Leaves the room when it gets loud, about three times a week.",
        "na_semh_helps": "A quiet corner and five minutes with a known adult.",
        "at_say": "Progress has been slow and only with daily help from one adult.",
        "la_beyond": "Daily work with a trained adult, and regular visits from a speech and language therapist.",
        "de_name": "The SENCO",
        "de_role": "senco",
    }


def cycles(today: date) -> list[dict[str, Any]]:
    """Two reviewed cycles of Assess-Plan-Do-Review."""
    first, second = today - timedelta(days=220), today - timedelta(days=110)
    return [
        {
            "from": first.isoformat(),
            "to": (first + timedelta(days=90)).isoformat(),
            "aim": "To follow two-step instructions without help, four times out of five.",
            "did": "Picture cards with every instruction; a small group of four, three times a week, 20 minutes.",
            "result": "Two-step instructions now work two times out of five. It was one in five.",
            "parent": "yes",
        },
        {
            "from": second.isoformat(),
            "to": (second + timedelta(days=85)).isoformat(),
            "aim": "To read 40 common words by sight.",
            "did": "Ten minutes of reading one to one, every day, with a teaching assistant.",
            "result": "Reads 22 of the 40. Had 9 at the start.",
            "parent": "yes",
        },
    ]


def views(child: Invented) -> dict[str, Any]:
    """A parent's views."""
    return {
        "vp_alone": "one",
        "vp_great": f"{child.first} is kind and funny. People say the room is brighter with {child.first} in it.",
        "vp_good": "Remembering everything about trains. Looking after the cat.",
        "vp_important_to": "Knowing what will happen next. Time with Gran.",
        "vp_important_for": "Enough sleep, and a grown-up nearby when it is noisy.",
        "vp_story": "We first noticed at about two. Nursery helped a lot. School has been harder.",
        "vp_future_year": "To have one friend to play with, and to like going to school.",
        "vp_future_adult": "A job with trains, and a home of their own.",
    }


def about_me(child: Invented) -> dict[str, Any]:
    """All About Me, in the child's words."""
    return {
        "ap_who_sees": ["family", "teacher", "council"],
        "ap_called": child.first,
        "ap_good": "trains and drawing",
        "ap_like": "my cat. going on the bus",
        "ap_dislike": "when it is loud",
        "ap_hard": "writing and when people talk fast",
        "ap_help": "pictures and my quiet corner",
        "ap_worry": "new things",
        "ap_better": "swimming",
        "ap_ok": ["yes"],
    }


def parents_request(child: Invented) -> dict[str, Any]:
    """A parent's own request."""
    return {
        **core(child),
        "pq_ask": ["yes"],
        "pq_who": "Parent",
        "pq_care": "yes",
        "pq_hard": "Talking, and being with other children. Every morning before school is a struggle.",
        "pq_effect": "Cries before school most days. At home we never go anywhere new.",
        "pq_now": "A small group at school. It helps a bit.",
        "pq_where": "school" if child.school else "nursery",
        "pq_setting": child.school,
        "pq_before": "no",
        "de_name": child.parent,
        "de_role": "parent",
    }


def carer(child: Invented) -> dict[str, Any]:
    """The parent's own details, in the first row of parents and carers."""
    return {"name": child.parent, "rel": "Parent", "phone": "01632 960 200", "how": "email"}


def reasons(child: Invented) -> str:
    """Reasons, to the family."""
    if child.story != "refused":
        return (
            f"{child.first} has had good help from school, and still makes slow progress in reading and in following "
            "what is said. We need to find out what is behind this and what help is needed."
        )
    return (
        f"We read what you, {child.first} and the school told us. School's two cycles of support show good progress: "
        "from 9 to 22 words, and fewer times away from class. We think the school can go on with this from what it "
        "has. If progress stops over the next two terms, that would change our answer."
    )


def instead(child: Invented) -> str:
    """What happens now instead of an assessment."""
    if child.story != "refused":
        return ""
    return "The school will keep the daily reading, and our advisory teacher will visit each half-term."


def review(child: Planned, met: date) -> dict[str, Any]:
    """The short report of a review meeting."""
    keep = child.story != "changed"
    return {
        "rv_kind": "annual",
        "rv_date": met.isoformat(),
        "rv_who": "The family, the SENCO, the class teacher. The council officer sent apologies.",
        "rv_rec": "keep" if keep else "change",
        "rv_rec_why": (
            "The outcomes are still right and are being met in small steps."
            if keep
            else "Two outcomes are met. New ones are needed for independence and travel."
        ),
        "rv_next": (met + timedelta(days=330)).isoformat(),
        "rv_sign": {"name": "The head teacher"},
        "de_name": "The SENCO",
        "de_role": "senco",
    }


def outcome(story: str) -> Outcome:
    """The authority's decision after a review."""
    if story == "kept":
        return Outcome(
            "keep", "The report says that the help is working and that everyone wants it to go on. We agree."
        )
    return Outcome(
        "change",
        "The report shows that two outcomes have been met and that new ones are needed.",
    )


def changes() -> Words:
    """The changes to a plan that was made outside this service."""
    return Words(
        proposed="Section E: end outcomes 1 and 2; add an outcome about travelling alone on one bus route. "
        "Section F: add travel training, one hour a week for two terms, by a trained travel trainer.",
        evidence="The report of the review meeting and the family's views.",
        plan="A copy of the plan is enclosed.",
    )
