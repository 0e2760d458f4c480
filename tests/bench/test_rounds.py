"""Measuring in turns: medians, and ratios to the baseline."""

from bench.rounds import Measured, alternate


def test_work_takes_turns_and_a_slow_round_does_not_count() -> None:
    told: list[str] = []
    now = 0.0
    slow_at = 4  # the second round of "ours"

    def work(name: str, seconds: float) -> None:
        nonlocal now
        told.append(name)
        now += seconds * (100 if len(told) == slow_at + 2 else 1)

    found = alternate(
        {"ours": lambda: work("ours", 0.3), "bare": lambda: work("bare", 0.1)}, lambda: now, rounds=5, times=1
    )
    assert told[:6] == ["ours", "bare", "bare", "ours", "ours", "bare"]
    assert round(found["ours"], 6) == 0.3 and round(found["bare"], 6) == 0.1


def test_a_ratio_says_what_against_what() -> None:
    measured = Measured("saving", 0.003, "a bare row", 0.0005)
    assert round(measured.ratio, 6) == 6
    assert str(measured) == "     6.0 x  saving : a bare row  (3.00 ms against 500.00 µs)"
