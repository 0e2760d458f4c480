"""`flask forms list` prints what the specification asks, with nothing running."""

import json
import os
import subprocess
import sys
from pathlib import Path

from forms import catalogue

ROOT = Path(__file__).parents[3]
EXPECTED = json.loads((ROOT / "tests" / "forms" / "expected_ids.json").read_text(encoding="utf-8"))


def printed(*more: str) -> str:
    command = [sys.executable, "-m", "flask", "--app", "wsgi", "forms", "list", *more]
    bare = {name: value for name, value in os.environ.items() if not name.endswith(("DATABASE_URL", "REDIS_URL"))}
    return subprocess.run(command, cwd=ROOT, env=bare, check=True, capture_output=True, text=True, timeout=60).stdout


def test_the_list_prints_every_form_with_the_specifications_questions() -> None:
    listed = {each["id"]: each for each in json.loads(printed("--json"))}
    assert listed.keys() == EXPECTED.keys()
    for form_id, each in listed.items():
        assert set(EXPECTED[form_id]) <= set(each["questions"]), form_id
        assert each["version"] == catalogue.get(form_id).version


def test_the_list_names_every_form_for_people() -> None:
    said = printed()
    assert all(f"{form_id} version" in said for form_id in EXPECTED)
