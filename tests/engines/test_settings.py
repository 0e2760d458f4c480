"""What `make run` takes from the environment, and the keys it makes and keeps."""

import base64
import stat
from pathlib import Path

import pytest

from engines.errors import EngineError
from engines.settings import from_environment, keys


def test_without_settings_it_is_a_demo_on_loopback() -> None:
    settings = from_environment({})
    assert (settings.host, settings.port, settings.demo) == ("127.0.0.1", 8000, True)
    assert settings.data_dir == Path("var").absolute()


@pytest.mark.parametrize(
    "environment, demo",
    [
        ({"HOST": "localhost"}, True),
        ({"HOST": "::1"}, True),
        ({"HOST": "0.0.0.0"}, False),
        ({"HOST": "192.0.2.7"}, False),
        ({"HOST": "0.0.0.0", "DEMO": "1"}, True),
        ({"DEMO": "0"}, False),
        ({"DEMO": ""}, True),
    ],
)
def test_the_demo_is_on_only_where_nobody_else_can_reach_it_unless_said(
    environment: dict[str, str], demo: bool
) -> None:
    assert from_environment(environment).demo is demo


@pytest.mark.parametrize("port", ["0", "65536", "http", "-1", "80.5"])
def test_a_port_that_is_none_is_refused_in_one_sentence(port: str) -> None:
    with pytest.raises(EngineError, match="which is no port: give a number from 1 to 65535"):
        from_environment({"PORT": port})


@pytest.mark.parametrize("host, bind", [("127.0.0.1", "127.0.0.1:80"), ("::1", "[::1]:80"), ("[::1]", "[::1]:80")])
def test_the_address_is_written_as_the_web_server_takes_it(host: str, bind: str) -> None:
    assert from_environment({"HOST": host, "PORT": "80"}).bind == bind


def test_settings_of_the_shells_own_database_client_are_not_passed_on() -> None:
    given = from_environment({"PGPORT": "6000", "MAKEFLAGS": "-j", "MAIL_URL": "smtp://relay", "LANG": "C"}).given
    assert given == {"MAIL_URL": "smtp://relay", "LANG": "C"}


def test_keys_are_made_once_long_enough_and_for_their_owner_alone(tmp_path: Path) -> None:
    settings = from_environment({"DATA_DIR": str(tmp_path)})
    first = keys(settings)
    assert keys(settings) == first
    assert {name: len(base64.urlsafe_b64decode(key)) for name, key in first.items()} == {
        "SECRET_KEY": 32,
        "MASTER_KEY": 32,
    }
    assert first["SECRET_KEY"] != first["MASTER_KEY"]
    assert stat.S_IMODE((tmp_path / "keys.env").stat().st_mode) == 0o600


def test_a_key_from_the_environment_comes_first(tmp_path: Path) -> None:
    own = from_environment({"DATA_DIR": str(tmp_path), "SECRET_KEY": "s" * 40})
    assert keys(own)["SECRET_KEY"] == "s" * 40
    both = from_environment({"DATA_DIR": str(tmp_path / "other"), "SECRET_KEY": "s" * 40, "MASTER_KEY": "m" * 40})
    assert keys(both) == {"SECRET_KEY": "s" * 40, "MASTER_KEY": "m" * 40}
    assert not (tmp_path / "other").exists()


def test_damaged_keys_are_never_replaced(tmp_path: Path) -> None:
    (tmp_path / "keys.env").write_text("SECRET_KEY=abc\n", encoding="ascii")
    with pytest.raises(EngineError, match="nothing can be decrypted without its keys: restore it"):
        keys(from_environment({"DATA_DIR": str(tmp_path)}))
    assert (tmp_path / "keys.env").read_text(encoding="ascii") == "SECRET_KEY=abc\n"
