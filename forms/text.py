"""Rules for typed text at the door. Everything a person types passes through `clean` before it is kept."""

import unicodedata

LONGEST = 50_000


def clean(text: str) -> str:
    """The text as it is kept: NFC, lines ended by a line feed, without what no script uses.

    Taken out: NUL and other C0 controls (tab and line feed stay), lone surrogates and noncharacters, which
    databases and document builders refuse. Every letter, mark, emoji and direction mark stays. Idempotent.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not (text.isascii() and text.replace("\n", " ").isprintable()):
        text = "".join(filter(_kept, text))
    return unicodedata.normalize("NFC", text)


def _kept(char: str) -> bool:
    code = ord(char)
    if code < 0x20:
        return char in "\t\n"
    surrogate = 0xD800 <= code <= 0xDFFF
    noncharacter = 0xFDD0 <= code <= 0xFDEF or code & 0xFFFE == 0xFFFE
    return not (surrogate or noncharacter)


def length(text: str) -> int:
    """Characters as a reader counts them: a letter with its marks is one, so NFC makes no text longer."""
    if text.isascii():
        return len(text)
    return sum(1 for char in text if not unicodedata.category(char).startswith("M"))


def too_long(text: str, limit: int = LONGEST) -> str | None:
    """A sentence for an answer over the limit, or None. Nothing is ever cut."""
    if len(text) <= limit or (count := length(text)) <= limit:
        return None
    return (
        f"This answer has {count:,} characters. The most we can keep in one answer is {limit:,}. "
        "Nothing has been cut: move some of it to another answer, or add it as a file."
    )
