"""Having a file looked at, outside this process. What cannot be checked is not taken."""

import json
import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from workflow.files.kinds import ENDINGS, MOST_BYTES, RECORDINGS, ending

ROOT = Path(__file__).parent.parent.parent
WALL_SECONDS = 25  # under the 30 seconds that a waiting transaction is given
NOT_CHECKED = "We could not check it, so it was not added. Try again, or save it as a PDF first."


@dataclass(frozen=True)
class Looked:
    """What came of it: the kind and the bytes to keep, or a problem in a sentence."""

    media_type: str = ""
    data: bytes = b""
    problem: str = ""


def look_at(data: bytes, name: str) -> Looked:
    """Check one file by its name and bytes. Takes up to 25 seconds; hold no lock meanwhile."""
    kind = ending(name)
    if kind in RECORDINGS:
        return Looked(problem="We cannot take sound or video yet. Add a picture, or write it in words.")
    if kind not in ENDINGS:
        return Looked(problem="It must be PDF, Word, Excel, plain text or a picture (JPEG, PNG, WebP, HEIC).")
    if not data:
        return Looked(problem="It is empty.")
    if len(data) > MOST_BYTES:
        return Looked(problem="It is too big. It must be smaller than 50 MB.")
    with tempfile.TemporaryDirectory(prefix="look-") as folder:
        source, kept = Path(folder) / "in", Path(folder) / "out"
        source.write_bytes(data)
        said = _ask(source, kept, kind)
        if "media_type" not in said or not kept.is_file():
            return Looked(problem=said.get("problem") or NOT_CHECKED)
        return Looked(said["media_type"], kept.read_bytes())


def _ask(source: Path, kept: Path, kind: str) -> dict[str, str]:
    # The child is told nothing: no database, no keys, no address of anything.
    told = {name: os.environ[name] for name in ("PATH", "LANG", "LD_LIBRARY_PATH") if name in os.environ}
    try:
        done = subprocess.run(
            [sys.executable, "-m", "workflow.files.looking", str(source), str(kept), kind],
            cwd=ROOT,
            env=told | {"TMPDIR": str(source.parent), "PYTHONDONTWRITEBYTECODE": "1"},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=WALL_SECONDS,
            check=True,
        )
        said = json.loads(done.stdout)
    except (subprocess.SubprocessError, ValueError, OSError):
        return {}
    return said if isinstance(said, dict) else {}
