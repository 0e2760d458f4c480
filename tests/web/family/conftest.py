"""The council's people and a family, to do things with."""

from tests.web.council.conftest import office

__all__ = ["office"]
