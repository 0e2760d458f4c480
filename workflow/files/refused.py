"""Whoever added a file that cannot be kept is told by mail: which file and why, the page says."""

from datetime import datetime

from models.database import OwnedSession
from models.files import Attachment
from workflow import outbox
from workflow.clock import london_day

TEMPLATE = "file_refused"


def tell(session: OwnedSession, file: Attachment, now: datetime) -> None:
    """Plan a mail to whoever added the file: one a day about a form, however many of its files are refused.

    A file that was taken off again is nobody's loss.
    """
    if file.removed_at is not None:
        return
    outbox.add(
        session,
        dedupe_key=f"{TEMPLATE}:{file.submission_id}:{file.added_by}:{london_day(now)}",
        template=TEMPLATE,
        importance="reminder",
        now=now,
        person_id=file.added_by,
        words={},
        link_to=f"submission:{file.submission_id}",
        submission_id=file.submission_id,
    )
