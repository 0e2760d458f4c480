"""Reading definitions from their files: versions, blocks and lists put in place, then checked as a whole."""

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from forms.catalogue.assembly import DefinitionError, assembled
from forms.definition import Form

__all__ = ["HERE", "DefinitionError", "load"]

HERE = Path(__file__).parent
Table = dict[str, Any]


def load(file: Path, *, home: Path = HERE) -> Form:
    """The form a file defines. `home` holds `blocks/` and `lists.toml`. Raises DefinitionError."""
    data: Table = {}
    try:
        data = assembled(file, home)
        return Form.model_validate(data)
    except ValidationError as wrong:
        raise DefinitionError(f"{_name(file)}: {_sentence(wrong, data)}") from None
    except DefinitionError as wrong:
        raise DefinitionError(f"{_name(file)}: {wrong}") from None
    except tomllib.TOMLDecodeError as wrong:
        raise DefinitionError(f"{_name(file)}: {wrong}.") from None


def _sentence(wrong: ValidationError, data: Mapping[str, Any]) -> str:
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
