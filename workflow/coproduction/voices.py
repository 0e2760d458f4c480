"""Who may read an answer. Decided when it is written, kept with it, and obeyed by every reader."""

from collections.abc import Mapping
from typing import Any

from forms.definition import Form, Question

# The boxes of `ap_who_sees` and its sisters, in the words of the form, to the readers they let in.
CHILDS_CHOICE = {
    "my-family": "family",
    "my-teacher": "setting",
    "people-who-help-me": "advisers",
    "the-council-people-who-help": "authority",
}
WHO_SEES = "_who_sees"


def audience(form: Form, asked: Question, role: str, answers: Mapping[str, Any]) -> list[str]:
    """The readers of a new answer, by the form's voice and the question's sensitivity.

    What is about somebody else, whereabouts, safeguarding and offences go no further than those who wrote
    the form and the authority; a child's answers go where the child said.
    """
    if form.voice_of(asked) == "child":
        return childs_audience(form, answers)
    own = _own_side(form, role)
    if set(asked.sensitivity) & {"TP", "LOC", "SG", "CO"}:
        return sorted({own, "authority"})
    return sorted({own, *form.audience_default})


def _own_side(form: Form, role: str) -> str:
    """The readers who are always there: those on the writer's own side of the form."""
    if form.voice != "shared":
        return "owner"
    return "setting" if role in ("senco", "head", "teacher") else "family"


def childs_audience(form: Form, answers: Mapping[str, Any]) -> list[str]:
    """Where a child said their answers may go. Nothing ticked: only the child."""
    ticked = next((answers[path] for path in answers if path.endswith(WHO_SEES)), None) or []
    return sorted({"owner", *(CHILDS_CHOICE[choice] for choice in ticked if choice in CHILDS_CHOICE)})
