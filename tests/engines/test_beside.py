"""Commands beside a running service find it; without one they find nothing."""

import stat
from pathlib import Path

from engines import beside
from engines.folders import Lock

SETTINGS = {"DATABASE_URL": "postgresql://here", "SECRET_KEY": "s", "PATH": "/bin", "DEMO": "1"}


def test_a_command_is_told_what_the_run_gave_its_processes_and_nothing_else(tmp_path: Path) -> None:
    lock = Lock(tmp_path / beside.LOCK, "taken")
    lock.take()
    beside.tell(tmp_path, SETTINGS)
    assert beside.find({"DATA_DIR": str(tmp_path)}) == {k: v for k, v in SETTINGS.items() if k != "PATH"}
    lock.release()


def test_what_a_dead_run_left_behind_is_not_believed(tmp_path: Path) -> None:
    lock = Lock(tmp_path / beside.LOCK, "taken")
    lock.take()
    beside.tell(tmp_path, SETTINGS)
    lock.release()
    assert beside.find({"DATA_DIR": str(tmp_path)}) == {}


def test_a_run_that_is_half_started_or_unreadable_is_none(tmp_path: Path) -> None:
    assert beside.find({"DATA_DIR": str(tmp_path / "nowhere")}) == {}
    lock = Lock(tmp_path / beside.LOCK, "taken")
    lock.take()
    assert beside.find({"DATA_DIR": str(tmp_path)}) == {}
    (tmp_path / beside.FILE).write_text("{")
    assert beside.find({"DATA_DIR": str(tmp_path)}) == {}
    lock.release()


def test_the_keys_in_it_are_for_its_owner_alone(tmp_path: Path) -> None:
    beside.tell(tmp_path, SETTINGS)
    beside.tell(tmp_path, SETTINGS)
    assert stat.S_IMODE((tmp_path / beside.FILE).stat().st_mode) == 0o600
