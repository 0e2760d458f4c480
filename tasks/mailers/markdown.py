"""Plain text as GOV.UK Notify's markdown: what looks like markup by accident stays what it is.

Notify makes a paragraph of each block of lines and a link of each web address, which is what a mail of ours wants.
Everything else it knows begins a line (`#`, `^`, bullets, numbers, rules, tables, four spaces) or is a bracket.
"""

import re

MARKUP = re.compile(r"[#^•*+=_~`|>:-]|\d+\.")
"""How a line begins that Notify would take for more than a line."""

NO_WIDTH = "\u200b"
"""Stands before it: seen by nobody, and not the beginning that Notify looks for. Not all of these can be escaped."""

SIGNATURE, RULE = "--", "---"


def as_markdown(text: str) -> str:
    """The same words, as Notify shows them. The line that ends a mail's text (`--`) becomes a rule."""
    return "\n".join(_line(line) for line in text.splitlines())


def _line(line: str) -> str:
    if line == SIGNATURE:
        return RULE
    words = re.sub(r"([\\\[\]])", r"\\\1", line.strip())
    return NO_WIDTH + words if MARKUP.match(words) else words
