"""Reading an outcome, or a row of provision, once more with its writer: kind questions that never stop anything.

Pure. An outcome is a difference in somebody's life; it is not the help they get.
"""

from collections.abc import Collection, Iterator, Mapping
from datetime import date
from typing import Any, NamedTuple

from forms import vague
from forms.conditions import Answers
from forms.paths import path
from forms.question import Question
from forms.values import has_something, usable

MOST = 10
Row = Mapping[str, Any]


class Remark(NamedTuple):
    """One thing to think about: the test's name, its question, and a sentence about this text."""

    test: str
    ask: str
    say: str


def look(outcome: Row, *, names: Collection[str] = (), born: date | None, today: date) -> tuple[Remark, ...]:
    """What to ask about one outcome; nothing while what they will be able to do is still empty.

    outcome: by short name (`can`, `by`, `know`, `hope`, `steps`), what a row asks for, with the answer or
    None. What it does not ask for is not missed. names: what the child or young person is called, and their
    own pronouns. born: their date of birth where known.
    """
    text = outcome.get("can")
    if not isinstance(text, str) or not text.strip():
        return ()
    return (*_words(text, names), *_missing(outcome), *_date(outcome, born, today))


def look_at_provision(row: Row) -> tuple[Remark, ...]:
    """What to ask about one row of provision: words from which nobody could tell what will happen."""
    text = " ".join(str(row.get(part) or "") for part in ("what", "who", "watch"))
    words = vague.found(vague.PROVISION, text)
    if not words:
        return ()
    say = f"You wrote {_quoted(words)}. Can you say what will happen, who will do it and how often?"
    return (Remark("Clear enough to check", "Could a parent tell whether it is happening?", say),)


def look_at_all(outcomes: int) -> tuple[Remark, ...]:
    """What to ask about the number of outcomes."""
    if outcomes <= MOST:
        return ()
    say = f"There are {outcomes} here. Could some be steps towards another, or wait until the next review?"
    return (Remark("A workable number", "Three to eight is usual.", say),)


def row_of(group: Question, answers: Answers, *rows: str) -> Row:
    """The answers of one row by their short names. A group inside it is a list of such rows."""
    return {_short(cell): _value(cell, answers, rows) for cell in group.rows}


def _words(text: str, names: Collection[str]) -> Iterator[Remark]:
    if not vague.in_our_letters(text):
        return
    if not vague.about_somebody(text, names):
        say = "There is no name here, and no “he”, “she” or “they”. Who is it about?"
        yield Remark("About this person", "Would it make sense with someone else’s name?", say)
    if vague.staff_side(text):
        say = "This starts with what other people will do. What will be different for them?"
        yield Remark("From their side", "Is it what they will be able to do?", say)
    if vague.only_vague(text):
        say = "What would you see them do that they cannot do now?"
        yield Remark("Specific", "Could two people picture the same thing?", say)
    if words := vague.help_in(text):
        say = f"You wrote {_quoted(words)}. That may be the help, which has its own place. What will it make possible?"
        yield Remark("Not help in disguise", "Take out the help. Is anything left?", say)


def _missing(outcome: Row) -> Iterator[Remark]:
    if "know" in outcome and not has_something(outcome["know"]):
        say = "Nothing is written about this yet. One thing that people can see, count or hear is enough."
        yield Remark("Can be seen or counted", "How will everyone know?", say)
    if "hope" in outcome and not has_something(outcome["hope"]):
        say = "No hope is picked yet. It helps to see what this is for."
        yield Remark("Leads to a hope", "Which hope does it lead to?", say)


def _date(outcome: Row, born: date | None, today: date) -> Iterator[Remark]:
    if "by" not in outcome:
        return
    if not has_something(outcome["by"]):
        say = "There is no date yet. The end of a school stage is a good one."
        yield Remark("Has a date", "By when?", say)
        return
    by = _day(outcome["by"])
    if by is None:
        return
    if by < today:
        yield Remark("Has a date", "By when?", "This date has passed. Has it happened, or does it need a new date?")
    if born and by >= _birthday(born, 26):
        say = "They will be over 25 then, and a plan ends before that. Is there an earlier step?"
        yield Remark("Has a date", "By when?", say)
    steps = outcome.get("steps", "not asked")
    if by > _birthday(today, 1) and steps != "not asked" and not has_something(steps):
        say = "This is more than a year away. One or two smaller steps make it easier to see how it is going."
        yield Remark("Has small steps", "What comes first?", say)


def _value(cell: Question, answers: Answers, rows: tuple[str, ...]) -> Any:
    value = answers.get(path(cell.id, *rows))
    if cell.type == "repeat":
        return [row_of(cell, answers, *rows, row) for row in value or ()]
    return value


def _short(cell: Question) -> str:
    return cell.id.rpartition(".")[2].removesuffix("[]")


def _day(value: Any) -> date | None:
    return date.fromisoformat(value) if isinstance(value, str) and usable("date", value) else None


def _birthday(day: date, years: int) -> date:
    """The same day so many years later; 1 March for 29 February in a common year."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)


def _quoted(words: Collection[str]) -> str:
    quoted = [f"“{each}”" for each in words]
    return " and ".join([", ".join(quoted[:-1]), quoted[-1]]) if len(quoted) > 1 else quoted[0]
