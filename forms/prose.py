"""Words that stand in for a condition, and so are read by people and obeyed by nothing."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from forms.question import Question

_ANSWERED = re.compile(
    r"(?:only )?(?:if|when|where) (?:yes|no|not|so|other|late|under|over|the answer|you (?:said|ticked|chose))\b", re.I
)
_ROUTE = re.compile(
    r"\b(?:skip (?:this|to|if)|go to (?:question|section|page)"
    r"|only if (?:yes|no|you (?:said|ticked|chose))"
    r"|(?:schools?|colleges?|settings?|early years|post-16|young people|parents|year \d+) only)\b",
    re.I,
)


def condition_in_words(asked: Question) -> str | None:
    """The words of a question that say when it is asked ("If not, why?"), or None."""
    found = _ANSWERED.match(asked.text) or _ROUTE.search(asked.text) or _ROUTE.search(asked.hint)
    return found.group(0) if found else None
