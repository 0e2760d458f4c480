"""Folders of servers that are thrown away."""

import os
from pathlib import Path

import pytest

from tests.folders import OLD, PREFIX, clear_up, throw_away


def test_what_a_killed_test_left_is_removed_and_what_is_in_use_or_new_is_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tests.folders.IN_MEMORY", tmp_path)
    monkeypatch.setattr("tests.folders.ROOM", 0)
    monkeypatch.delenv("TMPDIR", raising=False)
    left, new = tmp_path / f"{PREFIX}left", tmp_path / f"{PREFIX}new"
    (left / "data").mkdir(parents=True)
    new.mkdir()
    with throw_away() as used:
        for each in (left, Path(used)):
            old = each.stat().st_mtime - OLD - 1
            os.utime(each, (old, old))
        clear_up(tmp_path)
        assert {each.name for each in tmp_path.iterdir()} == {new.name, Path(used).name}
    assert not Path(used).exists()


def test_a_named_temporary_folder_is_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", None)
    with throw_away() as folder:
        assert Path(folder).parent == tmp_path
