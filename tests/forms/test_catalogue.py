"""The forms there are: whole, as the specification has them, and never changed once published."""

import json
from pathlib import Path

import pytest

from forms import catalogue
from forms.catalogue import publish
from forms.completeness import visible
from forms.definition import Form

EXPECTED = json.loads((Path(__file__).parent / "expected_ids.json").read_text(encoding="utf-8"))
FORMS = [pytest.param(form, id=form.id) for form in catalogue.all_forms()]
# Support in a plan, and help for a disabled child, are told in the fields of a row of provision, which the
# specification names and does not list.
BESIDE = {
    "sen-support-plan": {f"cy[].do[].{name}" for name in ("what", "who", "times", "per", "mins", "group", "weeks")},
    "advice-social": {f"sw_h1[].{name}" for name in ("what", "who", "times", "per", "mins", "group", "weeks", "watch")},
}


@pytest.mark.parametrize("form_id", sorted(EXPECTED))
def test_a_form_asks_exactly_what_the_specification_asks(form_id: str) -> None:
    asked = set(catalogue.get(form_id).question_ids())
    assert sorted(asked - BESIDE.get(form_id, set())) == EXPECTED[form_id]


def test_the_specification_of_every_form_is_known() -> None:
    assert EXPECTED.keys() == {form.id for form in catalogue.all_forms()}


def test_the_listing_names_every_form_its_version_and_its_questions() -> None:
    listed = {each["id"]: each for each in json.loads(json.dumps(catalogue.listing()))}
    assert listed.keys() == {form.id for form in catalogue.all_forms()}
    assert sorted(listed["aam-primary"]["questions"]) == EXPECTED["aam-primary"]
    assert listed["aam-primary"]["version"] == 1


def test_every_version_is_published_and_none_has_changed() -> None:
    assert publish.changed() == []
    assert publish.published().keys() == {f"{form.id}/{form.version}" for form in catalogue.every_version()}


@pytest.mark.parametrize("form", list(catalogue.every_version()), ids=lambda form: f"{form.id}/{form.version}")
def test_the_choices_that_say_who_reads_mean_in_every_version_what_their_words_promise(form: Form) -> None:
    everybody = {"family": "family", "teacher": "setting", "helpers": "advisers", "council": "authority"}
    meant = {asked.id: dict(asked.lets_in) for asked in form.deciding}
    expected = {f"{pre}_who_sees": everybody for pre in ("ap", "as", "ax")} | {
        "fi[].share": {"caseworker": "caseworker"}
    }
    assert meant == {name: lets_in for name, lets_in in expected.items() if name in form.question_ids()}


def test_a_changed_word_changes_the_checksum() -> None:
    form = catalogue.get("aam-primary")
    assert publish.checksum(form.model_copy(update={"title": "Another"})) != publish.checksum(form)


@pytest.mark.parametrize("form", FORMS)
def test_every_question_is_on_one_page(form: Form) -> None:
    shown = [asked.id for page in form.pages() for top in page.questions for asked in top.walk()]
    assert tuple(shown) == form.question_ids()


@pytest.mark.parametrize("form", FORMS)
def test_an_empty_form_can_be_walked(form: Form) -> None:
    assert visible(form, {}, {})


@pytest.mark.parametrize("form", FORMS)
def test_both_notices_are_there(form: Form) -> None:
    assert catalogue.notice("information", form)
    assert "999" in catalogue.notice("safeguarding", form) or form.safeguarding == "professional"


@pytest.mark.parametrize("form_id", ["ehcna-req-parent", "views-parent", "aam-primary"])
def test_a_family_form_asks_one_thing_a_page_in_words_without_abbreviations(form_id: str) -> None:
    form = catalogue.get(form_id)
    words = " ".join(f"{asked.text} {asked.hint} {asked.caption}" for asked in form.questions())
    assert form.style == "one_thing"
    assert not {"SENCO", "EHCP", "SEN", "EYFS", "CAMHS", "LA", "SEMH", "{child}"} & set(words.replace("?", " ").split())


def test_a_family_form_shows_the_family_words_of_a_block() -> None:
    parent, setting = catalogue.get("views-parent"), catalogue.get("ehcna-req-setting")
    captions = [{asked.caption for asked in form.questions()} for form in (parent, setting)]
    assert "Feelings and behaviour" in captions[0]
    assert "Social, emotional and mental health" in captions[1]


def test_a_childs_form_never_requires_anything_nor_uses_the_words_of_the_office() -> None:
    form = catalogue.get("aam-primary")
    words = " ".join(f"{asked.text} {asked.hint}" for asked in form.questions()).lower()
    assert all(asked.required != "R" for asked in form.questions())
    assert not [word for word in ("needs", "outcome", "provision", "out of ten") if word in words]


@pytest.mark.parametrize("form", FORMS)
def test_autocomplete_is_only_for_what_is_about_the_person_typing(form: Form) -> None:
    own = {asked.id for asked in form.questions() if asked.autocomplete}
    assert own <= {"de_name", "rq_by", "so_senco", "rv_sign"}


@pytest.mark.parametrize("form", FORMS)
def test_what_is_about_other_people_or_secret_is_marked(form: Form) -> None:
    marks = {asked.id: set(asked.sensitivity) for asked in form.questions()}
    for private in ("sh_private", "ch_addr_hide", "pr[].limits"):
        assert "SG" in marks.get(private, {"SG"})
    assert all("LOC" in kinds for name, kinds in marks.items() if name in ("ch_address", "pr[].address"))


def test_the_short_review_form_asks_about_a_dozen_things() -> None:
    pages = catalogue.get("ar-0-13").pages(short=True)
    asked = [each.id for page in pages for each in page.questions]
    assert asked == [
        "rv_kind", "rv_date", "rv_who", "rv_child", "rv_parent", "rv_out[]", "rv_pv[]", "rv_rec", "rv_rec_why",
        "rv_next", "rv_sign", "de_name", "de_role",
    ]  # fmt: skip


@pytest.mark.parametrize("form_id", ["ehcna-req-setting", "ar-0-13"])
def test_a_section_takes_ones_own_paper_which_is_not_a_question_of_the_form(form_id: str) -> None:
    form = catalogue.get(form_id)
    papers = [section.paper.id for section in form.sections if section.paper]
    assert len(papers) >= 7
    assert not set(papers) & set(form.question_ids())


def test_an_unknown_form_or_version_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        catalogue.get("no-such-form")
    with pytest.raises(KeyError):
        catalogue.get("aam-primary", 99)
