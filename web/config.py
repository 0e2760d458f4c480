"""Settings, read once from the environment. A default here is safe in production and fit to publish."""

import hashlib
import hmac
import os
from pathlib import Path
from typing import Self
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, SecretStr, field_validator, model_validator
from sqlalchemy import make_url

from models.crypto import read_master_key
from tasks import mailers
from workflow.files import scanning

APP_ROLE = "coproduce_app"
LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})


class Settings(BaseModel):
    """What an operator sets, under these names in capitals. A missing or weak value stops the start in a sentence."""

    # What was given may be a secret, and the sentence that refuses it is logged.
    model_config = ConfigDict(extra="ignore", frozen=True, hide_input_in_errors=True)

    database_url: str
    migration_database_url: str | None = None
    redis_url: str = "redis://localhost:6379/0"
    mail_url: str = "smtp://localhost:25"
    mail_from: str = "no-reply@localhost"
    notify_api_key: SecretStr | None = None
    notify_email_template: str | None = None
    notify_callback_token: SecretStr | None = None
    """What GOV.UK Notify shows when it tells us what became of a mail; None: it is asked instead."""
    secret_key: SecretStr
    master_key: SecretStr
    public_url: str = "http://localhost:8000"
    trusted_hosts: str = ""
    proxies: int = Field(default=0, ge=0, le=5)
    demo: bool = False
    data_dir: Path = Path("var")
    metrics_token: SecretStr | None = None
    clamav_url: str | None = None
    """Where the virus scanner (clamd) listens; None: files are looked into, and not scanned."""
    few_processes: bool = False
    """For a small machine: the poller lives in the scheduler's process, and the worker works in its own."""

    @classmethod
    def from_environment(cls) -> Self:
        """The settings the environment gives. Raises `pydantic.ValidationError` naming what is missing or weak."""
        given = {name: os.environ[name.upper()] for name in cls.model_fields if name.upper() in os.environ}
        return cls.model_validate(given)

    @field_validator("secret_key")
    @classmethod
    def _strong(cls, value: SecretStr) -> SecretStr:
        if len(value.get_secret_value()) < 32 or len(set(value.get_secret_value())) < 8:
            raise ValueError("SECRET_KEY must be at least 32 random characters")
        return value

    @field_validator("metrics_token", "notify_api_key", "notify_callback_token")
    @classmethod
    def _none_when_empty(cls, value: SecretStr | None) -> SecretStr | None:
        return value if value and value.get_secret_value() else None

    @field_validator("notify_callback_token")
    @classmethod
    def _long(cls, value: SecretStr | None) -> SecretStr | None:
        if value and len(value.get_secret_value()) < 32:
            raise ValueError("NOTIFY_CALLBACK_TOKEN must be at least 32 random characters")
        return value

    @model_validator(mode="after")
    def _mail_can_go(self) -> Self:
        key = self.notify_api_key.get_secret_value() if self.notify_api_key else None
        mailers.check_settings(self.mail_url, key, self.notify_email_template)
        if self.demo and mailers.is_notify(self.mail_url) and urlsplit(self.mail_url).hostname not in LOOPBACK:
            raise ValueError("DEMO sends mail to invented people: it goes to a sink, never to GOV.UK Notify")
        return self

    @field_validator("clamav_url")
    @classmethod
    def _reachable(cls, value: str | None) -> str | None:
        return scanning.checked_url(value) if value else None

    @field_validator("master_key")
    @classmethod
    def _whole(cls, value: SecretStr) -> SecretStr:
        read_master_key(value.get_secret_value())
        return value

    @property
    def owner_url(self) -> str:
        """The URL of the role that owns the tables. With one URL given, that one."""
        return self.migration_database_url or self.database_url

    @property
    def app_url(self) -> str:
        """The URL the service works under. With one URL given, the app role made by set-up on the same server."""
        if self.migration_database_url or make_url(self.database_url).username == APP_ROLE:
            return self.database_url
        own = make_url(self.database_url).set(username=APP_ROLE, password=self.app_password)
        return own.render_as_string(hide_password=False)

    @property
    def app_password(self) -> str | None:
        """The password of an app role that set-up makes: worked out from the secret key, so kept nowhere.
        None where one URL without a password is given (a local socket)."""
        given = make_url(self.database_url)
        if self.migration_database_url or given.username == APP_ROLE or not given.password:
            return None
        secret = self.secret_key.get_secret_value().encode()
        return hmac.new(secret, b"app role", hashlib.sha256).hexdigest()

    @property
    def app_role(self) -> str:
        """The name of the app role."""
        return make_url(self.app_url).username or APP_ROLE

    @property
    def hosts(self) -> list[str]:
        """Host names the service answers to."""
        given = [host.strip() for host in self.trusted_hosts.split(",") if host.strip()]
        public = urlsplit(self.public_url).hostname or "localhost"
        return given or sorted({public, *LOOPBACK})

    @property
    def secure_cookies(self) -> bool:
        """Everywhere but in the demo on loopback, cookies go over TLS only."""
        return not (self.demo and (urlsplit(self.public_url).hostname or "") in LOOPBACK)
