"""GOV.UK Notify's stand-in, and an application that sends to it."""

from collections.abc import Iterator

import pytest
from flask import Flask

from tests.notify import KEY, TEMPLATE, Notify, running
from tests.tasks.conftest import sending_app


@pytest.fixture
def notify() -> Iterator[Notify]:
    with running() as made:
        yield made


@pytest.fixture
def notify_app(notify: Notify) -> Flask:
    app = sending_app(notify.mail_url)
    app.config.update(NOTIFY_API_KEY=KEY, NOTIFY_EMAIL_TEMPLATE=TEMPLATE)
    return app
