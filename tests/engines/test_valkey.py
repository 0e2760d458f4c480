"""Valkey from the wheel: what it keeps, and that a queue it cannot read never stops the service."""

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
import redis
from kombu import Connection

from engines.errors import EngineError
from engines.valkey import Valkey

from .conftest import Script, eventually, is_alive


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Valkey]:
    with Valkey(tmp_path) as started:
        yield started


def client(engine: Valkey) -> redis.Redis:
    return redis.Redis.from_url(engine.redis_url)


def put(engine: Valkey, key: str, value: str) -> None:
    with client(engine) as connection:
        connection.set(key, value)


def get(engine: Valkey, key: str) -> object:
    with client(engine) as connection:
        return connection.get(key)


def test_celerys_library_reaches_it_by_its_url(engine: Valkey) -> None:
    with Connection(engine.url) as connection:
        queue = connection.SimpleQueue("wake")
        queue.put({"id": 7})
        message = queue.get(timeout=5)
        message.ack()
        queue.close()
    assert message.payload == {"id": 7}


def test_it_refuses_writes_rather_than_forget_messages(engine: Valkey) -> None:
    with client(engine) as connection:
        assert connection.config_get("maxmemory-policy") == {"maxmemory-policy": "noeviction"}
        assert connection.config_get("port") == {"port": "0"}


def test_what_was_queued_outlives_a_killed_server(engine: Valkey) -> None:
    put(engine, "kept", "yes")
    with client(engine) as connection:
        connection.execute_command("WAITAOF", 1, 0, 2000)
    pid = engine.pid or 0
    os.kill(pid, signal.SIGKILL)
    assert eventually(lambda: not is_alive(pid))
    engine.start()
    assert get(engine, "kept") == b"yes"


def test_an_unreadable_queue_is_put_aside_and_work_goes_on(tmp_path: Path) -> None:
    with Valkey(tmp_path) as engine:
        put(engine, "kept", "yes")
    for part in (tmp_path / "valkey" / "appendonlydir").glob("*.incr.aof"):
        part.write_bytes(b"*3\r\n$3\r\nno such thing\r\n" * 50)
    with Valkey(tmp_path) as engine:
        put(engine, "new", "yes")
        assert get(engine, "new") == b"yes"
    assert list((tmp_path / "valkey").glob("unreadable-*/*.incr.aof"))


def test_a_second_launcher_of_the_same_folder_is_turned_away(engine: Valkey) -> None:
    with pytest.raises(EngineError, match="already runs the broker"):
        Valkey(engine.data_dir).start()
    put(engine, "still", "here")
    assert get(engine, "still") == b"here"


def test_a_killed_launcher_takes_the_server_with_it_and_the_next_starts(tmp_path: Path, script: Script) -> None:
    launcher = script(
        """
        import sys, time
        from pathlib import Path
        from engines.valkey import Valkey
        engine = Valkey(Path(sys.argv[1]))
        engine.start()
        print(engine.pid, flush=True)
        time.sleep(600)
        """,
        tmp_path,
    )
    assert launcher.stdout
    pid = int(launcher.stdout.readline())
    launcher.kill()
    launcher.wait()
    with Valkey(tmp_path) as engine:
        put(engine, "new", "yes")
        assert get(engine, "new") == b"yes"
    assert not is_alive(pid)


def test_a_long_path_gets_a_short_socket(tmp_path: Path) -> None:
    with Valkey(tmp_path / ("x" * 110)) as engine:
        assert engine.socket.parent.parent == Path("/tmp") or "XDG_RUNTIME_DIR" in os.environ
        put(engine, "new", "yes")
    assert not engine.socket.parent.exists()
