"""What a yearly review brings forward from the last one: how things stood, to check; never what somebody thought, how
an outcome was rated, or whether help was given."""

import pytest

from forms import catalogue, prefill
from forms.completeness import pages_asked
from workflow.coproduction.kinds import REPORTS

MADE_ANEW = ("views", "progress", "provision", "recommendation", "changes")


@pytest.mark.parametrize("form_id", sorted(REPORTS))
def test_views_ratings_and_whether_help_was_given_are_never_brought_forward(form_id: str) -> None:
    form = catalogue.get(form_id)
    for section in form.sections:
        for asked in section.questions:
            if section.id in MADE_ANEW:
                assert not prefill.wanted(asked).own, asked.id
    cells = [each for each in form.questions() if each.id.startswith(("rv_out[].", "rv_pv[]."))]
    assert cells and not any(prefill.wanted(each).own for each in cells)


def test_how_things_stand_is_brought_forward_to_check() -> None:
    own = {each.id for each in catalogue.get("ar-14-25").questions() if prefill.wanted(each).own}
    assert own == {"pa_work_now"}


@pytest.mark.parametrize("purpose", ["asking", "assessing", "review", "moving"])
def test_views_beside_another_form_do_not_ask_what_they_are_for(purpose: str) -> None:
    form, before = catalogue.get("views-parent"), catalogue.get("views-parent", 3)
    known = {"purpose": purpose}
    assert pages_asked(form, {}, known)[0].id == "vp_alone"
    assert pages_asked(before, {}, known)[0].id == "vp_purpose"
    assert [each.id for each in pages_asked(form, {}, known)] == [
        each.id for each in pages_asked(before, {"vp_purpose": purpose}, known) if each.id != "vp_purpose"
    ]
    assert "vp_purpose" in {each.id for each in pages_asked(form, {}, {})}
