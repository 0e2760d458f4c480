"""Reasons for a "no" that the law does not accept, looked for in what somebody writes. A warning, never a bar.

Children and Families Act 2014, s.36(8): the only tests are whether the child has or may have special educational
needs, and whether provision through a plan may be necessary. A blanket policy fetters the council's discretion, and
reasons must deal with the evidence of this child.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Weighed:
    """What the reasons are read beside. not_asked: what would help to decide, is not here, and was not asked for.
    parents, child: whether their own words are among the evidence; called: the name the child goes by."""

    not_asked: tuple[str, ...] = ()
    parents: bool = False
    child: bool = False
    called: str = ""


@dataclass(frozen=True)
class Pitfall:
    """One thing to look at again: what is wrong with it, and the words that showed it ("" where words are missing)."""

    id: str
    say: str
    words: str = ""


def pitfalls(reasons: str, instead: str = "", weighed: Weighed | None = None) -> list[Pitfall]:
    """What to look at again in the reasons for a "no", in a fixed order. Nothing while nothing is written."""
    if not reasons.strip():
        return []
    beside = weighed or Weighed()
    return [found for look in LOOKS if (found := look(_folded(reasons), _folded(instead), beside))]


def _folded(text: str) -> str:
    return " ".join(text.replace("’", "'").replace("‘", "'").split())


def _any(*patterns: str) -> Callable[[str], str]:
    found = re.compile("|".join(patterns), re.IGNORECASE)

    def look(text: str) -> str:
        match = found.search(text)
        return match[0] if match else ""

    return look


_OTHER_TEST = _any(
    r"\b(?:threshold|criteri(?:a|on)|guidelines?)\b(?! (?:in|of) law)",
    r"\b(?:severe|significant|complex|exceptional|serious|high|long-?term) enough\b",
    r"\bnot (?:yet )?(?:sufficiently )?(?:severe|significant|complex|exceptional)\b",
    r"\bexceptional (?:needs?|circumstances|cases?)\b",
    r"\b(?:two|three|\d+) (?:or more )?years? (?:behind|below)\b",
    r"\b(?:centile|percentile)\b",
    r"\b(?:no|without a|has not (?:got|had)|does not have a|needs? a|must have a) (?:formal )?diagnosis\b",
    r"\bnot (?:been )?diagnosed\b",
    r"\b(?:working|achieving) at (?:age[- ]related|the expected)\b",
    r"\b(?:is )?(?:too (?:able|bright|clever)|academically able)\b",
)
_BLANKET = _any(
    r"\bwe (?:do not|don't|never|cannot|only|always) (?:usually |normally |generally )?assess\b",
    r"\b(?:our|the council's|council|local|the) policy\b",
    r"\bnever (?:assess|agree|give|for)\b",
    r"\b(?:not|no plans?|no assessments?) (?:for (?:children )?)?(?:under|below"
    r"|over) (?:the age of )?(?:\d+|five|sixteen|eighteen|nineteen)s?\b",
    r"\b(?:too (?:young|old))\b",
    r"\b(?:dyslexia|dyspraxia|adhd|autism|dyscalculia)\b[^.]{0,60}\b(?:does|do|is|are) not\b"
    r"[^.]{0,40}\b(?:plans?|assess\w*|enough|qualify|meet)\b",
    r"\b(?:not|no plans?|no assessments?|never) for (?:children with )?(?:dyslexia|dyspraxia|adhd|autism"
    r"|dyscalculia)\b",
    r"\b(?:children|pupils|students) (?:like|such as|with|of)\b[^.]{0,60}\b(?:do|are|is|will) not\b",
)
_MONEY = _any(
    r"£ ?6[, ]?000\b",
    r"\b6[, ]?000 pounds\b",
    r"\b(?:£ ?)?6k\b",
    r"\bsix thousand\b",
    r"\bnotional (?:SEN )?(?:budget|funding)\b",
    r"\belement (?:2|two)\b",
    r"\b(?:not|hasn't|never) (?:yet )?(?:spent|used|exhausted)\b[^.]{0,50}\b(?:budget|funding|money"
    r"|resources|allocation)\b",
)
_CYCLES = _any(
    r"\b(?:not|no|only|fewer|less|insufficient|without|one|lack(?:s|ed|ing)?)\b[^.]{0,50}\b(?:cycles?"
    r"|rounds?|terms?) of\b[^.]{0,30}\b(?:support|assess\w*|APDR|plan)\b",
    r"\b(?:not|no|only|fewer|insufficient|one)\b[^.]{0,40}\bcycles?\b",
    r"\bassess,? plan,? do,? (?:and )?review\b[^.]{0,60}\bnot\b",
    r"\bgraduated (?:approach|response)\b[^.]{0,60}\b(?:not|yet|first)\b",
)
_CAN_BE_MET = _any(
    r"\bneeds?\b[^.]{0,40}\b(?:can|could|should|will|are able to|may) be met\b",
    r"\b(?:can|could|should|will) (?:be able to )?meet\b[^.]{0,30}\bneeds?\b",
    r"\bneeds? (?:are|is) (?:being |already )?met\b",
    r"\b(?:within|from) (?:the )?(?:resources|support|provision) (?:normally|ordinarily|usually|already) available\b",
    r"\bordinarily available\b",
)
_MISSING = _any(
    r"\b(?:no|without|lack(?:s|ed|ing)?(?: of)?|absence of|missing)\b(?! doubt)[^.]{0,50}\b(?:report"
    r"|advice|assessment by|letter|evidence|information|data|paperwork)s?\b",
    r"\b(?:report|advice|letter|evidence|information|data|paperwork)s?\b[^.]{0,60}\b(?:was|were|is|are"
    r"|has|have) not (?:been )?(?:given|sent|provided|received|submitted|enclosed|attached|included"
    r"|there|supplied)\b",
    r"\b(?:did|have|has) not (?:send|sent|provide|provided|submit|submitted|enclose|enclosed|include|included)\b",
    r"\b(?:insufficient|not enough|limited|little) evidence\b",
)
_WHO = _any(
    r"\b(?:teacher|senco|assistant|therapist|school|nursery|college|head|tutor|mentor|nurse|psychologist"
    r"|counsellor|service|team|setting|council)\b",
)
_HOW = _any(
    r"\b(?:every|each|once|twice|daily|weekly|fortnightly|termly|minutes?|hours?|sessions?|a week|a day"
    r"|times|one[- ]to[- ]one|1:1|small group|group of|programme)\b",
)
_PARENTS = _any(
    r"\b(?:you|your) (?:have |had |also |both )?(?:told|tell|said|say|wrote|write|described?"
    r"|explain(?:ed)?|worr(?:y|ied)|views?|words|evidence|concerns?|request|reports?|feel|felt|think"
    r"|asked|sent|see|noticed|letter)\b",
    r"\bwhat (?:the family|the parents?|you) (?:told|said|wrote|think)\b",
    r"\b(?:parents?|mother|father|mum|dad|carers?|grandmother|grandfather|family)('s|s')?\b[^.]{0,40}"
    r"\b(?:told|said|says?|wrote|views?|evidence|described?|explain(?:ed)?|concerns?|worr(?:y|ied)|think"
    r"|feels?|report(?:ed)?)\b",
    r"\bparental (?:views?|evidence|concerns?|request)\b",
)
_CHILD_SAID = (
    r"(?:told|tells|said|says|wrote|writes|drew|feels?|thinks?|likes?|wants?|would like|finds?|worries"
    r"|'s (?:own )?(?:views?|words|wishes|voice|picture|drawing))"
)
_CHILDS = r"\b(?:the child|the young person|your (?:son|daughter|child)|she|he|they)('s)? ?" + _CHILD_SAID + r"\b"


def _test(reasons: str, instead: str, weighed: Weighed) -> Pitfall | None:
    return _found(
        "other_test",
        "The law has two tests and no other: may the child have special educational needs, and may provision through a "
        "plan be necessary. A stricter test of our own is not a lawful reason.",
        _OTHER_TEST(reasons),
    )


def _blanket(reasons: str, instead: str, weighed: Weighed) -> Pitfall | None:
    return _found(
        "blanket",
        "This reads like a rule for every child of a kind. Say what is so for this child.",
        _BLANKET(reasons),
    )


def _money(reasons: str, instead: str, weighed: Weighed) -> Pitfall | None:
    return _found(
        "money",
        "What a school has or has not spent is no legal test.",
        _MONEY(reasons),
    )


def _cycles(reasons: str, instead: str, weighed: Weighed) -> Pitfall | None:
    return _found(
        "cycles",
        "Too few cycles of support is never a reason by itself. Say what the help so far has shown about this child.",
        _CYCLES(reasons),
    )


def _met(reasons: str, instead: str, weighed: Weighed) -> Pitfall | None:
    words = _CAN_BE_MET(reasons)
    said = f"{reasons} {instead}"
    if words and _WHO(said.replace(words, " ")) and _HOW(said):
        return None
    return _found(
        "can_be_met",
        "Say how the needs will be met, by whom and how often: here, or under “What happens now instead”.",
        words,
    )


def _missing(reasons: str, instead: str, weighed: Weighed) -> Pitfall | None:
    words = _MISSING(reasons)
    if not words or not weighed.not_asked:
        return None
    lacking = "; ".join(weighed.not_asked)
    return _found("not_asked", f"This leans on something that is not here. We never asked for: {lacking}.", words)


def _no_parents(reasons: str, instead: str, weighed: Weighed) -> Pitfall | None:
    if not weighed.parents or _PARENTS(reasons):
        return None
    return Pitfall("parents", "Nothing here says what the family told us, and what we made of it.")


def _no_child(reasons: str, instead: str, weighed: Weighed) -> Pitfall | None:
    if not weighed.child:
        return None
    named = rf"\b{re.escape(weighed.called)}(?:'s)? ?{_CHILD_SAID}\b" if weighed.called else ""
    if any(re.search(each, reasons, re.IGNORECASE) for each in (_CHILDS, named) if each):
        return None
    return Pitfall("child", "Nothing here says what the child told us, and what we made of it.")


def _found(kind: str, say: str, words: str) -> Pitfall | None:
    return Pitfall(kind, say, words) if words else None


LOOKS = (_test, _blanket, _money, _cycles, _met, _missing, _no_parents, _no_child)
