"""Asking the worker's children to begin no more.

Celery tells only the worker's first process that it is to stop; its children learn it from an event they were
forked with, finish what is in hand, and leave the rest claimed by nobody.
"""

import multiprocessing

_asked = multiprocessing.Event()


def ask(*_: object, **__: object) -> None:
    """Begin no more work in this worker."""
    _asked.set()


def asked() -> bool:
    """Whether this worker is stopping."""
    return _asked.is_set()
