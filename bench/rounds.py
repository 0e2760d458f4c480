"""Measuring side by side: baseline and candidates take turns, so that a slow moment of the machine hits all."""

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from statistics import median

Work = Callable[[], object]


@dataclass(frozen=True)
class Measured:
    """One thing against its baseline. Times are seconds for one piece of work, the median over all rounds."""

    name: str
    seconds: float
    baseline: str
    baseline_seconds: float

    @property
    def ratio(self) -> float:
        """How many times the baseline it takes."""
        return self.seconds / self.baseline_seconds

    def __str__(self) -> str:
        took = f"{_short(self.seconds)} against {_short(self.baseline_seconds)}"
        return f"{self.ratio:8.1f} x  {self.name} : {self.baseline}  ({took})"


def alternate(works: dict[str, Work], clock: Callable[[], float], *, rounds: int, times: int) -> dict[str, float]:
    """The median seconds of each piece of work, over `rounds` in which each is done `times` times in a row.

    clock: `time.process_time` for processor time, `time.perf_counter` where others work for us as well.
    Each is done once before, uncounted.
    """
    for work in works.values():
        work()
    found: dict[str, list[float]] = {name: [] for name in works}
    with _no_collector():
        for each in range(rounds):
            turn = list(works) if each % 2 else list(reversed(works))
            for name in turn:
                begin = clock()
                for _ in range(times):
                    works[name]()
                found[name].append((clock() - begin) / times)
    return {name: median(all_rounds) for name, all_rounds in found.items()}


@contextmanager
def _no_collector() -> Iterator[None]:
    gc.collect()
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def _short(seconds: float) -> str:
    for unit, size in (("s", 1.0), ("ms", 1e-3)):
        if seconds >= size:
            return f"{seconds / size:.2f} {unit}"
    return f"{seconds * 1e6:.2f} µs"
