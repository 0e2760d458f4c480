"""What stands around an answer on a page: whose words they are, what lies beside them, and their history."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from forms.definition import Page, Question, question
from forms.pages import PageForm
from forms.paths import parse_path
from forms.reading import lines
from forms.values import has_something
from forms.wording import named
from web.application import current
from web.pages import moment
from web.writing import desk, hows, looking, typed
from web.writing.looking import Look
from workflow.coproduction.reading import Text
from workflow.queries import bundles
from workflow.queries.offers import Offer
from workflow.queries.writing import Desk


@dataclass(frozen=True)
class Voice:
    """One person's words, ready for `components/voice.html`."""

    id: str
    author: str
    text: str
    when: str
    voice: str
    mode: str
    state: str
    by: str = ""
    language: str = ""
    dir: str = "auto"
    spoken: str = ""


@dataclass(frozen=True)
class Earlier:
    """What was said before, ready to be taken: `take` names it."""

    author: str
    words: str
    on: date
    where: str
    own: bool
    take: str


@dataclass(frozen=True)
class Around:
    """Hooks and news of one answer. `was` marks what the page was served with."""

    was: str
    unsaved: bool = False
    by: Voice | None = None
    beside: tuple[Voice, ...] = ()
    clash: str = ""
    history: str = ""
    offer: Earlier | None = None
    look: Look | None = None


@dataclass
class Voices:
    """Turns texts into voices for one reader, looking up roles once."""

    opened: Desk
    _roles: dict[Any, str] | None = field(default=None)

    def of(self, path: str, text: Text) -> Voice:
        """A text with its author as this reader knows them."""
        if self._roles is None:
            self._roles = bundles.roles_of_authors(current().session, self.opened.submission)
        author, voice = bundles.author_words(
            text.author_id, text.author, self.opened.actor, self.opened.theirs, self._roles
        )
        asked = question(self.opened.form, parse_path(path).id)
        typed_words = asked.type in ("text", "area", "link")  # the words of a choice are the form's own
        language = text.language if typed_words else "en"
        return Voice(
            str(text.contribution_id),
            author,
            in_words(asked, text.value),
            moment(text.saved_at),
            voice,
            self._mode(text),
            text.state,
            self._typist(text),
            language if language != "en" else "",
            hows.dir_of(language),
            hows.spoken(language, self._roles.get(text.entered_by) == bundles.INTERPRETER),
        )

    def _mode(self, text: Text) -> str:
        """How the words were found; `watched` where somebody saw what the form's own owner did."""
        own = self.opened.form.voice != "shared" and text.author_id == self.opened.submission.owner_id
        return "watched" if text.mode == "observed" and own else text.mode

    def _typist(self, text: Text) -> str:
        """Who wrote the words down, where that was somebody else and they are not simply the author's own."""
        if text.mode == "own" or text.entered_by == text.author_id:
            return ""
        return bundles.typist_words(
            text.entered_by, text.typist, self.opened.actor, self.opened.theirs, self._roles or {}
        )


def in_words(asked: Question, value: Any) -> str:
    """A value as lines of words; files by their names."""
    if asked.type == "repeat":
        return f"{len(value or ())} in the list"
    if asked.type in ("file", "media"):
        listed = value.get("files", ()) if isinstance(value, Mapping) else value or ()
        words = lines(asked, value) if asked.type == "media" else ()
        return "\n".join([*words, *(str(each.get("name", "")) for each in listed)])
    return "\n".join(lines(asked, value))


def around(
    opened: Desk,
    form: PageForm,
    served: Mapping[str, str],
    unsaved: set[str],
    offered: Mapping[str, Offer] | None = None,
) -> dict[str, Around]:
    """What stands around each answer of a page. `served`: the marks of a page that came back. `offered`: what
    was said before, by question."""
    voices = Voices(opened)
    stored = form.values()
    found = {}
    for place in form.places():
        path = place.name
        texts = opened.read.texts.get(path, ())
        standing = opened.current(path)
        shared = opened.form.voice == "shared" or any(t.author_id != opened.actor.person_id for t in texts)
        listed = path.endswith("[]")
        mark = served.get(typed.WAS + path)
        by = shared and standing is not None and not listed and has_something(standing.value)
        found[path] = Around(
            was=mark if mark is not None else typed.digest(stored.get(path)),
            unsaved=path in unsaved,
            by=voices.of(path, standing) if by and standing else None,
            beside=tuple(voices.of(path, text) for text in texts if text.state == "beside"),
            clash=desk.link("two_versions", opened, path=path) if path in opened.read.clashes else "",
            history=desk.link("history", opened, path=path) if texts and not listed and opened.looks_back else "",
            offer=_earlier((offered or {}).get(path)),
            look=looking.beside(opened, place, stored),
        )
    return found


def _earlier(offer: Offer | None) -> Earlier | None:
    if offer is None:
        return None
    words = in_words(offer.question, offer.value) if offer.rows is None else _rows_in_words(offer)
    return Earlier(offer.author, words, offer.said_on, offer.where, offer.own, f"{offer.question.id}|{offer.source}")


def _rows_in_words(offer: Offer) -> str:
    cells = {cell.id: cell for cell in offer.question.cells}
    return "\n".join(
        ", ".join(" ".join(lines(cells[cell], value)) for cell, value in row.items()) for row in offer.rows or ()
    )


def others(opened: Desk, page: Page) -> list[tuple[str, list[Voice]]]:
    """Answers on this page that somebody else writes: shown, never editable."""
    voices = Voices(opened)
    shown = []
    for asked in page.questions:
        texts = opened.read.texts.get(asked.id, ()) if not opened.may_write(asked.id) else ()
        said = [voices.of(asked.id, text) for text in texts if has_something(text.value)]
        if said:
            shown.append((named(asked.text, opened.name, opened.form.written_by), said))
    return shown
