"""Finding a child who may be known already: by folded and phonetic pieces of the name, and birth date."""

import unicodedata
import uuid
from datetime import date

import jellyfish
from sqlalchemy import func, select

from models.database import OwnedSession
from models.people import Child, NameToken

SPLIT = str.maketrans({mark: " " for mark in "-‐‑–.,'’ʼ`"})
JOIN = str.maketrans({mark: None for mark in "'’ʼ`"})


def tokens(name: str) -> set[str]:
    """Pieces of a name to match by: without accents or case, apostrophes joined and split, and by sound.

    Any script: where sound cannot be worked out, the folded letters alone serve.
    """
    bare = "".join(mark for mark in unicodedata.normalize("NFKD", name.casefold()) if not unicodedata.combining(mark))
    pieces = {*bare.translate(SPLIT).split(), *bare.translate(JOIN).translate(SPLIT).split()}
    sounds = {f"~{jellyfish.metaphone(piece)}" for piece in pieces if piece.isascii() and piece.isalpha()}
    return {piece for piece in pieces | sounds if len(piece) > 1}


def index(session: OwnedSession, child: Child) -> None:
    """Make a child findable by every name they are known by."""
    for token in tokens(f"{child.first} {child.last} {child.known_as}"):
        session.add(NameToken(child_id=child.id, token=token))


def likely_same(session: OwnedSession, name: str, born_on: date, *, but_not: uuid.UUID | None) -> list[Child]:
    """Children who may be this one, likeliest first: two pieces of the name shared and a near birth date,
    or the same birth date and one piece. Offered to a person; nothing is joined by itself."""
    wanted = tokens(name)
    shared = (
        select(NameToken.child_id, func.count(func.distinct(NameToken.token)).label("shared"))
        .where(NameToken.token.in_(wanted))
        .group_by(NameToken.child_id)
        .subquery()
    )
    rows = session.execute(
        select(Child, shared.c.shared)
        .join(shared, shared.c.child_id == Child.id)
        .order_by(shared.c.shared.desc())
        .limit(50)
    ).all()
    return [
        child
        for child, pieces in rows
        if child.id != but_not and (child.born_on == born_on or (pieces >= 2 and _near(child.born_on, born_on)))
    ][:10]


def _near(one: date, other: date) -> bool:
    """Typed wrong by little: near in days, day and month swapped, or one of three parts different."""
    parts = ((one.day, other.day), (one.month, other.month), (one.year, other.year))
    different = sum(a != b for a, b in parts)
    swapped = (one.day, one.month, one.year) == (other.month, other.day, other.year)
    return abs((one - other).days) <= 31 or swapped or different <= 1
