"""Celery's settings. The database is the truth and the broker carries wake-ups: any task may be lost, doubled
or late, and nothing here makes it otherwise."""

from typing import Any
from urllib.parse import urlsplit

VISIBILITY = 600
"""Seconds before Redis gives an unacknowledged task to another worker: longer than any task and any lease."""

TASK_LIMIT, TASK_SOFT_LIMIT = 60, 45
MAIL_LIMIT, MAIL_SOFT_LIMIT = 240, 200
RECORDING_LIMIT, RECORDING_SOFT_LIMIT = 330, 300

SETTINGS: dict[str, Any] = {
    "task_acks_late": True,
    "task_reject_on_worker_lost": True,
    "task_ignore_result": True,
    "task_store_errors_even_if_ignored": False,
    "task_time_limit": TASK_LIMIT,
    "task_soft_time_limit": TASK_SOFT_LIMIT,
    "task_publish_retry": False,
    "task_default_queue": "coproduce",
    "task_serializer": "json",
    "accept_content": ["json"],
    "result_backend": None,
    "timezone": "UTC",
    "enable_utc": True,
    "worker_prefetch_multiplier": 1,
    "worker_max_tasks_per_child": 500,
    "worker_max_memory_per_child": 300_000,
    "worker_soft_shutdown_timeout": 30,
    "worker_enable_soft_shutdown_on_idle": True,
    "worker_cancel_long_running_tasks_on_connection_loss": False,
    "worker_send_task_events": False,
    # Nobody steers workers through the broker. On RabbitMQ the queue that takes is locked to one connection, and
    # keeps out the worker that lost it and comes back under its name.
    "worker_enable_remote_control": False,
    "worker_hijack_root_logger": False,
    "broker_connection_retry_on_startup": True,
    "broker_connection_max_retries": None,
    "broker_connection_timeout": 5,
}

REDIS: dict[str, Any] = {
    "visibility_timeout": VISIBILITY,
    "unacked_restore_interval": 10,
    "unacked_restore_throttle": 1,
    "socket_timeout": 10,
    "socket_connect_timeout": 5,
    "socket_keepalive": True,
    "health_check_interval": 25,
}

AMQP: dict[str, Any] = {"confirm_publish": True}


def for_broker(url: str) -> dict[str, Any]:
    """The settings for a broker: Redis by TCP, TLS or socket, or RabbitMQ with quorum queues.

    Raises `ValueError` for any other.
    """
    scheme = urlsplit(url).scheme
    if scheme in ("redis", "rediss", "redis+socket", "sentinel"):
        return {"broker_url": url, "broker_transport_options": _redis(scheme)}
    if scheme in ("amqp", "amqps", "pyamqp"):
        return {
            "broker_url": url,
            "broker_transport_options": AMQP,
            "task_default_queue_type": "quorum",
            "worker_detect_quorum_queues": True,
        }
    raise ValueError(f"REDIS_URL begins with {scheme or 'nothing'!r}: use redis, rediss, redis+socket or amqp.")


def _redis(scheme: str) -> dict[str, Any]:
    # A socket in the file system knows no keepalive.
    return {k: v for k, v in REDIS.items() if not (scheme == "redis+socket" and k == "socket_keepalive")}
