"""Pages of long lists."""

from dataclasses import dataclass

PAGE = 25


@dataclass(frozen=True)
class Page:
    """Which page of a list is shown, out of how many rows. A number past the end shows the last page."""

    asked: int
    total: int
    size: int = PAGE

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
