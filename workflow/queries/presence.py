"""Who is writing on a page just now. Told from what was saved in the last minute, so it needs nothing of its own,
and shows nobody whose words the reader may not read."""

from collections.abc import Collection
from datetime import datetime, timedelta

from models.database import OwnedSession
from workflow.queries.bundles import VOICES, author_words, roles_of_authors
from workflow.queries.writing import Desk

JUST_NOW = timedelta(seconds=75)


def writing_now(session: OwnedSession, desk: Desk, question_ids: Collection[str], now: datetime) -> list[str]:
    """Those who wrote in these questions within the last minute or so, as this reader may know them.

    To one of a family, others of the family and their helpers are never here: separated parents are told
    nothing of each other. One query at most.
    """
    if desk.sent or desk.form.voice != "shared":
        return []
    recent = [
        text
        for path, texts in desk.read.texts.items()
        for text in texts
        if now - text.saved_at < JUST_NOW
        and desk.actor.person_id not in (text.author_id, text.entered_by)
        and path.split("[")[0] in {each.removesuffix("[]") for each in question_ids}
    ]
    if not recent:
        return []
    roles = roles_of_authors(session, desk.submission)
    family = "family" in desk.theirs.readers
    known = {
        author_words(each.author_id, each.author, desk.actor, desk.theirs, roles)
        for each in recent
        if not (family and VOICES.get(roles.get(each.author_id, "setting"), "") != "education")
    }
    return sorted(name for name, _ in known)
