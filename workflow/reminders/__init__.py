"""Reminders come from dates in the database. A sweep finds what is due, plans each intent once, and sets the
next day to look; its cost grows with what is due, not with what exists."""

from workflow.reminders.schedule import schedule

__all__ = ["schedule"]
