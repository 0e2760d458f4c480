"""Declared conflicts of interest. One beats every right that a person at the council has, and hides the case."""

import uuid
from typing import Any

from sqlalchemy import BindParameter, ColumnElement, exists

from models.office import Conflict


def kept_from(person_id: uuid.UUID | BindParameter[uuid.UUID | None], case_id: Any) -> ColumnElement[bool]:
    """Whether a person is kept from the case whose id stands in this column."""
    return exists().where(Conflict.person_id == person_id, Conflict.case_id == case_id, Conflict.ended_at.is_(None))
