"""Asking the worker's children to begin no more.

Celery tells only the worker's first process that it is to stop; its children learn it from a byte of memory
they share with it, finish what is in hand, and let go of the rest.
"""

import mmap

_asked = mmap.mmap(-1, 1)  # shared with every process forked from here on


def ask(*_: object, **__: object) -> None:
    """Begin no more work in this worker."""
    _asked[0] = 1


def asked() -> bool:
    """Whether this worker is stopping."""
    return _asked[0] == 1
