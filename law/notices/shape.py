"""The shape of a letter: to whom, what it must contain, and under which provision."""

from dataclasses import dataclass
from typing import Literal

Audience = Literal["family", "setting", "health", "social_care", "advisers", "invitees"]

SEND = "SEND Regulations 2014"
ACT = "Children and Families Act 2014"
CODE = "SEND Code of Practice 2015"
BUDGETS = "SI 2014/1652"
GOOD_PRACTICE = "Good practice"


@dataclass(frozen=True, slots=True)
class Notice:
    """One letter. `meets` are the duties that sending it satisfies by itself."""

    id: str
    title: str
    to: tuple[Audience, ...]
    must_contain: tuple[str, ...]
    citation: str
    statutory: bool = True
    meets: tuple[str, ...] = ()


def good_practice(
    id: str, title: str, to: tuple[Audience, ...], must_contain: tuple[str, ...], citation: str = GOOD_PRACTICE
) -> Notice:
    """A letter that no law asks for."""
    return Notice(id, title, to, must_contain, citation, statutory=False)
