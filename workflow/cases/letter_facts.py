"""What a letter may draw on."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any


@dataclass(frozen=True)
class Facts:
    """What a letter may draw on.

    `own` are words written for this letter, by item id; `dues` the last day of each rule that runs; `dates` the
    facts the act fixed, by key.
    """

    child: str
    authority: str
    settings: Mapping[str, Any]
    happened_on: date
    decide_by: date | None = None
    appeal_by: date | None = None
    mediation_by: date | None = None
    comment_by: date | None = None
    earliest_end: date | None = None
    reply_by: date | None = None
    done_by: date | None = None
    plan_made: date | None = None
    officer: str = ""
    own: Mapping[str, str] = field(default_factory=dict)
    dues: Mapping[str, date] = field(default_factory=dict)
    dates: Mapping[str, date] = field(default_factory=dict)
