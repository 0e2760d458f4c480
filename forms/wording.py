"""A form's words as they are read, with the name the child likes in them."""

from forms.question import Question


def named(text: str, child_name: str, written_by: str = "") -> str:
    """The text with `{name}` filled in: while the name is not known, families read "your child"."""
    return text.replace("{name}", child_name or ("your child" if written_by == "family" else "the child"))


def opening(intro: str, *, known: bool) -> str:
    """A part's opening words. Where nothing is `known`, nobody is asked to check it, whichever version says so."""
    return "" if intro.startswith("Check what ") and not known else intro


def row_name(group: Question, number: int) -> str:
    """What a row of a group is called that has no title: the first may be the writer's own."""
    if number == 1 and group.first:
        return group.first.text
    return f"{group.row_name or 'row'} {number}".capitalize()
