"""Reading definitions from their files: blocks and lists put in place, then checked as a whole."""

import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from forms.definition import Form

HERE = Path(__file__).parent
Table = dict[str, Any]


class DefinitionError(Exception):
    """A definition cannot be used: one sentence naming the file, the question and the mistake."""


def load(file: Path, *, home: Path = HERE) -> Form:
    """The form a file defines. `home` holds `blocks/` and `lists.toml`. Raises DefinitionError."""
    data = _read(file)
    lists = _read(home / "lists.toml")
    notices = _read(home / "notices.toml")
    try:
        lists["roles"] = data.pop("roles", [])
        lists["notices"] = {kind: words.get(data.get("notice"), "") for kind, words in notices.items()}
        family = data.get("written_by") in ("family", "child")
        for section in data.get("sections", ()):
            given = section.get("questions", ())
            section["questions"] = [
                _finished(each, lists) for entry in given for each in _entry(entry, home / "blocks", family)
            ]
        return Form.model_validate(data)
    except ValidationError as wrong:
        raise DefinitionError(f"{_name(file)}: {_sentence(wrong, data)}") from None
    except DefinitionError as wrong:
        raise DefinitionError(f"{_name(file)}: {wrong}") from None


def _read(file: Path) -> Table:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise DefinitionError(f"{_name(file)} is not there.") from None
    except tomllib.TOMLDecodeError as wrong:
        raise DefinitionError(f"{_name(file)}: {wrong}.") from None


def _entry(entry: Table, blocks: Path, family: bool) -> Iterator[Table]:
    """The questions an entry stands for: itself, or those of the block it includes."""
    if "include" not in entry:
        yield _worded(entry, family)
        return
    block = entry["include"]
    only, without = entry.get("only"), entry.get("without", ())
    if unknown := entry.keys() - {"include", "only", "without", "change"}:
        raise DefinitionError(f"the inclusion of {block} has a key it does not know: {min(unknown)}.")
    questions = {each["id"]: each for each in _block(blocks / f"{block}.toml", family)}
    for named in (*(only or ()), *without, *entry.get("change", {})):
        if named not in questions:
            raise DefinitionError(f"{block} has no question {named}.")
    for name, each in questions.items():
        if name not in without and (only is None or name in only):
            yield {**each, **entry.get("change", {}).get(name, {})}


def _block(file: Path, family: bool) -> Iterator[Table]:
    """A block's questions, once for each of its `each` tables, whose values fill in `<key>` places."""
    block = _read(file)
    for values in block.get("each", [{}]):
        words = {key: text for key, text in values.items() if not key.startswith("family_")}
        if family:
            words |= {key[7:]: text for key, text in values.items() if key.startswith("family_")}
        for asked in block["questions"]:
            yield _filled(_worded(asked, family), words)


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


def _sentence(wrong: ValidationError, data: Table) -> str:
    """The first mistake pydantic found, with the id of the question or section it is in."""
    first = wrong.errors()[0]
    where = ""
    at: Any = data
    for step in first["loc"]:
        try:
            at = at[step]
        except (KeyError, IndexError, TypeError):
            break
        if isinstance(at, dict) and "id" in at:
            where = f"{'section' if 'questions' in at else 'question'} {at['id']}: "
    last = f"{first['loc'][-1]}: " if first["loc"] and isinstance(first["loc"][-1], str) else ""
    return f"{where}{last}{first['msg'].removeprefix('Value error, ')}."


def _name(file: Path) -> str:
    return str(Path(*file.parts[-2:]))
