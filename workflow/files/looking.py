"""Looks into one file that somebody sent. Runs in a child process of its own, under limits, and is killed freely.

`python -m workflow.files.looking IN OUT ENDING` prints one JSON object: `{"media_type": …}` when the file is what
it says and OUT holds what to keep, or `{"problem": …}`, a sentence for whoever sent it.
"""

import ctypes
import json
import os
import resource
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

from workflow.files import recordings
from workflow.files.kinds import ENDINGS, EXCEL, JPEG, MEGABYTE, MP4, PDF, PNG, RECORDINGS, TEXT, WORD, Unfit

CPU_SECONDS, RECORDING_SECONDS = 20, 400
MEMORY = 2048 * MEGABYTE
MOST_WRITTEN = 256 * MEGABYTE
MOST_PAGES = 400
MOST_PIXELS = 60_000_000
MOST_ENTRIES = 2000
MOST_UNPACKED = 200 * MEGABYTE
MOST_RATIO = 100
_NEW_USER, _NEW_NETWORK = 0x10000000, 0x40000000


def limit(seconds: int) -> None:
    """Give this process little, `seconds` of processor among it, and no network where the system lets us say so."""
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_FSIZE, (MOST_WRITTEN, MOST_WRITTEN))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NOFILE, (64, 64))
    if sys.platform == "linux":
        ctypes.CDLL(None).unshare(_NEW_USER | _NEW_NETWORK)


def look(source: Path, kept: Path, ending: str) -> str:
    """Check the file and write what to keep. Returns its media type. Raises `Unfit`."""
    found = sniff(source)
    if found not in (ENDINGS | RECORDINGS).get(ending, ()):
        raise Unfit(f"What is inside it is not what its name says ({ending or 'no ending'}).")
    if ending in RECORDINGS:
        return recordings.make_anew(source, kept, found)
    return HOW[found](source, kept)


def sniff(source: Path) -> str:
    """The media type that the bytes show. Text has no mark of its own: it is what reads as text."""
    import filetype  # type: ignore[import-untyped]

    kind = filetype.guess(str(source))
    if kind is not None:
        return _office(source) if kind.mime == "application/zip" else str(kind.mime)
    with source.open("rb") as file:
        return MP4 if file.read(8)[4:] == b"ftyp" else TEXT  # telephones name their boxes as they like


def _office(source: Path) -> str:
    try:
        with zipfile.ZipFile(source) as packed:
            names = set(packed.namelist())
    except zipfile.BadZipFile:
        return "application/zip"
    return WORD if "word/document.xml" in names else EXCEL if "xl/workbook.xml" in names else "application/zip"


def _pdf(source: Path, kept: Path) -> str:
    import pikepdf

    try:
        with pikepdf.open(source) as document:
            if document.is_encrypted:
                raise Unfit("It is locked with a password. Save it without one, then add it again.")
            if len(document.pages) > MOST_PAGES:
                raise Unfit(f"It has more than {MOST_PAGES} pages. Split it into parts.")
            if len(document.attachments) or _acts(document):
                raise Unfit("It has programs or other files inside. Print it to a new PDF, then add that.")
    except pikepdf.PasswordError:
        raise Unfit("It is locked with a password. Save it without one, then add it again.") from None
    except pikepdf.PdfError:
        raise Unfit("It is damaged: we cannot open it.") from None
    kept.write_bytes(source.read_bytes())
    return PDF


def _acts(document: object) -> bool:
    """Whether any object of a PDF runs, starts or carries something."""
    import pikepdf

    assert isinstance(document, pikepdf.Pdf)
    forbidden = ("/JavaScript", "/JS", "/Launch", "/EmbeddedFiles", "/EmbeddedFile", "/RichMedia", "/XFA")
    for thing in document.objects:
        if not isinstance(thing, pikepdf.Dictionary | pikepdf.Stream):
            continue
        names = set(thing.keys())
        said = {str(thing.get(key)) for key in ("/S", "/Type", "/Subtype") if key in names}
        if names & set(forbidden) or said & set(forbidden):
            return True
    return False


def _package(source: Path, kept: Path, media_type: str) -> str:
    """Word and Excel: a zip of limited size that holds no programs and whose main part is read."""
    from xml.parsers import expat

    try:
        with zipfile.ZipFile(source) as packed:
            _fits(packed)
            main = "word/document.xml" if media_type == WORD else "xl/workbook.xml"
            parser = expat.ParserCreate()
            parser.EntityDeclHandler = _no_entities
            parser.Parse(packed.read(main), True)
    except (zipfile.BadZipFile, KeyError, expat.ExpatError, NotImplementedError, RuntimeError, EOFError):
        raise Unfit("It is damaged or locked: we cannot open it.") from None
    kept.write_bytes(source.read_bytes())
    return media_type


def _fits(packed: zipfile.ZipFile) -> None:
    entries = packed.infolist()
    total = sum(entry.file_size for entry in entries)
    if len(entries) > MOST_ENTRIES or total > MOST_UNPACKED:
        raise Unfit("It is too big inside. Save it as a PDF, then add that.")
    # A small part may well shrink a hundred times; only big ones are a trick.
    if any(e.file_size > MEGABYTE and e.file_size > MOST_RATIO * max(e.compress_size, 1) for e in entries):
        raise Unfit("It is too big inside. Save it as a PDF, then add that.")
    kinds = packed.read("[Content_Types].xml") if "[Content_Types].xml" in packed.namelist() else b""
    if any("vbaproject" in e.filename.lower() for e in entries) or b"macroEnabled" in kinds:
        raise Unfit("It has macros inside. Save it without them, then add it again.")
    seen = 0
    for entry in entries:  # what a zip says of its sizes may be a lie
        with packed.open(entry) as part:
            while piece := part.read(MEGABYTE):
                seen += len(piece)
                if seen > MOST_UNPACKED:
                    raise Unfit("It is too big inside. Save it as a PDF, then add that.")


def _no_entities(*_: object) -> None:
    raise Unfit("It has parts that we do not take. Save it as a PDF, then add that.")


def _word(source: Path, kept: Path) -> str:
    return _package(source, kept, WORD)


def _excel(source: Path, kept: Path) -> str:
    return _package(source, kept, EXCEL)


def _picture(source: Path, kept: Path) -> str:
    """A picture is drawn anew: its pixels stay; where, when and with what it was taken do not."""
    import warnings

    from PIL import Image, ImageOps, UnidentifiedImageError
    from pillow_heif import register_heif_opener

    register_heif_opener()
    warnings.simplefilter("ignore", Image.DecompressionBombWarning)
    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    try:
        with Image.open(source) as opened:
            if opened.width * opened.height > MOST_PIXELS:
                raise Unfit("The picture is too big. Make it smaller, then add it again.")
            turned = ImageOps.exif_transpose(opened)
            clear = turned.mode in ("RGBA", "LA", "PA") or "transparency" in turned.info
            drawn = turned.convert("RGBA" if clear else "RGB")
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        raise Unfit("It is damaged: we cannot open it.") from None
    as_png = clear or _sniffed_png(source)
    clean = Image.new(drawn.mode, drawn.size)
    clean.paste(drawn)
    clean.save(kept, "PNG" if as_png else "JPEG", **({} if as_png else {"quality": 88}))
    return PNG if as_png else JPEG


def _sniffed_png(source: Path) -> bool:
    with source.open("rb") as file:
        return file.read(8) == b"\x89PNG\r\n\x1a\n"


def _text(source: Path, kept: Path) -> str:
    from forms.text import clean

    data = source.read_bytes()
    if b"\x00" in data and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise Unfit("It is not plain text.")
    for encoding in ("utf-8-sig", "utf-16", "cp1252"):
        if encoding == "utf-16" and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
            continue
        try:
            kept.write_bytes(clean(data.decode(encoding)).encode("utf-8"))
            return TEXT
        except UnicodeDecodeError:
            continue
    raise Unfit("It is not plain text.")


HOW: dict[str, Callable[[Path, Path], str]] = {
    PDF: _pdf,
    WORD: _word,
    EXCEL: _excel,
    JPEG: _picture,
    PNG: _picture,
    "image/webp": _picture,
    "image/heic": _picture,
    TEXT: _text,
}


def main() -> None:
    """Look at the file that the command line names."""
    source, kept, ending = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]
    limit(RECORDING_SECONDS if ending in RECORDINGS else CPU_SECONDS)
    try:
        said = {"media_type": look(source, kept, ending)}
    except Unfit as unfit:
        said = {"problem": str(unfit)}
    except MemoryError:
        said = {"problem": "It is too big inside."}
    sys.stdout.write(json.dumps(said))
    sys.stdout.flush()
    os._exit(0)  # no library's farewell may hang or fail


if __name__ == "__main__":
    main()
