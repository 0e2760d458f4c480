"""The memory of a process and everything below it. Proportional: what processes share is counted once."""

from dataclasses import dataclass
from pathlib import Path

PROC = Path("/proc")


@dataclass(frozen=True)
class Process:
    """One process. `kilobytes`: its proportional set size (PSS)."""

    pid: int
    parent: int
    command: str
    kilobytes: int


def tree(pid: int) -> list[Process]:
    """The process and all its descendants that are alive, the largest first. Linux only.

    Raises `ProcessLookupError` when there is no such process, `PermissionError` when it is somebody else's.
    """
    parents = {each: parent for folder in PROC.glob("[0-9]*") if (parent := _parent(each := int(folder.name))) >= 0}
    if pid not in parents:
        raise ProcessLookupError(f"There is no process {pid}.")
    family, generation = {pid}, {pid}
    while generation:
        generation = {child for child, parent in parents.items() if parent in generation} - family
        family |= generation
    found = [_look(each, parents[each]) for each in family]
    return sorted((each for each in found if each is not None), key=lambda each: -each.kilobytes)


def report(pid: int) -> str:
    """A line for each process, and the sum."""
    found = tree(pid)
    lines = [f"{each.kilobytes / 1024:8.1f} MB  {each.pid:>7}  {each.command[:90]}" for each in found]
    return "\n".join([*lines, f"{total(found):8.1f} MB  in all, {len(found)} processes"])


def total(found: list[Process]) -> float:
    """Megabytes in all."""
    return sum(each.kilobytes for each in found) / 1024


def _parent(pid: int) -> int:
    """The parent's number; -1 for a process that has just gone."""
    try:
        # The name in brackets may hold anything, brackets too; the parent is the second word after it.
        return int((PROC / str(pid) / "stat").read_text().rpartition(")")[2].split()[1])
    except (FileNotFoundError, ProcessLookupError):
        return -1


def _look(pid: int, parent: int) -> Process | None:
    try:
        rollup = (PROC / str(pid) / "smaps_rollup").read_text()
        command = (PROC / str(pid) / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace").strip()
    except (FileNotFoundError, ProcessLookupError):
        return None
    kilobytes = next(int(line.split()[1]) for line in rollup.splitlines() if line.startswith("Pss:"))
    return Process(pid, parent, command, kilobytes)
