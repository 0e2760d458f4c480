"""Pages of a form, generated from its definition."""

from collections.abc import Mapping
from typing import Any

from werkzeug.datastructures import CombinedMultiDict, MultiDict

from forms.conditions import Answers
from forms.definition import Page
from forms.pages.autosave import Typed, group_offered, read_typed
from forms.pages.form import PageForm
from forms.pages.layout import Extras, Layout, field_for
from forms.pages.rows import Rows
from forms.wording import named

__all__ = ["Extras", "PageForm", "Typed", "build", "group_offered", "read_typed"]


def build(
    page: Page,
    answers: Answers,
    facts: Mapping[str, Any],
    *,
    formdata: MultiDict[str, str] | None = None,
    files: MultiDict[str, Any] | None = None,
    child_name: str,
    extras: Extras | None = None,
) -> PageForm:
    """The form for one page, filled with what is stored or, given `formdata`, with what was typed.

    `child_name` is the name the child likes, "" when not known. `extras` holds what a definition cannot
    know: lists to choose from, titles of rows that come from a plan, the state of links and sums.
    Needs an application context. `form.validate()` then fills `form.problems()`; either way
    `form.values()` is what to keep. `form.pressed` is ("add", group) or ("remove", row) when one of those
    buttons sent the page: keep the values and show the form again.
    """
    typed = None if formdata is None else CombinedMultiDict([formdata, *([files] if files else [])])
    layout = Layout(page, answers, facts, typed, child_name, extras or Extras())
    asked = layout.asked()
    fields = {each.path: field_for(each) for each in asked}
    form: PageForm = type("Page", (PageForm,), fields)(
        formdata=typed, data={each.path: answers.get(each.path) for each in asked}
    )
    # Innermost first: whether a row is blank depends on the groups inside it.
    for place in reversed(list(form.places())):
        if isinstance(place, Rows):
            place.settle(layout.rows(place, form), typed=typed is not None)
    form.title = named(page.title, "", page.written_by)  # for the window, where no name may stand
    form.heading = layout.words(page.title)
    form.intro = layout.words(page.intro)
    form.top = tuple(form._fields[path] for path in layout.top)
    form.pressed = _pressed(typed)
    return form


def _pressed(typed: Any) -> tuple[str, str] | None:
    for button in ("add", "remove"):
        if typed is not None and typed.get(button):
            return button, str(typed[button])
    return None
