"""What every task has: the application, its database, and patience with arguments from another release."""

from typing import TYPE_CHECKING, Any

from celery import Celery, Task
from flask import Flask, current_app

from models.database import Database

if TYPE_CHECKING:
    AnyTask = Task[Any, Any]
    AnyCelery = Celery[Any]
else:
    AnyTask, AnyCelery = Task, Celery


class AppTask(AnyTask):
    """A task that runs inside the application's context."""

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Run with the application at hand."""
        with flask_app(self.app).app_context():
            return self.run(*args, **kwargs)


def flask_app(celery: AnyCelery) -> Flask:
    """The application a Celery app was made for."""
    found: Flask = celery.conf["flask_app"]()
    return found


def database() -> Database:
    """The current application's database."""
    found: Database = current_app.extensions["database"]
    return found
