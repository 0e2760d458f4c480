"""Gunicorn's settings beyond its command line."""

import gc


def when_ready(server: object) -> None:
    """Before the workers fork: what is loaded by now is shared by all, and collecting would copy its pages."""
    gc.collect()
    gc.freeze()


timeout = 60
"""Seconds. Longer than the longest look at an uploaded file."""
