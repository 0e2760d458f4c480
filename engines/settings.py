"""What `make run` is told by the environment, and the keys it makes when nobody brings their own."""

import base64
import os
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path

from engines.errors import EngineError, unusable

KEY_NAMES = ("SECRET_KEY", "MASTER_KEY")
KEY_BYTES = 32

# Set by a shell or by make for itself; they would change how PostgreSQL's clients and make behave in a child.
NOT_PASSED_ON = re.compile(r"PG[A-Z]+|MAKE.*|MFLAGS")


@dataclass(frozen=True)
class Settings:
    """Where to listen, where to keep data, and which services of the user's own replace ours."""

    host: str
    port: int
    data_dir: Path
    given: Mapping[str, str]

    @property
    def loopback(self) -> bool:
        """Whether only this machine can reach us."""
        try:
            return ip_address(self.host).is_loopback
        except ValueError:
            return self.host == "localhost"

    @property
    def bind(self) -> str:
        """Host and port as gunicorn takes them."""
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"

    @property
    def demo(self) -> bool:
        """Whether the demo is on: as the environment says, else only where nobody else can reach it."""
        return self.given.get("DEMO", "1" if self.loopback else "0").lower() in ("1", "true", "yes", "on")


def from_environment(environment: Mapping[str, str]) -> Settings:
    """Read the settings; EngineError for a PORT that is none."""
    given = {name: value for name, value in environment.items() if value and not NOT_PASSED_ON.fullmatch(name)}
    port = given.get("PORT", "8000")
    if not port.isdecimal() or not 0 < int(port) < 65536:
        raise EngineError(f"PORT is {port}, which is no port: give a number from 1 to 65535.")
    return Settings(
        host=given.get("HOST", "127.0.0.1").strip("[]"),
        port=int(port),
        data_dir=Path(given.get("DATA_DIR", "var")).absolute(),
        given=given,
    )


def keys(settings: Settings) -> dict[str, str]:
    """The secret keys: the environment's, else those kept in the data folder, made on the first start."""
    given = {name: settings.given[name] for name in KEY_NAMES if name in settings.given}
    if len(given) == len(KEY_NAMES):
        return given
    file = settings.data_dir / "keys.env"
    try:
        kept = _read(file) if file.exists() else _make(file)
    except OSError as error:
        raise unusable(settings.data_dir, error) from error
    return kept | given


def _read(file: Path) -> dict[str, str]:
    lines = file.read_text(encoding="utf-8", errors="replace").splitlines()
    kept = dict(line.split("=", 1) for line in lines if "=" in line)
    if any(len(kept.get(name, "")) < KEY_BYTES for name in KEY_NAMES):
        raise EngineError(
            f"{file} is damaged and nothing can be decrypted without its keys: restore it from a backup, "
            "or move the whole data folder away to begin anew."
        )
    return {name: kept[name] for name in KEY_NAMES}


def fresh_keys() -> dict[str, str]:
    """New random keys, in URL-safe base 64."""
    return {name: base64.urlsafe_b64encode(secrets.token_bytes(KEY_BYTES)).decode() for name in KEY_NAMES}


def _make(file: Path) -> dict[str, str]:
    fresh = fresh_keys()
    part = file.with_suffix(".part")
    part.unlink(missing_ok=True)
    with open(part, "w", opener=lambda path, flags: os.open(path, flags | os.O_EXCL, 0o600)) as output:
        output.writelines(f"{name}={value}\n" for name, value in fresh.items())
        output.flush()
        os.fsync(output.fileno())
    part.rename(file)
    return fresh
