"""What an operator sets is refused at the start, in a sentence, when mail could not go."""

from typing import Any

import pytest
from pydantic import ValidationError

from tests.conftest import MASTER_KEY
from tests.notify import KEY, TEMPLATE
from web.config import Settings

WHOLE = {
    "database_url": "postgresql://coproduce_app@nowhere/none",
    "secret_key": "a test secret that is long enough 0123456789",
    "master_key": MASTER_KEY,
    "mail_url": "notify://",
    "notify_api_key": KEY,
    "notify_email_template": TEMPLATE,
}


def settings(**changes: Any) -> Settings:
    return Settings.model_validate({**WHOLE, **changes})


def test_notify_is_a_carrier_like_another_and_its_key_is_not_shown() -> None:
    made = settings(notify_callback_token="t" * 32)
    assert KEY not in repr(made)
    assert "t" * 32 not in repr(made)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"notify_api_key": ""}, "needs NOTIFY_API_KEY"),
        ({"notify_api_key": "a-key"}, "needs NOTIFY_API_KEY"),
        ({"notify_email_template": None}, "needs NOTIFY_EMAIL_TEMPLATE"),
        ({"notify_callback_token": "short"}, "NOTIFY_CALLBACK_TOKEN must be at least 32"),
        ({"mail_url": "notfy://"}, "MAIL_URL must look like"),
        ({"mail_url": "smtp://relay?tls=perhaps"}, "The tls in MAIL_URL"),
        ({"demo": True}, "DEMO sends mail to invented people"),
    ],
)
def test_r21_what_is_not_whole_or_would_reach_real_people_from_a_demo_is_refused(
    changes: dict[str, Any], said: str
) -> None:
    with pytest.raises(ValidationError, match=said) as refused:
        settings(**changes)
    assert "input" not in str(refused.value)


def test_a_secret_that_is_refused_is_not_repeated() -> None:
    with pytest.raises(ValidationError, match="SECRET_KEY must be") as refused:
        settings(secret_key="too short")
    assert "too short" not in str(refused.value)


def test_a_demo_may_send_to_a_stand_in_on_its_own_machine() -> None:
    assert settings(demo=True, mail_url="notify://127.0.0.1:9000").demo


def test_with_a_relay_nothing_of_notify_is_asked_for() -> None:
    assert settings(mail_url="smtp://relay", notify_api_key=None, notify_email_template=None).mail_url
