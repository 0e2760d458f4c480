"""A form's words as they are read, with the name the child likes in them."""


def named(text: str, child_name: str, written_by: str = "") -> str:
    """The text with `{name}` filled in: while the name is not known, families read "your child"."""
    return text.replace("{name}", child_name or ("your child" if written_by == "family" else "the child"))
