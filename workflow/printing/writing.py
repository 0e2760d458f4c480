"""Writes one PDF. Runs in a child process of its own, under limits, and is killed freely.

`python -m workflow.printing.writing IN OUT`. It fetches nothing, from the network or from the disk.
"""

import sys
from pathlib import Path

from workflow.files.looking import CPU_SECONDS, limit


def write(source: Path, made: Path) -> None:
    """Write the HTML page at `source` as tagged PDF to `made`."""
    # Imported here: it takes a second and a half, and needs libraries that a system may lack.
    from weasyprint import HTML
    from weasyprint.urls import FatalURLFetchingError, URLFetcher

    class Nothing(URLFetcher):  # type: ignore[misc]  # WeasyPrint has no types
        """Fetches nothing, and fails the whole of a page that asks for something."""

        def fetch(self, url: str, headers: object = None) -> object:
            """Refuse."""
            raise FatalURLFetchingError(url)

    page = HTML(string=source.read_text(encoding="utf-8"), url_fetcher=Nothing())
    page.write_pdf(made, pdf_variant="pdf/ua-1")


if __name__ == "__main__":
    limit(CPU_SECONDS)
    write(Path(sys.argv[1]), Path(sys.argv[2]))
