"""Logs: one JSON line an event, UTC, ids and counts only."""

import structlog

from web.application import Coproduce


def init_app(app: Coproduce) -> None:
    """Make every `structlog` logger of the process write JSON lines to standard error."""
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.JSONRenderer(),
        ],
        logger_factory=_standard_error,
        cache_logger_on_first_use=False,
    )


def _standard_error(*_: object) -> structlog.WriteLogger:
    import sys

    return structlog.WriteLogger(sys.stderr)
