"""Finding a child who may be known already: by folded and phonetic pieces of the name, and birth date."""

import uuid
from collections import defaultdict
from datetime import date, timedelta

import jellyfish
from sqlalchemy import ColumnElement, and_, extract, or_, select

from models.database import OwnedSession
from models.people import Child, NameToken
from workflow.cases.plain_names import bare, plain, spelled_out

HYPHENS, APOSTROPHES = "-‐‑–", "'’‘ʼ`´"
APART = str.maketrans({mark: " " for mark in f"{HYPHENS}{APOSTROPHES}.,/"})
JOINED = str.maketrans({**dict.fromkeys(f"{HYPHENS}{APOSTROPHES}"), **{mark: " " for mark in ".,/"}})
HALF_JOINED = str.maketrans({**dict.fromkeys(APOSTROPHES), **{mark: " " for mark in f"{HYPHENS}.,/"}})
MOST, ROWS = 10, 3000
NEAR = timedelta(days=31)


def tokens(name: str) -> set[str]:
    """Pieces of a name to match by: without accents or case, in Latin letters too, with apostrophes and hyphens
    joined and split, and by sound.

    Any script: where neither letters nor sound can be worked out, the folded letters alone serve.
    """
    pieces = {
        piece
        for letters in (bare(name), plain(name), spelled_out(name))
        for cut in (APART, JOINED, HALF_JOINED)
        for piece in letters.translate(cut).split()
    }
    sounds = {jellyfish.metaphone(piece) for piece in pieces if piece.isascii() and piece.isalpha()}
    return {piece for piece in pieces if len(piece) > 1} | {f"~{sound}" for sound in sounds if len(sound) > 1}


def index(session: OwnedSession, child: Child) -> None:
    """Make a child findable by every name they are known by."""
    for token in tokens(f"{child.first} {child.last} {child.known_as}"):
        session.add(NameToken(child_id=child.id, token=token))


def likely_same(session: OwnedSession, name: str, born_on: date, *, but_not: uuid.UUID | None) -> list[Child]:
    """Children who may be this one, likeliest first: the same birth date and one name shared, or a near birth date
    and two names (one, where there is only one). The order of names does not count.

    Offered to a person; nothing is joined by itself. One query, however many there are.
    """
    names = [found for word in dict.fromkeys(name.split()) if (found := tokens(word))]
    rows = session.execute(
        select(Child, NameToken.token)
        .join(NameToken, and_(NameToken.authority_id == Child.authority_id, NameToken.child_id == Child.id))
        .where(NameToken.token.in_(set().union(*names)), _near(born_on))
        .order_by((Child.born_on == born_on).desc(), Child.id)
        .limit(ROWS)
    ).all()
    has: dict[uuid.UUID, set[str]] = defaultdict(set)
    children: dict[uuid.UUID, Child] = {}
    for child, token in rows:
        if child.id != but_not:
            children[child.id] = child
            has[child.id].add(token)
    shared = {each: sum(bool(pieces & has[each]) for pieces in names) for each in children}
    likely = [
        child
        for child in children.values()
        if shared[child.id] >= (1 if child.born_on == born_on else min(2, len(names)))
    ]
    return sorted(likely, key=lambda each: (each.born_on != born_on, -shared[each.id], str(each.id)))[:MOST]


def _near(born_on: date) -> ColumnElement[bool]:
    """Typed wrong by little: near in days, day and month swapped, or one of three parts different."""
    day, month, year = (extract(part, Child.born_on) for part in ("day", "month", "year"))
    same_day, same_month, same_year = day == born_on.day, month == born_on.month, year == born_on.year
    return or_(
        Child.born_on.between(born_on - NEAR, born_on + NEAR),
        and_(day == born_on.month, month == born_on.day, same_year),
        and_(same_day, same_month),
        and_(same_day, same_year),
        and_(same_month, same_year),
    )
