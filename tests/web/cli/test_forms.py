"""`flask forms list` prints what the specification asks, with nothing running."""

import json
from pathlib import Path

from click.testing import CliRunner

from forms import catalogue
from web.cli import forms

EXPECTED = json.loads((Path(__file__).parents[2] / "forms" / "expected_ids.json").read_text(encoding="utf-8"))


def test_the_list_prints_every_form_with_the_specifications_questions() -> None:
    found = CliRunner().invoke(forms.group, ["list", "--json"])
    assert found.exit_code == 0
    listed = {each["id"]: each for each in json.loads(found.output)}
    assert listed.keys() == EXPECTED.keys()
    for form_id, each in listed.items():
        assert set(EXPECTED[form_id]) <= set(each["questions"]), form_id
        assert each["version"] == catalogue.get(form_id).version


def test_the_list_names_every_form_for_people() -> None:
    found = CliRunner().invoke(forms.group, ["list"])
    assert found.exit_code == 0
    assert all(form_id in found.output for form_id in EXPECTED)
