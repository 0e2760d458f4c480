"""Letters and notices as data: to whom, what each must contain, and under which provision."""

from collections.abc import Collection, Mapping

from law.errors import UnknownNotice
from law.items import ITEMS, Item
from law.notices import appeals, assessments, changes, endings, money, reviews, support
from law.notices.shape import Audience, Notice

__all__ = ["NOTICES", "Audience", "Notice", "missing", "notice"]

GROUPS = (support, assessments, reviews, changes, endings, appeals, money)
NOTICES: dict[str, Notice] = {notice.id: notice for group in GROUPS for notice in group.NOTICES}


def notice(notice_id: str) -> Notice:
    """One letter by id. Raises UnknownNotice."""
    try:
        return NOTICES[notice_id]
    except KeyError:
        raise UnknownNotice(notice_id) from None


def missing(notice_id: str, contents: Mapping[str, object] | Collection[str]) -> tuple[Item, ...]:
    """What a letter still lacks, in the order the letter is written; empty when it may be sent.

    contents: item ids to what fills them (blank does not count), or just the ids that are filled.
    Raises UnknownNotice.
    """
    if isinstance(contents, Mapping):
        filled = {item for item, value in contents.items() if value and str(value).strip()}
    else:
        filled = set(contents)
    return tuple(ITEMS[item] for item in notice(notice_id).must_contain if item not in filled)
