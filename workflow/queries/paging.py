"""Pages of long lists."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, func, literal, select

from models.database import OwnedSession

PAGE = 25
MOST = 10 * PAGE
"""How many lines of a list are counted and paged through, so that a list costs the same however long it grows.
Whoever has more to look at looks at less of it: at their own, at one setting's, at what is late."""


@dataclass(frozen=True)
class Page:
    """Which page of a list is shown, out of how many rows. A number past the end shows the last page. `more`: there
    are more rows than are counted."""

    asked: int
    total: int
    size: int = PAGE
    more: bool = False

    @property
    def pages(self) -> int:
        """How many pages there are: at least one."""
        return max(1, -(-self.total // self.size))

    @property
    def number(self) -> int:
        """The page that is shown, from 1."""
        return min(max(1, self.asked), self.pages)

    @property
    def offset(self) -> int:
        """How many rows come before it."""
        return (self.number - 1) * self.size

    @property
    def count(self) -> str:
        """How many rows there are, as it is said."""
        return f"{self.total}+" if self.more else str(self.total)


def page_of(
    session: OwnedSession,
    wanted: Select[*tuple[Any, ...]],
    asked: int,
    size: int = PAGE,
    given: Mapping[str, Any] | None = None,
) -> Page:
    """The page of what is `wanted`, of which `MOST` at most are counted. One query."""
    some = wanted.with_only_columns(literal(1)).order_by(None).limit(MOST + 1).subquery()
    count = session.execute(select(func.count()).select_from(some), given or {}).scalar_one()
    return Page(asked, min(count, MOST), size, count > MOST)
