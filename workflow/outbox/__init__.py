"""The outbox: mail that is never lost, and reminders that never go twice.

A row says what must go; a claim with a lease and a number says who is at it; "handing over" is committed
before the mail server hears a word, so that whatever dies, what was heard is known or is asked of a person.
"""

from workflow.outbox.add import add, link_target
from workflow.outbox.checks import CHECKS, Check, still_wanted
from workflow.outbox.people import drop, needs_a_person, release, release_batch
from workflow.outbox.prove import Sums, mend, prove, reconcile
from workflow.outbox.receipts import ask, receive
from workflow.outbox.send import send_batch
from workflow.outbox.settle import bounced, delivered

__all__ = [
    "CHECKS",
    "Check",
    "Sums",
    "add",
    "ask",
    "bounced",
    "delivered",
    "drop",
    "link_target",
    "mend",
    "needs_a_person",
    "prove",
    "receive",
    "reconcile",
    "release",
    "release_batch",
    "send_batch",
    "still_wanted",
]
