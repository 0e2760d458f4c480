"""Migrations are boring: one head, pinned; up, down and up again; and the models say the same."""

from pathlib import Path

from alembic.script import ScriptDirectory

import migrations
from tests.conftest import TODAY

HERE = Path(migrations.__file__).parent


def test_there_is_one_head_and_it_is_the_pinned_one() -> None:
    heads = ScriptDirectory(str(HERE)).get_heads()
    assert heads == [(HERE / "current-head").read_text().strip()]


def test_up_down_and_up_again_leaves_what_the_models_say(fresh: tuple[str, str]) -> None:
    owner, app = fresh
    role = app.split("//")[1].split("@")[0].split(":")[0]
    migrations.downgrade(owner)
    migrations.upgrade(owner, role, today=TODAY)
    migrations.check(owner)
