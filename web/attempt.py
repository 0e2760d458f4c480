"""Doing a verb from a page: refused, it is undone whole and said beside the field."""

from collections.abc import Iterator
from contextlib import contextmanager

from web.application import current
from workflow.errors import AlreadyDone, NotPermitted, Refused

Problems = list[tuple[str, str]]


@contextmanager
def attempt(problems: Problems) -> Iterator[None]:
    """Run a verb in a savepoint. A refusal undoes it and adds (anchor, sentence) to `problems`."""
    try:
        with current().session.begin_nested():
            yield
    except Refused as refusal:
        problems.append((_anchor(refusal.field), refusal.sentence))
    except (AlreadyDone, NotPermitted) as refusal:
        problems.append(("", refusal.sentence))


def _anchor(field: str | None) -> str:
    from forms.paths import anchor

    return anchor(field) if field else ""
