"""What can have happened, as data: each event asks for one or a few days, and names the rules that follow."""

from web.dates.events.asking import AGAIN, ASKING
from web.dates.events.disagreeing import DISAGREEING
from web.dates.events.plans import ENDING, MOVING_ON, REVIEWS
from web.dates.events.shape import Choice, Event, Group, Question
from web.dates.events.work import HELP, WORK

__all__ = ["EVENTS", "GROUPS", "Choice", "Event", "Group", "Question"]

GROUPS: tuple[Group, ...] = (ASKING, REVIEWS, MOVING_ON, DISAGREEING, AGAIN, ENDING, HELP, WORK)
EVENTS: dict[str, Event] = {event.id: event for group in GROUPS for event in group.events}
