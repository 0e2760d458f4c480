"""What GOV.UK Notify calls a message, and what its words for a message's fate mean. Loads no HTTP client."""

import uuid

from workflow.outbox.post import Fate

FATES = {
    "delivered": Fate.DELIVERED,
    "permanent-failure": Fate.GONE,
    "temporary-failure": Fate.PUT_OFF,
    "technical-failure": Fate.NOT_PASSED_ON,
}


def fate_of(status: object) -> Fate:
    """What a status of Notify's means; anything else (created, sending) is on its way."""
    return FATES.get(str(status), Fate.UNDER_WAY)


def reference(authority_id: uuid.UUID, message_id: uuid.UUID) -> str:
    """The same for the same message, however often it is sent; its receipt comes back with it."""
    return f"{authority_id}.{message_id}"


def read_reference(text: object) -> tuple[uuid.UUID, uuid.UUID] | None:
    """(authority id, message id) from a reference of ours, or None for anything else."""
    authority, _, message = str(text).partition(".")
    try:
        found = uuid.UUID(authority), uuid.UUID(message)
    except ValueError:
        return None
    return found if reference(*found) == text else None
