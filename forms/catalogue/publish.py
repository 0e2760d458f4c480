"""Published versions never change: their checksums are kept, and a change is refused."""

import hashlib
import json
from pathlib import Path

from forms import catalogue
from forms.definition import Form

RECORD = Path(__file__).parent / "published.json"


def checksum(form: Form) -> str:
    """The SHA-256 of everything a form says and asks, blocks and lists included, comments left out."""
    content = form.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    return hashlib.sha256(json.dumps(content, sort_keys=True, ensure_ascii=True).encode()).hexdigest()


def published() -> dict[str, str]:
    """Checksums by form/version."""
    record: dict[str, str] = json.loads(RECORD.read_text(encoding="utf-8"))
    return record


def changed() -> list[str]:
    """Published versions that no longer say what they said, or are gone."""
    now = {f"{form.id}/{form.version}": checksum(form) for form in catalogue.every_version()}
    return [name for name, was in published().items() if now.get(name) != was]


def publish() -> list[str]:
    """Put new versions on record and return their names. Raises ValueError when an old one has changed."""
    if wrong := changed():
        raise ValueError(f"{', '.join(wrong)} was published and has changed: make a new version instead.")
    record = published()
    new = {f"{form.id}/{form.version}": checksum(form) for form in catalogue.every_version()}
    added = sorted(new.keys() - record.keys())
    RECORD.write_text(json.dumps({**record, **new}, indent=2, sort_keys=True) + "\n", encoding="utf-8")
    return added


if __name__ == "__main__":
    print("\n".join(publish()) or "nothing new")
