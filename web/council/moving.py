"""Who moves to the next phase in a year: the board of them all, what is done for many at once, and corrections."""

import uuid

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import HiddenField, RadioField, SelectField, SelectMultipleField
from wtforms import TextAreaField as Area
from wtforms.validators import DataRequired, Optional

from law.moves import MOVES, cut_off, year_to_plan
from web.application import current
from web.attempt import Problems, attempt
from web.council import bp
from web.council.forms import LONG, CouncilForm, SelectChoice, tidy
from web.council.scope import case_of, note_reading, page_number, with_args
from web.fields import DayField
from web.who import who
from workflow.cases import cohorts, rehearsal
from workflow.clock import london_day
from workflow.errors import NotFound
from workflow.queries import case_page, cohort
from workflow.queries.cohort import Filters, Row

WORKERS = ("caseworker", "decider", "manager")
USUAL = "secondary"


class TogetherForm(CouncilForm):
    """One act for many: who, and what the letter says."""

    act = HiddenField(validators=[DataRequired("Choose what to do.")])
    chosen = SelectMultipleField("Who", validate_choice=False)
    which_move = Area("Which move it is, and when", filters=[tidy], validators=[Optional(), LONG])
    reply_by = DayField("Please reply by", optional=True)

    def wanting(self) -> Problems:
        """What the letter still lacks."""
        found: Problems = []
        if self.act.data == "ask" and not self.which_move.data:
            found.append(("which_move", "Write which move it is, and when."))
        if self.act.data == "ask" and not self.reply_by.data:
            found.append((self.reply_by.anchor, "Enter the day to reply by."))
        return found


class CorrectForm(CouncilForm):
    """That a child moves this year, or does not, whatever their age says."""

    move = SelectField("Which move?", choices=[SelectChoice(each.id, each.title) for each in MOVES.values()])
    year = SelectField("In September of")
    moves = RadioField(
        "Is the move this year?",
        choices=[
            SelectChoice("yes", "Yes: put the child on this board"),
            SelectChoice("no", "No: leave the child out"),
        ],
        validators=[DataRequired("Choose whether the move is this year.")],
    )
    why = Area("Why?", filters=[tidy], validators=[DataRequired("Write why. It stays in the record."), LONG])


@bp.get("/moving")
@who("staff")
def moving() -> str:
    """Everybody who makes a move in a year, how each stands, and the days that all are held to."""
    state, filters = current(), _filters()
    note_reading("moves to the next phase")
    return render_template(
        "council/moving.html",
        board=cohort.board(state.session, state.actor, filters),
        filters=filters,
        moves=MOVES.values(),
        years=_years(),
        stages=cohort.STAGES,
        with_args=with_args,
        works=bool(state.actor.roles & set(WORKERS)),
    )


@bp.post("/moving/together")
@who("staff", roles=WORKERS)
def move_together() -> ResponseReturnValue:
    """Ask many families what they would like, or bring many plans under review. `step` is write, preview or send."""
    state, filters, form = current(), _filters(), TogetherForm()
    if form.act.data not in cohorts.ACTS:
        raise NotFound
    chosen = cohort.chosen(state.session, state.actor, filters, _ids(form.chosen.data or ()))
    board_url = url_for("council.moving", move=filters.move.id, year=filters.year)
    if not chosen:
        flash("Choose the children first.", "problem")
        return redirect(board_url)
    step = request.form.get("step", "write")
    if step == "write" and not form.which_move.data:
        form.which_move.data = f"{filters.move.title}, in September {filters.year}."
    problems = form.problems() + form.wanting() if step in ("preview", "send") else []
    if problems or step not in ("preview", "send"):
        return _together(filters, form, chosen, problems), 422 if problems else 200
    batch = _batch(filters, form)
    if step == "preview":
        return _preview(filters, form, chosen, batch)
    done = cohorts.do_all(state.session, [each.case_id for each in chosen], batch, state.actor, now=state.now)
    refused = [each for each in done if each.problem]
    flash(f"Done for {len(done) - len(refused)} of {len(done)}.", "problem" if refused else "success")
    return redirect(board_url)


@bp.route("/cases/<uuid:case_id>/moving", methods=["GET", "POST"])
@who("staff", roles=WORKERS)
def correct_cohort(case_id: uuid.UUID) -> ResponseReturnValue:
    """Say by hand whether a child moves in a year."""
    state, filters, problems = current(), _filters(), Problems()
    case = case_of(case_id)
    form = CorrectForm(data={"move": filters.move.id, "year": str(filters.year)})
    form.year.choices = [SelectChoice(str(each), str(each)) for each in _years()]
    if form.validate_on_submit():
        move, year = MOVES[form.move.data], int(form.year.data)
        with attempt(problems):
            cohorts.correct(
                state.session,
                case,
                move,
                year,
                state.actor,
                moves=form.moves.data == "yes",
                why=form.why.data or "",
                now=state.now,
            )
        if not problems:
            flash("It is on record.", "success")
            return redirect(url_for("council.moving", move=move.id, year=year))
    note_reading("moves to the next phase", case.id)
    problems = form.problems() + [("moves-0" if at == "moves" else at, said) for at, said in problems]
    called = case_page.called(state.session, case)
    page = render_template("council/moving_correct.html", form=form, case=case, called=called, form_problems=problems)
    return page, 422 if problems else 200


def _preview(filters: Filters, form: TogetherForm, chosen: list[Row], batch: cohorts.Batch) -> str:
    """What would become of each, worked out by doing it and taking it back."""
    state = current()
    letters, refused = [], []
    for each in chosen:
        problems = Problems()
        with attempt(problems):
            effects = rehearsal.effects_of(
                state.session,
                each.case_id,
                lambda case_id=each.case_id: cohorts.do_one(  # type: ignore[misc]
                    state.session, case_id, batch, state.actor, now=state.now
                ),
            )
            letters.append((each, effects.letters))
        refused += [(each, said) for _, said in problems]
    return render_template(
        "council/moving_preview.html", form=form, filters=filters, letters=letters, refused=refused, batch=batch
    )


def _together(filters: Filters, form: TogetherForm, chosen: list[Row], problems: Problems) -> str:
    return render_template(
        "council/moving_together.html",
        form=form,
        filters=filters,
        chosen=chosen,
        cut_off=cut_off(filters.move, filters.year),
        form_problems=problems,
    )


def _batch(filters: Filters, form: TogetherForm) -> cohorts.Batch:
    return cohorts.Batch(
        form.act.data or "", filters.move, filters.year, form.which_move.data or "", form.reply_by.data
    )


def _filters() -> Filters:
    asked = request.args
    year = asked.get("year", type=int)
    stage = asked.get("stage", "")
    return Filters(
        move=MOVES.get(asked.get("move", USUAL), MOVES[USUAL]),
        year=year if year and year in _years() else year_to_plan(london_day(current().now)),
        stage=stage if stage in cohort.STAGES else "",
        setting_id=asked.get("setting", type=uuid.UUID),
        page=page_number(),
    )


def _years() -> range:
    first = year_to_plan(london_day(current().now))
    return range(first - 1, first + 3)


def _ids(typed: object) -> set[uuid.UUID]:
    found = set()
    for each in typed if isinstance(typed, list | tuple) else ():
        try:
            found.add(uuid.UUID(str(each)))
        except ValueError:
            continue
    return found
