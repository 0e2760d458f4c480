"""The invented children: who they are, where they learn, and how far their case has come."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Invented:
    """A child who does not exist. `days_ago` is when the request was sent; `story` names what was done."""

    first: str
    last: str
    born: str
    school: str
    parent: str
    story: str
    days_ago: int


REQUESTS = (
    Invented("Juniper", "Pretend", "2018-03-14", "Bramble Hill Primary School", "Pat Pretend", "draft", 3),
    Invented("Otis", "Madeup", "2017-09-01", "Bramble Hill Primary School", "", "draft", 10),
    Invented("Wren", "Fictional", "2017-05-20", "Bramble Hill Primary School", "Fran Fictional", "sent", 2),
    Invented("Ember", "Imagined", "2016-11-30", "Copper Beech Junior School", "Immy Imagined", "sent", 30),
    Invented("Zoë", "O’Storybook", "2015-08-31", "Copper Beech Junior School", "", "sent", 40),
    Invented("Ravi", "Makebelieve", "2019-12-25", "Acorns Nursery", "", "sent", 45),
    Invented("Tamsin", "Samplechild", "2014-02-28", "Dragonfly Academy", "", "asked", 20),
    Invented("Kit", "Notreal", "2013-07-07", "Dragonfly Academy", "", "assessing", 60),
    Invented("Isla", "Invented", "2016-02-29", "Copper Beech Junior School", "Immy Imagined", "drafted", 100),
    Invented("Bo", "Exampleton", "2012-10-10", "Dragonfly Academy", "", "refused", 50),
    Invented("Mina", "Fable", "2011-01-05", "Dragonfly Academy", "Zara Storybook", "refused", 90),
    Invented("Noor", "Placeholder", "2018-06-18", "Bramble Hill Primary School", "", "withdrawn", 35),
)

# By the parents themselves: one is about a child whose school has asked too.
BY_PARENTS = (
    Invented("Wren", "Fictional", "2017-05-20", "Bramble Hill Primary School", "Fran Fictional", "sent", 1),
    Invented("Leo", "Pretend", "2020-04-04", "", "Lou Pretend", "sent", 5),
)

_FIRST = (
    "Alder", "Birdie", "Clover", "Dune", "Echo", "Fern", "Gale", "Hazel", "Indigo", "Jet", "Koa", "Lark", "Maple",
    "Nova", "Ocean", "Piper", "Quill", "Reed", "Sorrel", "Tansy", "Una", "Vesper", "Willow", "Yarrow", "Zephyr",
)  # fmt: skip
_LAST = ("Pretend", "Madeup", "Fictional", "Imagined", "Samplechild", "Notreal", "Fable")
_SCHOOLS = ("Bramble Hill Primary School", "Copper Beech Junior School", "Dragonfly Academy", "Hartwell College")


@dataclass(frozen=True)
class Planned:
    """A child with a plan already. `review_in` is the days from today to the end of the review's 12 months."""

    first: str
    last: str
    born: str
    school: str
    review_in: int
    story: str
    caseworker: str


STORIES = {2: "reported", 5: "held_late", 7: "arranged", 9: "kept", 12: "reported", 15: "changed"}

PLANNED = tuple(
    Planned(
        first,
        _LAST[at % len(_LAST)],
        f"{2007 + at % 12}-{1 + at % 12:02}-{1 + at:02}",
        _SCHOOLS[at % len(_SCHOOLS)],
        (-20, 5, 40, 90, 150, 220, 300)[at % 7],
        STORIES.get(at, "waiting"),
        ("casey.worker@hartwell.example", "morgan.caseload@hartwell.example")[at % 2],
    )
    for at, first in enumerate(_FIRST)
)
