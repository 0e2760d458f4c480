"""No database and no network here: an application that only draws."""

from collections.abc import Iterator

import pytest
from flask import Flask
from jinja2 import ChoiceLoader, FileSystemLoader, PackageLoader, PrefixLoader

from tests.pure import sockets_closed

__all__ = ["page_app", "sockets_closed"]


@pytest.fixture
def page_app() -> Iterator[Flask]:
    """An application context with our templates and the GOV.UK macros."""
    app = Flask("forms-only")
    app.config.update(SECRET_KEY="tests", WTF_CSRF_ENABLED=False)
    macros = PrefixLoader({"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")})
    app.jinja_loader = ChoiceLoader([FileSystemLoader(["templates", "tests/forms/stock"]), macros])
    app.jinja_env.add_extension("jinja2.ext.i18n")
    app.jinja_env.install_null_translations(newstyle=True)  # type: ignore[attr-defined]  # the extension's
    app.add_url_rule("/files/<file_id>", "writing.download")
    with app.test_request_context():
        yield app
