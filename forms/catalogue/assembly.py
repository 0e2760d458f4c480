"""A definition put together from its files: the version it builds on, the blocks it includes, the lists it names.

A file with `based_on = 1` is version 1 with what it says itself: its own words at the top, `[change.<question>]`
tables of what is different about a question (in a group, `order` names the
cells that come first), `changes_from` files of such tables that several forms share, `together` for questions that
stay on the page of the one before, `[[add]]` questions or blocks `after` another, and `[pages]` for where a
section's pages start. Published versions never change, so what a version is based on stays.
"""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

Table = dict[str, Any]
VERSION = {"based_on", "change", "changes_from", "together", "add", "pages"}


class DefinitionError(Exception):
    """A definition cannot be used: one sentence naming the file, the question and the mistake."""


def assembled(file: Path, home: Path) -> Table:
    """The whole definition as plain data, not yet checked. Raises DefinitionError."""
    data = _opened_out(file, home / "blocks")
    lists = _read(home / "lists.toml")
    notices = _read(home / "notices.toml")
    lists["roles"] = data.pop("roles", [])
    lists["notices"] = {kind: words.get(data.get("notice"), "") for kind, words in notices.items()}
    for section in data.get("sections", ()):
        section["questions"] = [_finished(each, lists) for each in section.get("questions", ())]
    return data


def _read(file: Path) -> Table:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise DefinitionError(f"{Path(*file.parts[-2:])} is not there.") from None


def _opened_out(file: Path, blocks: Path) -> Table:
    """The file's data with every inclusion opened out, on top of the version it builds on."""
    data = _read(file)
    if "based_on" in data:
        return _newer(_opened_out(file.with_name(f"v{data['based_on']}.toml"), blocks), data, blocks)
    family = data.get("written_by") in ("family", "child")
    for section in data.get("sections", ()):
        given = section.get("questions", ())
        section["questions"] = [each for entry in given for each in _entry(entry, blocks, family)]
    return data


def _newer(older: Table, data: Table, blocks: Path) -> Table:
    """An older version with the differences a newer one states."""
    family = older.get("written_by") in ("family", "child")
    sections = older["sections"]
    for addition in data.get("add", ()):
        after = addition.pop("after", None)
        section = next((each for each in sections if any(q["id"] == after for q in each["questions"])), None)
        if section is None:
            raise DefinitionError(f"something is added after {after}, which the older version does not ask.")
        at = [each["id"] for each in section["questions"]].index(after) + 1
        section["questions"][at:at] = _entry(addition, blocks, family)
    changes = _changes(data, sections, blocks.with_name("changes"))
    for section in sections:
        section["questions"] = [_changed(each, changes) for each in section["questions"]]
        section["pages"] = data.get("pages", {}).get(section["id"], section.get("pages", []))
    known = {each["id"] for section in sections for top in section["questions"] for each in _walk(top)}
    if unknown := changes.keys() - known:
        raise DefinitionError(f"{min(unknown)} is changed, which the older version does not ask.")
    if unknown := data.get("pages", {}).keys() - {section["id"] for section in sections}:
        raise DefinitionError(f"pages are given for {min(unknown)}, which is no section.")
    return {**older, **{key: value for key, value in data.items() if key not in VERSION}, "sections": sections}


def _changes(data: Table, sections: Sequence[Table], shared: Path) -> Table:
    """What a version says is different, by question: first what it shares, where the form asks it, then its own."""
    asked = {each["id"] for section in sections for top in section["questions"] for each in _walk(top)}
    files = [_read(shared / f"{name}.toml") for name in data.get("changes_from", ())]
    common = [{name: what for name, what in file.items() if name in asked} for file in files]
    joined = {name: {"together": True} for name in data.get("together", ())}
    changes: Table = {}
    for each in (*common, joined, data.get("change", {})):
        for name, what in each.items():
            changes[name] = {**changes.get(name, {}), **what}
    return changes


def _entry(entry: Table, blocks: Path, family: bool) -> Iterator[Table]:
    """The questions an entry stands for: itself, or those of the block it includes."""
    if "include" not in entry:
        yield _worded(_with_rows(entry, blocks), family)
        return
    block = entry["include"]
    only, without, change = entry.get("only"), entry.get("without", ()), entry.get("change", {})
    if unknown := entry.keys() - {"include", "only", "without", "change"}:
        raise DefinitionError(f"the inclusion of {block} has a key it does not know: {min(unknown)}.")
    questions = {each["id"]: each for each in _block(blocks / f"{block}.toml", family)}
    inside = {each["id"] for top in questions.values() for each in _walk(top)}
    for named in (*(name for name in (*(only or ()), *without) if name not in questions), *(change.keys() - inside)):
        raise DefinitionError(f"{block} has no question {named}.")
    for name, each in questions.items():
        if name not in without and (only is None or name in only):
            yield _changed(each, change)


def _with_rows(asked: Table, blocks: Path) -> Table:
    """A question whose rows may take those of a block's group: `include`, `rows_of` and `only`."""
    if "rows" not in asked:
        return asked
    rows = [each for row in asked["rows"] for each in _row(row, asked["id"], blocks)]
    return {**asked, "rows": [_with_rows(row, blocks) for row in rows]}


def _row(row: Table, group: str, blocks: Path) -> Iterator[Table]:
    if "include" not in row:
        yield row
        return
    if row.keys() != {"include", "rows_of", "only"}:
        raise DefinitionError(f"the inclusion of {row['include']} in the rows of {group} needs rows_of and only.")
    theirs = row["rows_of"]
    block = {each["id"]: each for each in _block(blocks / f"{row['include']}.toml", family=False)}
    if theirs not in block:
        raise DefinitionError(f"{row['include']} has no question {theirs}.")
    found = {each["id"].removeprefix(f"{theirs}."): each for each in block[theirs]["rows"]}
    for name in row["only"]:
        if name not in found:
            raise DefinitionError(f"{row['include']} has no question {theirs}.{name}.")
        yield {**found[name], "id": f"{group}.{name}"}


def _block(file: Path, family: bool) -> Iterator[Table]:
    """A block's questions, once for each of its `each` tables, whose values fill in `<key>` places."""
    block = _read(file)
    for values in block.get("each", [{}]):
        words = {key: text for key, text in values.items() if not key.startswith("family_")}
        if family:
            words |= {key[7:]: text for key, text in values.items() if key.startswith("family_")}
        for asked in block["questions"]:
            yield _filled(_worded(asked, family), words)


def _changed(asked: Table, changes: Mapping[str, Table]) -> Table:
    """A question with what is said to be different about it, or about one in its rows."""
    done = {**asked, **changes.get(asked["id"], {})}
    order = done.pop("order", ())
    if "rows" in done:
        done["rows"] = [_changed(row, changes) for row in _ordered(done, order)]
    return done


def _ordered(group: Table, order: Sequence[str]) -> list[Table]:
    """A group's rows' questions, those named first in that order; the others follow as they stood."""
    rows = {each["id"]: each for each in group["rows"]}
    if unknown := [name for name in order if name not in rows]:
        raise DefinitionError(f"{group['id']} has no question {unknown[0]} to put first.")
    return [*(rows[name] for name in order), *(each for name, each in rows.items() if name not in order)]


def _walk(asked: Table) -> Iterator[Table]:
    yield asked
    for row in asked.get("rows", ()):
        yield from _walk(row)


def _worded(asked: Table, family: bool) -> Table:
    """A question in the words of the form's readers, its rows too."""
    plain = {key: value for key, value in asked.items() if key != "family"}
    if family:
        plain |= asked.get("family", {})
    if "rows" in plain:
        plain["rows"] = [_worded(row, family) for row in plain["rows"]]
    return plain


def _filled(value: Any, words: Mapping[str, str]) -> Any:
    if isinstance(value, str):
        for key, text in words.items():
            value = value.replace(f"<{key}>", text)
        return value
    if isinstance(value, list):
        return [_filled(each, words) for each in value]
    if isinstance(value, dict):
        return {key: _filled(each, words) for key, each in value.items()}
    return value


def _finished(asked: Table, lists: Table) -> Table:
    """A question with the options of the list it names, or of yes and no, and the words of its notice."""
    done = dict(asked)
    if "list" in done:
        name = done.pop("list")
        if name not in lists:
            raise DefinitionError(f"question {asked.get('id')} names the list {name}, which is not there.")
        done["options"] = [*lists[name], *done.get("options", [])]
    if "notice" in done:
        done["hint"] = lists["notices"][done.pop("notice")]
    if done.get("type") == "yesno" and "options" not in done:
        done["options"] = lists["yes-no"]
    if "rows" in done:
        done["rows"] = [_finished(row, lists) for row in done["rows"]]
    return done
