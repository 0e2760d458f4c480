"""Who may read an answer: the rule, by the form's voice, the kind of question and what people have chosen.

It is worked out here and nowhere else, and kept on what it is about by `readers` alone.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from forms.definition import Form, Question, section_of
from forms.paths import parse_path
from workflow.access.office import CASEWORKER

NO_FURTHER = frozenset({"TP", "LOC", "SG", "CO"})  # than whoever writes the form and the authority
RESTRICTED = frozenset({"SG", "CO"})  # at the authority, for the case's own caseworker
HELPER = "helper"  # the section of a child's form where a grown-up says how they helped
_ROW = re.compile(r"\[([A-Za-z0-9-]+)\]")


@dataclass(frozen=True)
class Chosen:
    """What people have chosen about who reads a form: whom a child lets in, and whom single rows are kept for."""

    child: frozenset[str] = frozenset()
    rows: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def of_row(self, path: str) -> frozenset[str]:
        """Whom the row that an answer stands in is kept for; nobody where nothing was chosen."""
        return self.rows.get(row_of(path), frozenset())


def chosen(form: Form, said: Iterable[tuple[str, Any]]) -> Chosen:
    """What answers (path, value) to the questions that say who reads have chosen; any others are passed over.

    Of two versions of one answer, what either keeps back is kept back.
    """
    deciding = {asked.id: asked for asked in form.deciding}
    child: frozenset[str] | None = None
    rows: dict[str, frozenset[str]] = {}
    for path, value in said:
        asked = deciding.get(_ROW.sub("[]", path))
        if asked is None:
            continue
        ticked = value if isinstance(value, list) else [value]
        readers = frozenset(asked.lets_in[each] for each in ticked if each in asked.lets_in)
        if "[" not in path:
            child = readers if child is None else child & readers
        elif readers:
            rows[row_of(path)] = readers & rows.get(row_of(path), readers)
    return Chosen(child or frozenset(), rows)


def deciders(form: Form, paths: Iterable[str]) -> set[str]:
    """The paths of the answers that say who reads the answers at these paths."""
    rows = {row_of(path) for path in paths} - {""}
    found = set()
    for asked in form.deciding:
        group, in_row, cell = asked.id.rpartition("[].")
        found |= {f"{row}.{cell}" for row in rows if top(row) == group} if in_row else {asked.id}
    return found


def audience(form: Form, path: str, role: str, choices: Chosen) -> list[str]:
    """The readers of an answer that somebody in this role begins.

    What is about somebody else, whereabouts, safeguarding and offences go no further than those who wrote the form
    and the authority; there, safeguarding and offences are for the case's own caseworker. A child's answers go
    where the child said, and a row where its giver said.
    """
    section, asked = section_of(form, parse_path(path).id)
    sensitive = frozenset(asked.sensitivity)
    if form.voice_of(asked) == "child":
        readers = {"owner", *choices.child}
        if section.id == HELPER and "TP" in sensitive:
            readers &= {"owner", "authority"}  # who the helper is, the other parent and the school need not know
    elif kept_for := choices.of_row(path):
        readers = {_own_side(form, path, role), *kept_for}
    else:
        readers = {_own_side(form, path, role), *({"authority"} if sensitive & NO_FURTHER else form.audience_default)}
    # The council's own records are written by all of its staff: they are nobody else's, and no caseworker's alone.
    return sorted(_narrowed(readers) if sensitive & RESTRICTED and form.voice != "authority" else readers)


def of_fact(asked: Question | None, said_as: str) -> list[str]:
    """The readers of a fact on a child's record that somebody in this role has said."""
    sensitive = frozenset(asked.sensitivity) if asked else NO_FURTHER
    if not sensitive & NO_FURTHER:
        return ["authority", "family", "setting"]
    readers = {"setting" if said_as in ("senco", "head") else "owner", "authority"}
    return sorted(_narrowed(readers) if sensitive & RESTRICTED and asked else readers)


def _narrowed(readers: set[str]) -> set[str]:
    return readers - {"authority"} | {CASEWORKER} if "authority" in readers else readers


def _own_side(form: Form, path: str, role: str) -> str:
    """The readers who are always there: those on the writer's own side of the form. Rows whose giver says who reads
    them are given by whoever the form belongs to, so that a choice means the same whoever touches the row next."""
    if form.voice != "shared":
        return "owner"
    return "setting" if role in ("senco", "head", "teacher") or deciders(form, [path]) else "family"


def withholdable(form: Form) -> frozenset[str]:
    """The readers whom the owner of a form may keep out, answer by answer: of a family's own form, the setting.

    Not the council, which has to consider everything it is sent, and not those it asks for advice, who must
    be given copies of it (SEND Regulations 2014, reg 6(3)).
    """
    if form.voice != "view" or form.written_by != "family":
        return frozenset()
    return frozenset({"setting"}) & frozenset(form.audience_default)


def top(path: str) -> str:
    """The question on the page that an answer belongs to: `fi` of `fi[]` and of `fi[r1].by`."""
    return path.split("[")[0]


def row_of(path: str) -> str:
    """The outermost row that an answer stands in: `fi[r1]` of `fi[r1].by`; "" for one that stands in none."""
    found = _ROW.search(path)
    return path[: found.end()] if found else ""
