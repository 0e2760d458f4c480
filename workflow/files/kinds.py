"""What may be added, and how much of it."""

import unicodedata

MEGABYTE = 1024 * 1024
MOST_BYTES = 50 * MEGABYTE
MOST_RECORDED = 100 * MEGABYTE
MOST_FILES = 200
MOST_IN_ALL = 2048 * MEGABYTE
LONGEST_NAME = 150

PDF = "application/pdf"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
JPEG = "image/jpeg"
PNG = "image/png"
TEXT = "text/plain"
M4A, MP4 = "audio/mp4", "video/mp4"

# What a file calls itself, and the kinds its bytes may then be. Pictures are kept as JPEG or PNG.
ENDINGS: dict[str, frozenset[str]] = {
    ".pdf": frozenset({PDF}),
    ".docx": frozenset({WORD}),
    ".xlsx": frozenset({EXCEL}),
    ".txt": frozenset({TEXT}),
    ".jpg": frozenset({JPEG}),
    ".jpeg": frozenset({JPEG}),
    ".png": frozenset({PNG}),
    ".webp": frozenset({"image/webp"}),
    ".heic": frozenset({"image/heic"}),
}
# Sound and video, taken where a child shows or tells something. They are kept as M4A or MP4.
_BOXES = frozenset({MP4, "video/quicktime", M4A, "video/x-m4v"})
RECORDINGS: dict[str, frozenset[str]] = {
    ".webm": frozenset({"video/webm"}),
    ".weba": frozenset({"video/webm"}),
    ".mp4": _BOXES,
    ".mov": _BOXES,
    ".m4a": _BOXES,
    ".mp3": frozenset({"audio/mpeg"}),
    ".wav": frozenset({"audio/x-wav"}),
}
KEPT_AS = {
    PDF: ".pdf", WORD: ".docx", EXCEL: ".xlsx", TEXT: ".txt", JPEG: ".jpg", PNG: ".png", M4A: ".m4a", MP4: ".mp4"
}  # fmt: skip


class Unfit(Exception):
    """The file cannot be taken; the sentence says why."""


def ending(name: str) -> str:
    """The ending of a file's name, with its dot, in small letters."""
    dot = name.rfind(".")
    return name[dot:].lower() if dot > 0 else ""


def tidy_name(name: str, media_type: str) -> str:
    """A file's name as it is kept: no path, no hidden letters, at most 150 characters, the ending of its kind."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    plain = "".join(c for c in unicodedata.normalize("NFC", last) if not unicodedata.category(c).startswith("C"))
    stem = plain[: -len(ending(plain))] if ending(plain) else plain
    stem = " ".join(stem.split()).strip(" .") or "file"
    kept = KEPT_AS.get(media_type, "")
    return stem[: LONGEST_NAME - len(kept)].rstrip(" .") + kept
