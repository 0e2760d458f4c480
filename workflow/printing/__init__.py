"""Letters as PDF that can be read aloud, made outside this process."""

import tempfile
from pathlib import Path

from workflow.files import child

WALL_SECONDS = 25  # under the 30 seconds that a waiting transaction is given


def pdf(page: str) -> bytes | None:
    """A whole HTML page, its style within it, as tagged PDF (PDF/UA-1).

    None where it could not be made, as where the libraries for it are not installed: the browser's own print does
    it then. Takes up to 25 seconds; hold no lock meanwhile.
    """
    with tempfile.TemporaryDirectory(prefix="print-") as folder:
        source, made = Path(folder) / "in", Path(folder) / "out"
        source.write_text(page, encoding="utf-8")
        done = child.run("workflow.printing.writing", source, made, folder=Path(folder), seconds=WALL_SECONDS)
        return made.read_bytes() if done is not None and made.is_file() else None
