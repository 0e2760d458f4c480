"""How work is given out: teams, rules, what they would do with a request, and every change of them."""

import uuid
from collections.abc import Callable
from dataclasses import replace

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from web.application import current
from web.attempt import Problems, attempt
from web.council import bp
from web.council.allocation_forms import RuleForm, TeamForm, TryForm
from web.council.forms import SelectChoice
from web.council.scope import page_number, with_args
from web.who import who
from workflow.allocation import giving, settings
from workflow.allocation.rules import SETTING_KINDS, About, Routing, Rule, Team
from workflow.clock import london_day
from workflow.errors import NotFound
from workflow.queries import allocation as queries
from workflow.queries import triage_page

MANAGERS = ("manager",)
CARE = {"yes": True, "no": False}
CARES = [SelectChoice("", "It does not matter"), SelectChoice("yes", "Yes"), SelectChoice("no", "No")]


@bp.get("/giving-out")
@who("staff", roles=MANAGERS)
def giving_out() -> str:
    """Teams, rules in order, and whether requests are given out by themselves."""
    state = current()
    found = queries.overview(state.session, london_day(state.now))
    return render_template("council/giving_out.html", found=found, form_problems=[])


@bp.post("/giving-out/by-itself")
@who("staff", roles=MANAGERS)
def give_by_itself() -> ResponseReturnValue:
    """Whether requests are given out as they come, or only suggested."""
    automatic = request.form.get("automatic") == "yes"
    return _change(lambda now: replace(now, automatic=automatic), "It is set.")


@bp.route("/giving-out/team", methods=["GET", "POST"])
@who("staff", roles=MANAGERS)
def new_team() -> ResponseReturnValue:
    """A new team."""
    return _team_page(Team(_given_id(), ""), new=True)


@bp.route("/giving-out/team/<uuid:team_id>", methods=["GET", "POST"])
@who("staff", roles=MANAGERS)
def team(team_id: uuid.UUID) -> ResponseReturnValue:
    """A team, to change."""
    found = settings.standing(current().session).routing.team(team_id)
    if found is None:
        raise NotFound
    return _team_page(found)


@bp.post("/giving-out/team/<uuid:team_id>/away")
@who("staff", roles=MANAGERS)
def remove_team(team_id: uuid.UUID) -> ResponseReturnValue:
    """Take a team away. Cases stay with whoever has them."""
    return _change(lambda now: settings.without_team(now, team_id), "The team is taken away.")


@bp.route("/giving-out/rule", methods=["GET", "POST"])
@who("staff", roles=MANAGERS)
def new_rule() -> ResponseReturnValue:
    """A new rule, last of all."""
    return _rule_page(Rule(_given_id(), "", uuid.UUID(int=0)), new=True)


@bp.route("/giving-out/rule/<uuid:rule_id>", methods=["GET", "POST"])
@who("staff", roles=MANAGERS)
def rule(rule_id: uuid.UUID) -> ResponseReturnValue:
    """A rule, to change."""
    found = next((each for each in settings.standing(current().session).routing.rules if each.id == rule_id), None)
    if found is None:
        raise NotFound
    return _rule_page(found)


@bp.post("/giving-out/rule/<uuid:rule_id>/away")
@who("staff", roles=MANAGERS)
def remove_rule(rule_id: uuid.UUID) -> ResponseReturnValue:
    """Take a rule away."""
    return _change(lambda now: settings.without_rule(now, rule_id), "The rule is taken away.")


@bp.post("/giving-out/rule/<uuid:rule_id>/move")
@who("staff", roles=MANAGERS)
def move_rule(rule_id: uuid.UUID) -> ResponseReturnValue:
    """Move a rule one place."""
    up = request.form.get("way") == "up"
    return _change(
        lambda now: settings.moved(now, rule_id, up=up), "The order is changed: the first that holds decides."
    )


@bp.get("/giving-out/try")
@who("staff", roles=MANAGERS)
def try_rules() -> ResponseReturnValue:
    """Where would this request go, and why?"""
    state = current()
    form = TryForm(request.args if request.args else None)
    called = queries.settings(state.session)
    form.kind.choices = [SelectChoice(key, words.capitalize()) for key, words in SETTING_KINDS.items()]
    form.setting.choices = [SelectChoice("", "Any other"), *(SelectChoice(str(k), v) for k, v in called.items())]
    form.care.choices = [SelectChoice("", "Not known"), *CARES[1:]]
    form.care.data = form.care.data or ""
    found = None
    standing = settings.standing(state.session)
    if request.args and form.validate():
        about = About(
            age=form.age.data,
            kind=form.kind.data or "none",
            setting_id=uuid.UUID(form.setting.data) if form.setting.data else None,
            district=_district(form.postcode.data or ""),
            looked_after=CARE.get(form.care.data),
        )
        found = giving.where(state.session, standing.routing, about, state.now)
    names = queries.people(state.session, {found.person_id} if found and found.person_id else ())
    lines = {each.id: queries.rule_line(standing.routing, each, called) for each in standing.routing.rules}
    page = render_template(
        "council/giving_try.html", form=form, found=found, names=names, lines=lines, form_problems=form.problems()
    )
    return page, 422 if form.problems() else 200


@bp.get("/giving-out/changes")
@who("staff", roles=MANAGERS)
def giving_changes() -> str:
    """Who changed what, when, from what to what."""
    rows, at = queries.history(current().session, page_number())
    return render_template("council/giving_changes.html", rows=rows, at=at, with_args=with_args)


def _team_page(found: Team, *, new: bool = False) -> ResponseReturnValue:
    state = current()
    standing = settings.standing(state.session)
    form = TeamForm(
        data={
            "seen": str(standing.version),
            "name": found.name,
            "members": [str(who.person_id) for who in found.members],
        }
    )
    people = dict(triage_page.staff(state.session, london_day(state.now)))
    people |= queries.people(state.session, {who.person_id for who in found.members} - people.keys())
    form.members.choices = [SelectChoice(str(key), name) for key, name in people.items()]
    most = {str(who.person_id): "" if who.most is None else str(who.most) for who in found.members}
    problems: Problems = []
    if request.method == "POST":
        most = {key: request.form.get(f"most-{key}", "").strip() for key in map(str, people)}
        form.validate()
        problems = form.problems() + _wrong_limits(form, most)
        if not problems:
            chosen = {uuid.UUID(key): int(most[key]) if most[key] else None for key in form.members.data or ()}
            made = Team(found.id, form.name.data or "", settings.members(chosen))
            with attempt(problems):
                _set(lambda now: settings.with_team(now, made), form.seen.data)
        if not problems:
            flash("The team is kept.", "success")
            return redirect(url_for("council.giving_out"))
    page = render_template(
        "council/giving_team.html", form=form, team=found, new=new, most=most, form_problems=problems
    )
    return page, 422 if problems else 200


def _wrong_limits(form: TeamForm, most: dict[str, str]) -> Problems:
    sentence = "Enter how many open cases they can have at most, as a number, or leave it open."
    return [
        (f"most-{key}", sentence)
        for key in form.members.data or ()
        if most.get(key) and not (most[key].isdecimal() and int(most[key]) <= 1000)
    ]


def _rule_page(found: Rule, *, new: bool = False) -> ResponseReturnValue:
    state = current()
    standing = settings.standing(state.session)
    form = RuleForm(
        data={
            "seen": str(standing.version),
            "title": found.title,
            "kinds": sorted(found.kinds),
            "settings": sorted(str(each) for each in found.settings),
            "age_from": found.age_from,
            "age_to": found.age_to,
            "districts": ", ".join(found.districts),
            "care": next((key for key, held in CARE.items() if held is found.looked_after), ""),
            "team": str(found.team_id),
        }
    )
    form.kinds.choices = [SelectChoice(key, words.capitalize()) for key, words in SETTING_KINDS.items()]
    form.settings.choices = [SelectChoice(str(k), v) for k, v in queries.settings(state.session).items()]
    form.care.choices = CARES
    form.team.choices = [SelectChoice("", "Choose"), *(SelectChoice(str(t.id), t.name) for t in standing.routing.teams)]
    problems: Problems = []
    if request.method == "POST":
        form.validate()
        problems = form.problems()
        if not problems:
            with attempt(problems):
                _set(lambda now: settings.with_rule(now, _rule_of(found.id, form)), form.seen.data)
        if not problems:
            flash("The rule is kept.", "success")
            return redirect(url_for("council.giving_out"))
    page = render_template("council/giving_rule.html", form=form, rule=found, new=new, form_problems=problems)
    return page, 422 if problems else 200


def _rule_of(rule_id: uuid.UUID, form: RuleForm) -> Rule:
    return Rule(
        rule_id,
        form.title.data or "",
        uuid.UUID(form.team.data),
        frozenset(form.kinds.data or ()),
        frozenset(uuid.UUID(each) for each in form.settings.data or ()),
        form.age_from.data,
        form.age_to.data,
        form.areas(),
        CARE.get(form.care.data),
    )


def _change(make: Callable[[Routing], Routing], done: str) -> ResponseReturnValue:
    """One button's change, and back to the page."""
    problems: Problems = []
    with attempt(problems):
        _set(make, request.form.get("seen"))
    for _, said in problems:
        flash(said, "problem")
    if not problems:
        flash(done, "success")
    return redirect(url_for("council.giving_out"))


def _set(make: Callable[[Routing], Routing], seen: str | None) -> None:
    state = current()
    routing = settings.standing(state.session).routing
    version = int(seen) if seen and seen.isdecimal() else -1
    settings.change(state.session, make(routing), state.actor, seen=version, now=state.now)


def _given_id() -> uuid.UUID:
    """The id a new thing was served with, so that a double click makes one."""
    try:
        return uuid.UUID(request.form.get("id", ""))
    except ValueError:
        return uuid.uuid4()


def _district(typed: str) -> str:
    whole = giving.district_of(typed)
    return whole or typed.strip().upper()
