"""HTTP. `create_app` is the composition root; importing this package does nothing."""

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import tasks
from engines import beside
from forms import catalogue
from models.crypto import read_master_key
from models.database import Database
from web import blueprints, cli, errors, language, logs, pages, security, sessions
from web.application import Coproduce
from web.config import Settings
from workflow.files.scanning import Clamd
from workflow.files.store import FolderBlobs

if TYPE_CHECKING:
    from celery import Celery

ROOT = Path(__file__).parent.parent


def create_app(settings: Settings | None = None) -> Coproduce:
    """The application, made from settings (by default those of the environment)."""
    if settings is None and _asks_only():
        os.environ.update(beside.find(os.environ))
    if settings is None and _asks_only():
        app = _empty()
        cli.init_without_services(app)
        return app
    app = _without_pages(settings or Settings.from_environment())
    list(catalogue.every_version())  # what cannot be read stops the start, not the first who opens that form
    security.init_app(app)
    sessions.init_app(app)
    language.init_app(app)
    pages.init_app(app)
    errors.init_app(app)
    blueprints.init_app(app)
    cli.init_app(app)
    tasks.make_celery(app)
    return app


def create_celery(settings: Settings | None = None) -> "Celery[Any]":
    """The Celery app for the worker and the scheduler. They show no page, so none is loaded: it would be a sixth of
    their memory."""
    return tasks.make_celery(_without_pages(settings or Settings.from_environment()))


def _empty() -> Coproduce:
    return Coproduce(__name__, template_folder=str(ROOT / "templates"), static_folder=None)


def _without_pages(settings: Settings) -> Coproduce:
    app = _empty()
    _configure(app, settings)
    app.extensions["database"] = Database(settings.app_url, read_master_key(settings.master_key.get_secret_value()))
    app.extensions["blobs"] = FolderBlobs(settings.data_dir / "files")
    app.extensions["scanner"] = Clamd(settings.clamav_url) if settings.clamav_url else None
    logs.init_app(app)
    return app


def _asks_only() -> bool:
    """Whether a command is being run where nothing is set up: it finds the service that `make run` started, and
    without one what needs no service can still be asked."""
    return "FLASK_RUN_FROM_CLI" in os.environ and "DATABASE_URL" not in os.environ


def _configure(app: Coproduce, settings: Settings) -> None:
    app.extensions["settings"] = settings
    app.config.update(
        SECRET_KEY=settings.secret_key.get_secret_value(),
        TRUSTED_HOSTS=settings.hosts,
        MAX_CONTENT_LENGTH=110 * 1024 * 1024,
        MAX_FORM_MEMORY_SIZE=16 * 1024 * 1024,
        MAX_FORM_PARTS=5000,
        REDIS_URL=settings.redis_url,
        MAIL_URL=settings.mail_url,
        MAIL_FROM=settings.mail_from,
        NOTIFY_API_KEY=settings.notify_api_key and settings.notify_api_key.get_secret_value(),
        NOTIFY_EMAIL_TEMPLATE=settings.notify_email_template,
        PUBLIC_URL=settings.public_url,
        DEMO=settings.demo,
        FEW_PROCESSES=settings.few_processes,
        DATA_DIR=str(settings.data_dir),
        PREFERRED_URL_SCHEME="https" if settings.secure_cookies else "http",
    )
    if settings.proxies:
        from werkzeug.middleware.proxy_fix import ProxyFix

        count = settings.proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=count, x_proto=count, x_host=count)  # type: ignore[method-assign]
