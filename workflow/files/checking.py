"""Having a file looked at, outside this process. What cannot be checked is not taken."""

import json
import tempfile
from dataclasses import dataclass
from pathlib import Path

from workflow.files import child
from workflow.files.kinds import ENDINGS, MEGABYTE, MOST_BYTES, MOST_RECORDED, RECORDINGS, ending

WALL_SECONDS = 25  # under the 30 seconds that a waiting transaction is given
RECORDING_WALL_SECONDS = 240  # of a worker's time
NOT_CHECKED = "We could not check it, so it was not added. Try again, or save it as a PDF first."
NOT_MADE_OVER = "We could not check it. It may be too long: make it again in shorter parts."


@dataclass(frozen=True)
class Looked:
    """What came of it: the kind and the bytes to keep, or a problem in a sentence. A recording `waits`: it is still
    to be made over."""

    media_type: str = ""
    data: bytes = b""
    problem: str = ""
    waits: bool = False


def look_at(data: bytes, name: str, *, recordings: bool = False) -> Looked:
    """Check one file by its name and bytes. Takes up to 25 seconds; hold no lock meanwhile.

    `recordings`: sound and video are taken too.
    """
    kind = ending(name)
    if problem := _outside(kind, len(data), recordings):
        return Looked(problem=problem)
    return Looked(waits=True) if kind in RECORDINGS else _looked(data, kind, WALL_SECONDS)


def make_over(data: bytes, name: str) -> Looked:
    """Have a recording made anew. Takes up to four minutes."""
    looked = _looked(data, ending(name), RECORDING_WALL_SECONDS)
    return Looked(problem=NOT_MADE_OVER) if looked.problem == NOT_CHECKED else looked


def _outside(kind: str, size: int, recordings: bool) -> str:
    """What can be said against a file before it is looked into."""
    most = MOST_RECORDED if kind in RECORDINGS else MOST_BYTES
    if kind in RECORDINGS and not recordings:
        return "Sound and video can be added where a child shows or tells something. Here, write it in words."
    if kind not in ENDINGS | RECORDINGS:
        return "It must be PDF, Word, Excel, plain text or a picture (JPEG, PNG, WebP, HEIC)."
    if not size:
        return "It is empty."
    return f"It is too big. It must be smaller than {most // MEGABYTE} MB." if size > most else ""


def _looked(data: bytes, kind: str, seconds: int) -> Looked:
    with tempfile.TemporaryDirectory(prefix="look-") as folder:
        source, kept = Path(folder) / "in", Path(folder) / "out"
        source.write_bytes(data)
        said = _ask(source, kept, kind, seconds)
        if "media_type" not in said or not kept.is_file():
            return Looked(problem=said.get("problem") or NOT_CHECKED)
        return Looked(said["media_type"], kept.read_bytes())


def _ask(source: Path, kept: Path, kind: str, seconds: int) -> dict[str, str]:
    printed = child.run("workflow.files.looking", source, kept, kind, folder=source.parent, seconds=seconds)
    try:
        said = json.loads(printed or b"")
    except ValueError:
        return {}
    return said if isinstance(said, dict) else {}
