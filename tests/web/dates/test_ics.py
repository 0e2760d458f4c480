"""The calendar file is one that calendars read: RFC 5545."""

import re
from datetime import UTC, date, datetime

from hypothesis import given
from hypothesis import strategies as st

from web.dates import ics

STAMP = datetime(2026, 11, 23, 10, tzinfo=UTC)


def unfold(body: bytes) -> list[str]:
    """The lines as they were before folding."""
    assert body.endswith(b"\r\n") and b"\n" not in body.replace(b"\r\n", b"")
    return body.replace(b"\r\n ", b"").decode().split("\r\n")[:-1]


def test_an_entry_is_a_whole_day_with_a_stable_id() -> None:
    entry = ics.Entry("plan.finalise 2026-10-07", date(2027, 2, 24), "Council: final plan due", "One, two; three\nfour")
    first, again = (ics.calendar_file([entry], "Dates", STAMP) for _ in range(2))
    lines = unfold(first)
    assert first == again
    assert lines[0] == "BEGIN:VCALENDAR" and lines[-1] == "END:VCALENDAR"
    assert {"DTSTART;VALUE=DATE:20270224", "DTSTAMP:20261123T100000Z", "SUMMARY:Council: final plan due"} <= set(lines)
    assert "DESCRIPTION:One\\, two\\; three\\nfour" in lines
    assert len({line for line in lines if re.fullmatch(r"UID:[0-9a-f]{32}@dates\.coproduce", line)}) == 1


@given(st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=300))
def test_no_line_is_longer_than_75_octets_and_none_is_cut_inside_a_character(words: str) -> None:
    body = ics.calendar_file([ics.Entry("k", date(2027, 1, 1), words, words)], words, STAMP)
    assert max(len(line) for line in body.split(b"\r\n")) <= 75
    said = next(line for line in unfold(body) if line.startswith("SUMMARY:")).removeprefix("SUMMARY:")
    assert re.sub(r"\\(.)", r"\1", said) == words


def test_titles_say_who_owes_what() -> None:
    assert ics.title("Final plan", "authority", "deadline") == "Council: final plan due"
    assert ics.title("Last day to appeal", "family", "deadline") == "You: last day to appeal"
    assert ics.title("Earliest day a plan may cease", "authority", "earliest") == "Earliest day a plan may cease"
