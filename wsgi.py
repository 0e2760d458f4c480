"""The WSGI and Celery entry points, nothing else. Each is made when it is asked for: a process needs only one."""

from functools import cache
from typing import Any

import web


@cache
def __getattr__(name: str) -> Any:
    if name == "app":
        return web.create_app()
    if name == "celery":
        return web.create_celery()
    raise AttributeError(name)
