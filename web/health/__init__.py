"""Health: live for proxies and containers, ready for alarms, metrics behind a token."""

from pathlib import Path

from flask import Blueprint, Response, abort, current_app, jsonify
from flask.typing import ResponseReturnValue

from web import bearer
from web.who import no_database, who
from workflow import clock, health

bp = Blueprint("health", __name__)


@bp.get("/health/live")
@who("public")
@no_database
def live() -> ResponseReturnValue:
    """This process answers. Nothing else is asked: a dead broker must never take pages down."""
    return jsonify(live=True)


@bp.get("/health/ready")
@who("public")
@no_database
def ready() -> ResponseReturnValue:
    """Whether database, broker, a worker and the scheduler have all done work lately; names which has not."""
    import tasks

    app = current_app
    folders = [Path(app.config["DATA_DIR"])]
    scanner = app.extensions["scanner"]
    state = health.ready(
        app.extensions["database"],
        clock.now(),
        tasks.broker_ping(app),
        folders,
        scanner.answers if scanner else None,
    )
    return jsonify(state), 200 if all(value is True for value in state.values()) else 503


@bp.get("/metrics")
@who("public")
@no_database
def metrics() -> ResponseReturnValue:
    """Prometheus metrics, for whoever holds METRICS_TOKEN; without one set there are none."""
    app = current_app
    token = app.extensions["settings"].metrics_token
    if token is None or not bearer.shown(token):
        abort(404)
    from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

    return Response(generate_latest(), content_type=CONTENT_TYPE_LATEST)
