"""What passes between the outbox and whoever carries the mail. The mail server's answers as types, so that
each is decided on once."""

import uuid
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from typing import Protocol


class Said(Enum):
    """What became of a hand-over."""

    ACCEPTED = "accepted"
    LATER = "later"  # 4xx about this recipient: greylisting wants patience
    AWAY = "away"  # no server, or a server that closes: nothing was handed over
    BOUNCED = "bounced"  # 5xx about this recipient
    REFUSED = "refused"  # 5xx about this very message
    STOP = "stop"  # 5xx about us: our password, our policy
    UNKNOWN = "unknown"  # no answer after the words had gone: SMTP cannot tell
    UNWRITABLE = "unwritable"  # the message could not be put into words


LINE_BROKEN = {Said.AWAY, Said.STOP, Said.UNKNOWN}
"""After these a connection is of no more use."""

TROUBLE = LINE_BROKEN | {Said.REFUSED}
"""The circuit breaker counts these: of five refusals in a row the fault is hardly in the messages."""


@dataclass(frozen=True)
class Answer:
    """What the mail server said, and its own words (never the recipient's address). `carrier_id`: what a carrier
    that remembers calls the message it took."""

    said: Said
    words: str = ""
    carrier_id: str | None = None


class Fate(Enum):
    """What a carrier says, later, became of a message it took."""

    UNDER_WAY = "under way"
    DELIVERED = "delivered"
    GONE = "gone"  # there is no such mailbox
    PUT_OFF = "put off"  # the mailbox took nothing for days: full, or a filter
    NOT_PASSED_ON = "not passed on"  # the carrier's own trouble: nothing went
    FORGOTTEN = "forgotten"  # so long ago that the carrier knows no more


class ServerAway(Exception):
    """No connection could be made. `answer` is `AWAY` or `STOP`."""

    def __init__(self, answer: Answer) -> None:
        super().__init__(answer.words)
        self.answer = answer


@dataclass(frozen=True)
class Envelope:
    """One message, ready to be put into words and carried. `today` is the London day it is worded for;
    `contact_line` and `advice` say how to reach the authority, and free advice that is not its own. `doubtful`: its
    carrier may have it from an earlier hand-over, other than what it then called `known_as`."""

    id: uuid.UUID
    authority_id: uuid.UUID
    authority_name: str
    contact_line: str
    advice: str
    to: str = field(repr=False)
    template: str
    importance: str
    about_on: date | None
    today: date
    words: dict[str, str] = field(repr=False)
    link_code: str = field(repr=False)
    doubtful: bool = False
    known_as: str | None = None


class Line(Protocol):
    """An open connection to a mail server."""

    def send(self, envelope: Envelope) -> Answer:
        """Carry one message. Never raises for what a server may answer."""


class Memory(Protocol):
    """A carrier that can be asked later."""

    def fate(self, carrier_id: str) -> Fate | None:
        """What became of what it calls `carrier_id`; None when it does not answer. Never raises for that."""


class Mailer(Protocol):
    """Somebody who carries mail."""

    @property
    def memory(self) -> Memory | None:
        """Whom to ask later what became of a message, and so before one is sent whose answer was lost; None: nobody
        can tell."""

    def open(self) -> AbstractContextManager[Line]:
        """A connection for several messages. Raises `ServerAway`."""
