"""Reminders come from dates in the database. A sweep finds what is due, plans each intent once, and sets the
next day to look; its cost grows with what is due, not with what exists."""

from workflow.reminders.people import recipients
from workflow.reminders.plan import Intent
from workflow.reminders.policy import BadPolicy, lines_for
from workflow.reminders.preview import preview
from workflow.reminders.schedule import schedule
from workflow.reminders.still_owed import still_theirs
from workflow.reminders.sweep import sweep, sweep_authority

__all__ = [
    "BadPolicy",
    "Intent",
    "lines_for",
    "preview",
    "recipients",
    "schedule",
    "still_theirs",
    "sweep",
    "sweep_authority",
]
