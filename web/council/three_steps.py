"""An act in three steps: write it, see what it does and every letter, do it."""

from collections.abc import Callable, Sequence

from flask import redirect, render_template, request
from flask.typing import ResponseReturnValue

from law.pitfalls import Pitfall
from models.cases import Case
from web.application import current
from web.attempt import Problems, attempt
from web.council.forms import CouncilForm
from workflow.cases import rehearsal


def write_look_send(
    form: CouncilForm,
    case: Case,
    *,
    act: Callable[[], object],
    page: Callable[[Problems], str],
    anchor: Callable[[str], str],
    done_url: str,
    title: str = "",
    found: Sequence[Pitfall] = (),
) -> ResponseReturnValue:
    """Answer a POST whose `step` is preview, change or send.

    `page` draws the form with what is wrong, `act` does it, `anchor` finds the box a refusal is about. The
    preview does the act, looks at what it did, and undoes it. `title` names an act that is no decision; `found` is
    what the preview asks to look at again.
    """
    step, problems = request.form.get("step", "preview"), Problems()
    if step == "change":
        return page(problems)
    effects: rehearsal.Effects | None = None
    if form.validate():
        with attempt(problems):
            if step == "send":
                act()
            else:
                effects = rehearsal.effects_of(current().session, case.id, act)
    problems = form.problems() + [(anchor(at), said) for at, said in problems]
    if problems:
        return page(problems), 422
    if step == "send":
        return redirect(done_url)
    return render_template(
        "council/decision_preview.html", form=form, effects=effects, case=case, title=title, found=found
    )
