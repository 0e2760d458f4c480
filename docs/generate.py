"""`python -m docs.generate`: writes the pages that are made from the code. A test fails when they are behind it."""

import inspect
import re
import sys
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import Any

from sqlalchemy import CheckConstraint, Column, ForeignKeyConstraint, Table
from sqlalchemy.dialects import postgresql

from law.diagram import mermaid
from law.tables import PROCESSES, ROWS, Process, Transition
from models import Base
from models.base import Owned
from models.crypto import Encrypted
from models.security import APPEND_ONLY, GLOBAL, READ_ONLY

HERE = Path(__file__).parent
OWNED = {"authority_id", "id"}
TYPES = {"TIMESTAMP WITH TIME ZONE": "instant", "TEXT[]": "texts", "BYTEA": "bytes"}
ONE_OF = re.compile(r"^(\w+) in \((.*)\)$", re.DOTALL)
REMARK = re.compile(r"^    (\w+): Mapped\b[^#\n]*#\s*(?!type:|noqa)(.+)$", re.MULTILINE)


def pages() -> dict[Path, str]:
    """Every generated page by its path: a diagram for each state table, and the data dictionary."""
    states = {HERE / "states" / f"{name}.md": state_page(table) for name, table in {**PROCESSES, **ROWS}.items()}
    return {**states, HERE / "data-dictionary.md": dictionary()}


def state_page(process: Process) -> str:
    """A process's diagram, and its table: who may do what, when, and what follows."""
    stages_of: dict[tuple[str, ...], list[str]] = {}
    for transition in process.transitions:
        stages_of.setdefault(_act(process, transition), []).append(process.stages[transition.from_])
    rows = [f"| {' | '.join((', '.join(stages), *cells))} |" for cells, stages in stages_of.items()]
    return "\n".join(
        [
            f"# {process.title}",
            "",
            f"Made from the table `{process.name}` in `law/tables/` by `python -m docs.generate`: change the table,",
            "not this page. Rules are explained by `flask --app wsgi law rules`.",
            "",
            "```mermaid",
            mermaid(process).rstrip(),
            "```",
            "",
            "| stage | act | then | who may | deadlines | letters owed |",
            "| --- | --- | --- | --- | --- | --- |",
            *rows,
            "",
        ]
    )


def _act(process: Process, transition: Transition) -> tuple[str, ...]:
    """The cells after the stage: the same act at several stages has one line."""
    kinds = ("starts", "meets", "voids", "resumes")
    follows = "; ".join(f"{kind} {_code(getattr(transition, kind))}" for kind in kinds if getattr(transition, kind))
    then = "stays" if transition.to == transition.from_ else process.stages[transition.to]
    return (
        transition.act.replace("_", " "),
        then,
        ", ".join(role.replace("_", " ") for role in transition.roles),
        follows,
        _code(transition.notices),
    )


def dictionary() -> str:
    """Every table and column, with what it is for, from the models' own words."""
    mappers = sorted(Base.registry.mappers, key=lambda mapper: (mapper.class_.__module__, _line(mapper.class_)))
    lines = [
        "# Data dictionary",
        "",
        "Made from `models/` by `python -m docs.generate`: change the models, not this page.",
        "",
        "Every table but the global ones belongs to an authority: its key is `authority_id` and `id`, both left out",
        "below, row security is forced on it, and its foreign keys carry the authority. *Encrypted* columns hold JSON",
        "under the authority's own key. An *instant* is kept in UTC; a *date* is a day in London.",
    ]
    for module, found in groupby(mappers, key=lambda mapper: mapper.class_.__module__):
        about = (inspect.getdoc(sys.modules[module]) or "").split("\n\n")[0]
        lines += ["", f"## {module.rpartition('.')[2].replace('_', ' ').capitalize()}", "", _flat(about)]
        for mapper in found:
            lines += _table(mapper.class_)
    return "\n".join([*lines, ""])


def _table(model: type[Any]) -> Iterator[str]:
    table: Table = model.__table__
    remarks = dict(REMARK.findall(inspect.getsource(model)))
    yield from ("", f"### {table.name}", "", f"{_flat(inspect.getdoc(model) or '')}{_guard(table.name)}", "")
    yield from ("| column | type | what for |", "| --- | --- | --- |")
    for column in table.columns:
        if column.name not in OWNED or table.name in GLOBAL or not issubclass(model, Owned):
            yield f"| {column.name} | {_type(column)} | {_purpose(table, column, remarks)} |"


def _guard(name: str) -> str:
    marks = {
        "Global.": name in GLOBAL,
        "Append-only.": name in APPEND_ONLY,
        "The service only reads it.": name in READ_ONLY,
    }
    return "".join(f" *{mark}*" for mark, holds in marks.items() if holds)


def _type(column: Column[Any]) -> str:
    if isinstance(column.type, Encrypted):
        plain = "encrypted"
    else:
        named = str(column.type.compile(dialect=postgresql.dialect()))  # type: ignore[no-untyped-call]
        plain = TYPES.get(named, named.lower())
    return f"{plain}, may be empty" if column.nullable else plain


def _purpose(table: Table, column: Column[Any], remarks: dict[str, str]) -> str:
    said = []
    for key in table.constraints:
        if isinstance(key, ForeignKeyConstraint) and key.column_keys[-1] == column.name:
            said.append(f"a row of `{key.elements[-1].target_fullname.split('.')[0]}`")
        if isinstance(key, CheckConstraint) and (found := ONE_OF.match(str(key.sqltext))) and found[1] == column.name:
            said.append(f"one of {found[2].replace(chr(39), '')}")
    if column.name in remarks and not any(each.startswith("one of") for each in said):
        said.append(remarks[column.name].strip())
    return "; ".join(said).replace("|", "\\|")


def _line(model: type[Any]) -> int:
    return inspect.getsourcelines(model)[1]


def _flat(text: str) -> str:
    return " ".join(text.split())


def _code(names: tuple[str, ...]) -> str:
    return ", ".join(f"`{name}`" for name in names)


def main() -> None:
    """Write them all, and take away pages of processes that are no more."""
    made = pages()
    for old in (HERE / "states").glob("*.md"):
        if old not in made:
            old.unlink()
    for path, text in made.items():
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
        print(path.relative_to(HERE.parent))


if __name__ == "__main__":
    main()
