"""What is known of a request at its arrival: the route, the day, who asked, and about whom."""

import uuid
from dataclasses import dataclass
from datetime import date

from law import age
from law.receipt import ROUTES
from workflow.errors import Refused


@dataclass(frozen=True)
class Asker:
    """Somebody who may ask: in words, the form that is keyed in for them, and their role on it."""

    title: str
    form_id: str
    role: str

    @property
    def family(self) -> bool:
        """Whether it is the parent or the young person."""
        return self.role in ("parent", "yp")


ASKERS = {
    "parent": Asker("A parent or carer", "ehcna-req-parent", "parent"),
    "yp": Asker("The young person", "ehcna-req-yp", "yp"),
    "school": Asker("A school", "ehcna-req-setting", "senco"),
    "post_16": Asker("A college or other post-16 institution", "ehcna-req-setting", "senco"),
    "early_years": Asker("An early years provider", "ehcna-req-setting", "senco"),
    "health": Asker("Health", "ehcna-req-setting", "health"),
    "social_care": Asker("Social care", "ehcna-req-setting", "social"),
    "youth_justice": Asker("Youth justice", "ehcna-req-setting", "other"),
    "other": Asker("Somebody else", "ehcna-req-setting", "other"),
}


@dataclass(frozen=True)
class Reach:
    """Somebody's name, and how to write back to them."""

    name: str
    email: str = ""
    phone: str = ""
    address: str = ""


@dataclass(frozen=True)
class Arrived:
    """What came: by which route on which day, from whom, about whom. `family`: the parent or carer to be told, where
    somebody else asked. `known_id`: whoever wrote is this person, who takes part in the case it is joined to."""

    route: str
    arrived_on: date
    asker: str
    writer: Reach
    first: str
    last: str
    born_on: date
    setting_id: uuid.UUID | None = None
    family: Reach | None = None
    known_id: uuid.UUID | None = None


def require_possible(came: Arrived, today: date) -> None:
    """Raises `Refused` for what cannot be so; never for what is only missing."""
    if came.route not in ROUTES:
        raise Refused("Say how it came.", "route")
    if came.asker not in ASKERS:
        raise Refused("Say who asked.", "asker")
    if came.arrived_on > today:
        raise Refused("This date is in the future. Enter the day it reached the council.", "arrived_on")
    if came.born_on > came.arrived_on:
        raise Refused("The date of birth is after the day the request came. Check both.", "born_on")
    if age.age_on(came.born_on, came.arrived_on) >= 25:
        raise Refused(
            "By this date of birth they are 25 or older, and the law gives assessments to people under 25. "
            "Check the date; if it is right, write back to whoever asked.",
            "born_on",
        )
    if not (came.first or came.last):
        raise Refused("Enter the child’s name.", "first")
