"""The WSGI and Celery entry points, nothing else."""

from web import create_app

app = create_app()
celery = app.extensions.get("celery")
