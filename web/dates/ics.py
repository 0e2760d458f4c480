"""A calendar file of the dates. RFC 5545, written by hand: days only, and nobody's name."""

import hashlib
from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import NamedTuple

OCTETS = 75
WHO = {
    "authority": "Council",
    "new_authority": "New council",
    "old_authority": "Old council",
    "family": "You",
    "setting": "School or college",
    "health": "NHS",
    "old_health": "Old NHS body",
    "new_health": "New NHS body",
    "health_and_care": "NHS and social care",
    "mediation_adviser": "Mediation adviser",
    "arranger": "Whoever sets up the meeting",
    "report_writer": "School, college or council",
    "body": "People asked for advice",
}


class Entry(NamedTuple):
    """One whole day. `key` is what makes it the same entry when the file is fetched again."""

    key: str
    on: date
    title: str
    words: str


def calendar_file(entries: Iterable[Entry], name: str, stamp: datetime) -> bytes:
    """The file. name: what the calendar calls the set; stamp: the aware instant it is made."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Coproduce//Date checker//EN", "CALSCALE:GREGORIAN"]
    lines += ["METHOD:PUBLISH", f"X-WR-CALNAME:{_text(name)}"]
    for entry in entries:
        lines += _event(entry, stamp)
    lines.append("END:VCALENDAR")
    return b"".join(_fold(line) for line in lines)


def title(rule_title: str, owed_by: str, bearing: str) -> str:
    """What an entry is called: `Council: final plan due`. A last day of one's own, or a fact, is not owed."""
    words = rule_title[:1].lower() + rule_title[1:]
    if bearing in ("earliest", "fact"):
        return rule_title
    if bearing == "allowed":
        return f"{rule_title}: last day"
    who = WHO.get(owed_by, "")
    due = "" if owed_by == "family" else " due"
    return f"{who}: {words}{due}" if who else f"{rule_title}{due}"


def _event(entry: Entry, stamp: datetime) -> list[str]:
    return [
        "BEGIN:VEVENT",
        f"UID:{hashlib.sha256(entry.key.encode()).hexdigest()[:32]}@dates.coproduce",
        f"DTSTAMP:{stamp.astimezone(UTC):%Y%m%dT%H%M%SZ}",
        f"DTSTART;VALUE=DATE:{entry.on:%Y%m%d}",
        f"SUMMARY:{_text(entry.title)}",
        f"DESCRIPTION:{_text(entry.words)}",
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
    ]


def _text(words: str) -> str:
    escaped = words.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return escaped.replace("\r\n", "\\n").replace("\n", "\\n")


def _fold(line: str) -> bytes:
    """The line in pieces of 75 octets at most, never inside a character; what follows begins with a space."""
    pieces, piece = [], b""
    for character in line:
        octets = character.encode()
        if len(piece) + len(octets) > OCTETS:
            pieces.append(piece)
            piece = b" "
        piece += octets
    return b"\r\n".join((*pieces, piece)) + b"\r\n"
