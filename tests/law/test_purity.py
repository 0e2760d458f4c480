"""The law imports nothing but the standard library and itself, and reads no clock."""

import ast
import socket
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import law

FILES = sorted(Path(law.__file__).parent.rglob("*.py"))
CLOCKS = {"now", "today", "utcnow", "time", "monotonic"}
each_file = pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)


def imported(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or "."


@each_file
def test_only_the_standard_library_is_imported(file: Path) -> None:
    roots = {name.split(".")[0] for name in imported(ast.parse(file.read_text()))}
    assert roots <= sys.stdlib_module_names | {"law"}


@each_file
def test_no_clock_is_read(file: Path) -> None:
    calls = [node.func for node in ast.walk(ast.parse(file.read_text())) if isinstance(node, ast.Call)]
    assert not {call.attr for call in calls if isinstance(call, ast.Attribute)} & CLOCKS


@each_file
def test_no_file_outgrows_its_room(file: Path) -> None:
    assert len(file.read_text().splitlines()) <= 300


def test_the_network_is_shut_while_the_law_is_tested() -> None:
    with pytest.raises(AssertionError, match="reached for the network"):
        socket.create_connection(("127.0.0.1", 1))
