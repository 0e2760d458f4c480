"""Words that say little or say something else than an outcome, found in what people write. Pure."""

import re
from collections.abc import Iterable

# In provision: nobody could tell from them how much help there is, or from whom.
PROVISION = (
    "access to", "opportunities for", "opportunities to", "as required", "as appropriate", "as needed",
    "regular", "regularly", "ongoing", "up to", "where possible", "would benefit from", "may need", "e.g.",
    "support with",
)  # fmt: skip
HELP = (
    "attend", "attends", "access", "accesses", "receive", "receives", "be given", "session", "sessions", "hours",
    "1:1", "one-to-one", "one to one", "teaching assistant", "therapy", "group", "programme", "intervention",
    "support from",
)  # fmt: skip
PRONOUNS = (
    "i", "me", "my", "myself", "he", "him", "his", "himself", "she", "her", "hers", "herself", "they", "them",
    "their", "theirs", "themselves", "themself",
)  # fmt: skip
_VAGUE = re.compile(r"\b(?:improv|increas|develop|mak(?:e|es|ing) progress|be(?:come)? more|better)\w*")
_STAFF = re.compile(
    r"(?:by\b[^,.]*,\s*|by\b(?: \S+){1,8}? )?(?:to receive|(?:the )?staff will|the school will|we will)\b"
)
_HAVING = re.compile(r"\b(?:to|will) have (?!(?:done|been|had|made|gone|learnt|\w+(?:ed|en))\b)")
_ASSISTANT = re.compile(r"\bTAs?\b")  # in capitals: "ta" is a word of its own
_COUNTED = re.compile(r"\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|every|each|once|twice)\b")
_FEW, _SHORT = 4, 12  # words


def found(words: Iterable[str], text: str) -> tuple[str, ...]:
    """Those of the words or phrases that stand in the text, in the order given."""
    plain = _plain(text)
    return tuple(each for each in words if re.search(rf"(?<!\w){re.escape(each)}(?!\w)", plain))


def help_in(text: str) -> tuple[str, ...]:
    """Words for help, rather than for what somebody will do."""
    having = ("have",) if _HAVING.search(_plain(text)) else ()
    assistant = ("TA",) if _ASSISTANT.search(text) else ()
    return (*having, *found(HELP, text), *assistant)


def only_vague(text: str) -> bool:
    """Whether the text only says "improve" or the like, with next to nothing after it and nothing counted."""
    plain = _plain(text)
    verb = _VAGUE.search(plain)
    if verb is None or _COUNTED.search(plain[verb.end() :]):
        return False
    return len(plain[: verb.start()].split()) <= _SHORT and len(plain[verb.end() :].split()) <= _FEW


def staff_side(text: str) -> bool:
    """Whether it begins with what staff will do or what somebody is to be given."""
    return _STAFF.match(_plain(text)) is not None


def about_somebody(text: str, names: Iterable[str]) -> bool:
    """Whether one of the names, or any pronoun, stands in it."""
    called = (plain for name in names if (plain := _plain(name)))
    return bool(found((*PRONOUNS, *called), text))


def in_our_letters(text: str) -> bool:
    """Whether it is mostly in Latin letters: what follows knows English words alone, and keeps quiet elsewhere."""
    letters = [char for char in text if char.isalpha()]
    return sum(char < "\u0250" for char in letters) * 2 > len(letters)


def _plain(text: str) -> str:
    return " ".join(text.casefold().replace("’", "'").split())
