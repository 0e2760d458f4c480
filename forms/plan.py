"""A plan by its lettered sections, and what hangs loose in it: statements, needs, outcomes and provision. Pure.

A statement is a row of the plan's form (or a section's own words), named by its place: `nd[abc]`, `pj_say`.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

from forms.conditions import Answers
from forms.definition import Form
from forms.outcomes import look_at_provision
from forms.paths import path
from forms.thread import Loose
from forms.values import has_something

LETTERS = ("A", "B", "C", "D", "E", "F", "G", "H1", "H2", "I", "J", "K")
TITLES = {
    "A": "Views, interests and hopes",
    "B": "Special educational needs",
    "C": "Health needs",
    "D": "Social care needs",
    "E": "Outcomes",
    "F": "Special educational provision",
    "G": "Health provision",
    "H1": "Social care that the law says must be given",
    "H2": "Other social care",
    "I": "The school, college or other place",
    "J": "Personal budget",
    "K": "Advice and information",
}
FAMILY_TITLES = {
    "A": "What you and your child say and hope for",
    "B": "What is hard: learning and getting on",
    "C": "Health",
    "D": "Help at home and out and about",
    "E": "What we want to happen",
    "F": "Help with learning",
    "G": "Help from health",
    "H1": "Help from social care that must be given",
    "H2": "Other help from social care",
    "I": "The school or college",
    "J": "Money for help: a personal budget",
    "K": "Who told us what",
}
PERSON_TITLES = {
    **FAMILY_TITLES,
    "A": "What you say and hope for",
}
# The form's groups and own words, by letter where one letter is all they have.
GROUPS = {"pa[]": "A", "ou[]": "E", "ka[]": "K"}
WORDS = {
    "pa_found": "A", "pa_differ": "A", "oe_watch": "E", "pf_adult": "F", "pg_agreed": "G",
    "pi_name": "I", "pi_type": "I", "pi_course": "I", "pj_say": "J", "pj_meets": "J",
}  # fmt: skip
SAYS = {"pa[]": "pa[].says", "nd[]": "nd[].what", "ou[]": "ou[].can", "pv[]": "pv[].what", "ka[]": "ka[].what"}
_OF_PROVISION = {"f": "F", "g": "G", "h1": "H1", "h2": "H2"}
_OF_NEED = {"hl": "C", "sc": "D"}
# What makes provision specific enough to check, with the cells that say it.
SPECIFIC = {
    "who gives it": ("pv[].who",),
    "what is done": ("pv[].what",),
    "how often": ("pv[].times", "pv[].per"),
    "how long each time": ("pv[].mins",),
    "who checks": ("pv[].watch",),
}


@dataclass(frozen=True)
class Strand:
    """One need with the provision that meets it and the outcomes that provision works towards: row ids."""

    need: str
    letter: str
    provision: tuple[str, ...]
    outcomes: tuple[str, ...]


def letter_of(group: str, row: str, answers: Answers) -> str:
    """The section a row stands in. Needs without an area count as educational, provision without one too."""
    if group == "nd[]":
        return _OF_NEED.get(str(answers.get(path("nd[].area", row))), "B")
    if group == "pv[]":
        return _OF_PROVISION.get(str(answers.get(path("pv[].section", row))), "F")
    return GROUPS[group]


def statements(answers: Answers) -> Iterator[tuple[str, str]]:
    """(letter, place) of every statement that says something, in the order of the form."""
    for group, says in SAYS.items():
        for row in rows(group, answers):
            if has_something(answers.get(path(says, row))):
                yield letter_of(group, row, answers), f"{group[:-2]}[{row}]"
    for word, letter in WORDS.items():
        if has_something(answers.get(word)):
            yield letter, word


def says(place: str, answers: Answers) -> str:
    """What a statement says, in its own words."""
    if "[" not in place:
        return str(answers.get(place) or "")
    group, _, row = place.removesuffix("]").partition("[")
    return str(answers.get(path(SAYS[f"{group}[]"], row)) or "")


def strands(answers: Answers) -> tuple[Strand, ...]:
    """Every need, with what answers it, in the order of the form."""
    return tuple(_strand(need, answers) for need in rows("nd[]", answers))


def untied(answers: Answers) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Provision that meets no need, and outcomes that no provision of a need works towards: row ids."""
    tied = strands(answers)
    helped = {row for each in tied for row in each.provision}
    reached = {row for each in tied for row in each.outcomes}
    return (
        tuple(row for row in rows("pv[]", answers) if row not in helped),
        tuple(row for row in rows("ou[]", answers) if row not in reached),
    )


def loose(answers: Answers) -> tuple[Loose, ...]:
    """Everything with no thread: the place to put it right, and a sentence. Advice; it stops nothing."""
    return tuple(_loose(answers))


def unspecific(answers: Answers) -> tuple[Loose, ...]:
    """What provision does not say of who, what, how often, how long and who checks; and words that say little."""
    return tuple(_unspecific(answers))


def without_source(answers: Answers, sourced: Collection[str]) -> tuple[tuple[str, str], ...]:
    """(letter, place) of statements for which nobody can say where they come from. Sections I, J and K are the
    council's own."""
    return tuple(
        (letter, place)
        for letter, place in statements(answers)
        if place not in sourced and letter not in ("I", "J", "K") and place not in ("oe_watch", "pa_found")
    )


def blanked(form: Form, answers: Answers, section_id: str) -> dict[str, Any]:
    """The answers without those of one section."""
    inside = {asked.id for each in form.sections if each.id == section_id for asked in each.questions}
    return {at: value for at, value in answers.items() if at not in inside}


def rows(group: str, answers: Answers) -> tuple[str, ...]:
    """The ids of a group's rows, in order."""
    return tuple(answers.get(group) or ())


def _strand(need: str, answers: Answers) -> Strand:
    help_ = tuple(row for row in rows("pv[]", answers) if answers.get(path("pv[].need", row)) == need)
    wanted = {answers.get(path("pv[].outcome", row)) for row in help_}
    reached = tuple(row for row in rows("ou[]", answers) if row in wanted)
    return Strand(need, letter_of("nd[]", need, answers), help_, reached)


def _loose(answers: Answers) -> Iterator[Loose]:
    for number, each in enumerate(strands(answers), 1):
        at = path("nd[].what", each.need)
        if not each.provision:
            yield Loose(at, f"Need {number} has no provision.")
        if not each.outcomes:
            yield Loose(at, f"Need {number} leads to no outcome.")
    needs, outcomes = rows("nd[]", answers), rows("ou[]", answers)
    helped = {answers.get(path("pv[].outcome", row)) for row in rows("pv[]", answers)}
    for number, row in enumerate(outcomes, 1):
        if answers.get(path("ou[].hope", row)) not in rows("pa[]", answers):
            yield Loose(path("ou[].hope", row), f"Outcome {number} leads to no hope in Section A.")
        if row not in helped:
            yield Loose(path("ou[].can", row), f"Outcome {number} has no provision that works towards it.")
    for number, row in enumerate(rows("pv[]", answers), 1):
        if answers.get(path("pv[].need", row)) not in needs:
            yield Loose(path("pv[].need", row), f"Provision {number} meets no need.")
        if answers.get(path("pv[].outcome", row)) not in outcomes:
            yield Loose(path("pv[].outcome", row), f"Provision {number} works towards no outcome.")


def _unspecific(answers: Answers) -> Iterator[Loose]:
    for number, row in enumerate(rows("pv[]", answers), 1):
        missing = [
            name
            for name, cells in SPECIFIC.items()
            if not all(has_something(answers.get(path(cell, row))) for cell in cells)
        ]
        if missing:
            yield Loose(path("pv[].what", row), f"Provision {number} does not say {_listed(missing)}.")
        said = {part: answers.get(path(f"pv[].{part}", row)) for part in ("what", "who", "watch")}
        for remark in look_at_provision(said):
            yield Loose(path("pv[].what", row), f"Provision {number}: {remark.say}")


def _listed(names: list[str]) -> str:
    return " or ".join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else names[0]
