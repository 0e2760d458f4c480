"""The law needs nothing but itself."""

from tests.pure import sockets_closed

__all__ = ["sockets_closed"]
