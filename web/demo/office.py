"""How the invented council gives out its work: teams, the rules that route requests to them, and its panels."""

import uuid
from collections.abc import Mapping
from datetime import datetime, timedelta

from law import calendar
from models.cases import Process
from models.database import OwnedSession
from models.panels import Panel
from workflow.access.actor import Actor
from workflow.allocation import settings
from workflow.allocation.rules import Member, Routing, Rule, Team
from workflow.cases import panels
from workflow.clock import london_day


def set_up(session: OwnedSession, manager: Actor, staff: Mapping[str, Actor], now: datetime) -> None:
    """Two teams, and the rules that send each request to one of them. They suggest; a person gives the work out."""
    casey, morgan = (Member(staff[name].person, 60) for name in ("Casey Worker", "Morgan Caseload"))
    early = Team(uuid.uuid4(), "Early years and primary", (casey,))
    older = Team(uuid.uuid4(), "Secondary and college", (morgan, casey))
    rules = (
        Rule(uuid.uuid4(), "Nurseries and children under 11", early.id, age_to=10),
        Rule(uuid.uuid4(), "Colleges", older.id, kinds=frozenset({"post_16"})),
        Rule(uuid.uuid4(), "Everybody else", older.id),
    )
    settings.change(session, Routing((early, older), rules), manager, seen=0, now=now, why="How we begin.")


def call_panels(
    session: OwnedSession, manager: Actor, staff: Mapping[str, Actor], waiting: list[Process], now: datetime
) -> None:
    """A panel in the coming week, with the requests that wait for a decision, and one a fortnight later."""
    sits = [staff[name].person for name in ("Casey Worker", "Dara Decider")]
    first = calendar.workdays_after(london_day(now), 4)
    for on in (first, calendar.workdays_after(first + timedelta(days=13), 1)):
        panel_id = uuid.uuid4()
        panels.call(
            session, manager, panel_id, held_on=on, decider_id=staff["Dara Decider"].person, members=sits, now=now
        )
        panel = session.get_one(Panel, (session.authority_id, panel_id))
        for process in waiting if on == first else ():
            panels.put_on(session, panel, process, manager, now=now)
