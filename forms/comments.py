"""What one of a family says about a draft plan, as the single things the council owes an answer to. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass

from forms.conditions import Answers
from forms.definition import Form, question
from forms.paths import path
from forms.reading import lines
from forms.values import has_something

GROUP = "dr_sec[]"
ALONE = ("dr_front", "dr_missing", "dr_child", "dr_place", "dr_more", "dr_more_say")
SAID_YES = {"dr_pb": "yes", "dr_reports": "no"}  # choices that ask for something, and the one that does


@dataclass(frozen=True)
class Comment:
    """One thing that was said: where it stands, the place of the plan it is about ("" for the whole), its words."""

    path: str
    about: str
    asked: str
    words: tuple[str, ...]


def row_of(place: str) -> str:
    """The row in which a comment on a place of the plan stands: `nd[abc]` is abc, `pj_say` is pj-say, B is all-B."""
    if "[" in place:
        return place.partition("[")[2].removesuffix("]")
    return place.replace("_", "-") if "_" in place else f"all-{place}"


def comments(form: Form, answers: Answers, places: dict[str, str]) -> tuple[Comment, ...]:
    """Everything said that wants an answer, in the order of the form. `places` are the plan's, by `row_of`."""
    return tuple(_comments(form, answers, places))


def _comments(form: Form, answers: Answers, places: dict[str, str]) -> Iterator[Comment]:
    for row in answers.get(GROUP) or ():
        said = {cell: answers.get(path(f"dr_sec[].{cell}", row)) for cell in ("ok", "change", "why")}
        if said["ok"] not in ("change", "unsure"):
            continue
        choice = question(form, "dr_sec[].ok")
        words = (*lines(choice, said["ok"]), *(str(said[c]) for c in ("change", "why") if has_something(said[c])))
        yield Comment(f"dr_sec[{row}]", places.get(row, ""), "", words)
    for name in ALONE:
        asked = question(form, name)
        if has_something(answers.get(name)):
            yield Comment(name, "", asked.text, lines(asked, answers[name]) or (str(answers[name]),))
    for name, wants in SAID_YES.items():
        if answers.get(name) == wants:
            yield Comment(name, "", question(form, name).text, lines(question(form, name), wants))
