"""Over every form: each condition both ways, each requirement obeyed, and the specification's own rules kept."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from forms import catalogue
from forms.calcs import CALCS
from forms.completeness import missing_to_send, visible
from forms.conditions import Condition, Context, RowsOver
from forms.definition import Form, Question
from forms.paths import path
from tests.forms.test_pages_drawn import sample
from tests.forms.worlds import ROW, Patch, answers_of, facts_of, world

FORMS = [pytest.param(form, id=f"{form.id}/{form.version}") for form in catalogue.every_version()]
NEWEST = [pytest.param(form, id=form.id) for form in catalogue.all_forms()]
RULES: dict[str, list[str]] = json.loads((Path(__file__).parent / "expected_rules.json").read_text(encoding="utf-8"))
# Words that point at a block of the same form: its rows are what is answered.
SHOWN = {"la_out", "la_prov", "rv_out_new"}


def places(form: Form) -> Iterator[tuple[Question, list[Condition], Patch]]:
    """Each question with the conditions of what it stands in, and a row in every group around it."""
    for section in form.sections:
        for top in section.questions:
            yield from _inside(top, [section.when] if section.when else [], {})


def _inside(asked: Question, around: list[Condition], rows: Patch) -> Iterator[tuple[Question, list[Condition], Patch]]:
    yield asked, around, rows
    opened = {**rows, path(asked.id, *ROW): ["r1"]}
    for row in asked.rows:
        yield from _inside(row, [*around, *([asked.when] if asked.when else [])], opened)


def holding(form: Form, wanted: list[tuple[Any, bool]], rows: Patch) -> Patch | None:
    """A world of this form in which the conditions are as wanted. None only where the form itself settles them."""
    found = world(wanted, rows, {"fact:form": form.id, "fact:written_by": form.written_by})
    assert found is not None or any(settled(condition) for condition, _ in wanted), "no answers and facts make this so"
    return found


def settled(condition: Condition) -> bool:
    """Whether a condition reads a fact about the form itself."""
    facts = [node.model_dump().get("fact") for node in condition.walk()]
    return any(fact and fact[0] in ("form", "written_by") for fact in facts)


def is_asked(form: Form, asked: Question, patch: Patch) -> bool:
    answers, group = answers_of(patch), asked.id.rpartition(".")[0]
    if not asked.later_rows:
        return any(place.path == path(asked.id, *ROW) for place in visible(form, answers, facts_of(patch)))
    if not isinstance(asked.when, RowsOver):  # a row before, so that the one looked at is not the first
        answers = {**answers, group: ["r0", *answers.get(group, ())]}
    return any(place.question.id == asked.id for place in visible(form, answers, facts_of(patch)))


@pytest.mark.parametrize("form", FORMS)
def test_each_question_is_asked_when_its_condition_holds_and_not_when_it_fails(form: Form) -> None:
    for asked, around, rows in places(form):
        if asked.when is None or asked.when in around:
            continue
        before = [(condition, True) for condition in around]
        met = holding(form, [*before, (asked.when, True)], rows)
        unmet = holding(form, [*before, (asked.when, False)], rows)
        assert met or unmet, asked.id
        assert met is None or is_asked(form, asked, met), asked.id
        assert unmet is None or not is_asked(form, asked, unmet), asked.id


@pytest.mark.parametrize("form", FORMS)
def test_each_rule_of_the_whole_form_holds_and_fails(form: Form) -> None:
    for rule in (*form.send_when, *form.complete_when):
        assert world([(rule.when, True)]) is not None, rule.say
        assert world([(rule.when, False)]) is not None, rule.say
    for section in form.sections:
        assert section.when is None or (world([(section.when, True)]) and world([(section.when, False)]))


@pytest.mark.parametrize("form", FORMS)
def test_each_required_answer_stops_sending_until_it_is_given(form: Form) -> None:
    for asked, around, rows in places(form):
        if asked.required != "R":
            continue
        own = [condition for condition in (asked.when, asked.required_when) if condition]
        before = [(condition, True) for condition in around]
        there = holding(form, [*before, *((condition, True) for condition in own)], rows)
        if there is not None:
            assert asked.id in missing(form, there), asked.id
            assert asked.id not in missing(form, {**there, path(asked.id, *ROW): whole(asked)}), asked.id
        for limit in own:
            elsewhere = holding(form, [*before, (limit, False)], rows)
            assert elsewhere is None or asked.id not in missing(form, elsewhere), asked.id


def missing(form: Form, patch: Patch) -> set[str | None]:
    return {each.question_id for each in missing_to_send(form, answers_of(patch), facts_of(patch))}


def whole(asked: Question) -> Any:
    """An answer that will do: every box where all must be ticked, a row in a group."""
    if asked.type == "repeat":
        return ["r1"]
    return [each.id for each in asked.options] if asked.tick_all else sample(asked)


@pytest.mark.parametrize("form", NEWEST)
def test_what_the_specification_asks_on_a_condition_has_one(form: Form) -> None:
    bare = [
        asked.id
        for asked, around, _ in places(form)
        if asked.id in RULES["conditional"] and not (around or asked.when or asked.required_when)
    ]
    assert bare == []


@pytest.mark.parametrize("form", NEWEST)
def test_what_the_specification_asks_always_has_no_condition(form: Form) -> None:
    limited = [asked for asked in form.questions() if asked.when and asked.id not in RULES["conditional"]]
    assert [asked.id for asked in limited if not told_by_the_invitation(asked)] == []


def told_by_the_invitation(asked: Question) -> bool:
    """Whether a question is left out only where the invitation has told its answer: told once is told."""
    told = {option.id: Context({}, {"purpose": option.id}) for option in asked.options}
    return (
        "invite" in asked.prefill
        and asked.when is not None
        and asked.when.holds(Context({}, {}))
        and not any(asked.when.holds(each) for each in told.values())
    )


@pytest.mark.parametrize("form", NEWEST)
def test_only_what_the_specification_requires_stops_sending(form: Form) -> None:
    required = {asked.id for asked in form.questions() if asked.required == "R"}
    assert required == set(RULES["required"]) & set(form.question_ids())


@pytest.mark.parametrize("form", NEWEST)
def test_what_goes_to_the_caseworker_alone_is_marked_so(form: Form) -> None:
    kinds = {asked.id: set(asked.sensitivity) for asked in form.questions()}
    private = {name for name in kinds if name in ("sh_private", "sh_except") or name.endswith("_private")}
    assert not [name for name in private if "SG" not in kinds[name]]


@pytest.mark.parametrize("form", NEWEST)
def test_every_calc_is_a_function_and_every_link_has_words_or_a_form_to_point_at(form: Form) -> None:
    assert not [asked.id for asked in form.questions() if asked.calc and asked.calc not in CALCS]
    assert not [asked.id for asked in form.questions() if asked.type == "link" and not (asked.note or asked.prefill)]


def test_blocks_are_pointed_at_by_words_and_answered_in_rows() -> None:
    setting, review = catalogue.get("ehcna-req-setting"), catalogue.get("ar-0-13")
    shown = {asked.id for form in (setting, review) for asked in form.questions() if asked.type == "show"}
    assert shown >= SHOWN
    assert {"ou[].steps[].what", "pv[].section"} <= set(setting.question_ids())
    assert "ou[].steps[].what" in review.question_ids()
