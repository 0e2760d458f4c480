"""What stands on a form's pages beside its answers: the way to what was said about each, and who signed."""

from dataclasses import dataclass
from functools import cached_property

from flask import url_for

from forms.definition import question
from forms.paths import parse_path
from web.application import current
from web.writing import desk
from workflow.coproduction import remarks, signing_off
from workflow.queries import remarks as known
from workflow.queries.remarks import Said, Signed
from workflow.queries.writing import Desk


@dataclass(frozen=True)
class Link:
    """The way to what was said about an answer, `count` of them; where there is nothing yet, to say the first:
    `asks` where there is only something to ask."""

    href: str
    count: int
    asks: bool


@dataclass(frozen=True)
class Talk:
    """What was said about a form's answers, for one reader."""

    opened: Desk
    said: tuple[Said, ...]
    signed: tuple[Signed, ...] = ()
    links: bool = True

    def link(self, path: str) -> Link | None:
        """The way to what was said about an answer, and to say more; None where there is nothing of either.

        About one's own words, and about words that are not there yet, one asks.
        """
        count = self._counts.get(path, 0)
        may = self._may_say(path)
        if not count and not may:
            return None
        texts = self.opened.read.texts.get(path, ())
        others = any(text.author_id != self.opened.actor.person_id for text in texts)
        if count or (others and may != (remarks.QUESTION,)):
            return Link(desk.link("said_about", self.opened, path=path), count, False)
        return Link(desk.link("say", self.opened, kind=remarks.QUESTION, path=path), 0, True)

    @property
    def by_answer(self) -> list[tuple[str, str, list[Said]]]:
        """(where to read on, the question, what was said), in the order in which it was begun."""
        found: dict[str, list[Said]] = {}
        for each in self.said:
            found.setdefault(each.path, []).append(each)
        return [
            (desk.link("said_about", self.opened, path=path), self.asks(path), each) for path, each in found.items()
        ]

    @property
    def questions(self) -> list[Said]:
        """Questions that wait for this reader's answer."""
        return [each for each in self.said if each.to_me and each.open] if not self.opened.sent else []

    @property
    def suggestions(self) -> list[Said]:
        """Words suggested for what this reader wrote, that wait for a yes or a no."""
        if self.opened.sent:
            return []
        wait = (each for each in self.said if each.kind == remarks.SUGGESTION and each.open and not each.mine)
        return [each for each in wait if self._wrote(each.path)]

    @property
    def may_sign(self) -> bool:
        """Whether this reader signs the form."""
        return signing_off.may_sign(self.opened.form, self.opened.theirs)

    @property
    def sign_url(self) -> str:
        """Where to sign."""
        return desk.link("sign", self.opened)

    @property
    def i_signed(self) -> bool:
        """Whether this reader has signed what the form says now."""
        return any(each.mine and not each.earlier for each in self.signed)

    def asks(self, path: str) -> str:
        """The question that an answer answers."""
        return known.asks(self.opened, path)

    def href(self, each: Said) -> str:
        """The page of one remark."""
        return url_for("writing.remark", remark_id=each.id)

    @cached_property
    def _counts(self) -> dict[str, int]:
        counts: dict[str, int] = {}
        for each in self.said:
            counts[each.path] = counts.get(each.path, 0) + 1
        return counts

    def _may_say(self, path: str) -> tuple[str, ...]:
        asked = question(self.opened.form, parse_path(path).id)
        form, theirs = self.opened.form, self.opened.theirs
        unbegun = path not in self.opened.read.versions
        if unbegun and (asked.type not in remarks.IN_WORDS or not remarks.open_to_all(form, asked, theirs)):
            return ()
        return remarks.kinds(form, asked, self.opened.submission, theirs, path)

    def _wrote(self, path: str) -> bool:
        texts = self.opened.read.texts.get(path, ())
        mine = not texts or any(text.author_id == self.opened.actor.person_id for text in texts)
        return mine and self.opened.may_write(parse_path(path).id)


def of_page(opened: Desk) -> Talk | None:
    """For a page of questions: one query, and none for a form that one person writes alone."""
    return Talk(opened, known.said(current().session, opened)) if _together(opened) else None


def of_form(opened: Desk, *, links: bool = True) -> Talk | None:
    """For a whole form, with who signed it. Three queries at most."""
    if not _together(opened):
        return None
    signed = tuple(known.signatures(current().session, opened))
    return Talk(opened, known.said(current().session, opened), signed, links and not opened.sent)


def _together(opened: Desk) -> bool:
    """Whether others read this form at all."""
    return opened.form.voice == "shared" or opened.submission.state != "draft"
