"""The outbox: mail that is never lost, and reminders that never go twice.

A row says what must go; a claim with a lease and a number says who is at it; "handing over" is committed
before the mail server hears a word, so that whatever dies, what was heard is known or is asked of a person.
"""

from workflow.outbox.add import add, link_target

__all__ = ["add", "link_target"]
