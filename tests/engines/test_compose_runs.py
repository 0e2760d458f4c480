"""The compose file held against the project: each of our services' very commands, with the variables the file
gives them, as plain processes against separately started PostgreSQL and Redis. They reach ready and send a mail."""

import email
import os
import re
import subprocess
import sys
import time
import urllib.error
import urllib.request
from http.cookiejar import CookieJar
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
import yaml

from tests import servers
from tests.engines.conftest import PROJECT, eventually
from tests.servers import open_folder, running

__all__ = ["open_folder", "running"]

pytestmark = pytest.mark.full
GIVEN = {
    "APP_PASSWORD": "apppassword1",
    "OWNER_PASSWORD": "ownerpassword1",
    "POSTGRES_PASSWORD": "superpassword1",
    "MAIL_FROM": "plans@hartwell.invalid",
    "SECRET_KEY": "a secret for a test that is long enough 0123456789",
    "MASTER_KEY": "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=",
    "PUBLIC_URL": "http://localhost",
}


def compose() -> dict[str, Any]:
    return dict(yaml.safe_load((PROJECT / "docker-compose.yml").read_text())["services"])


def environment(service: dict[str, Any], places: dict[str, str]) -> dict[str, str]:
    """The variables the file gives a service, filled as compose fills them, with our addresses for its hosts."""
    filled = {"PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}", "HOME": "/tmp", "LANG": "C.UTF-8"}
    for name, value in service["environment"].items():
        if value is None:
            continue
        text = re.sub(
            r"\$\{(\w+)(?:(:[-?])([^}]*))?\}", lambda m: GIVEN.get(m[1]) or (m[3] if m[2] == ":-" else ""), value
        )
        for host, place in places.items():
            text = text.replace(host, place)
        filled[name] = text
    return filled


def test_every_service_of_the_compose_file_starts_reaches_ready_and_a_mail_is_sent(
    tmp_path: Path, open_folder: Path, running: servers.Running
) -> None:
    places = {
        "@postgres/": f"@127.0.0.1:{servers.database(open_folder / 'pg', running, GIVEN)}/",
        "redis:6379": f"127.0.0.1:{servers.broker(tmp_path / 'redis', running, compose()['redis']['command'])}",
    }
    mails, mail_port, web_port = tmp_path / "mail", servers.free_port(), servers.free_port()
    mails.mkdir()
    GIVEN["MAIL_URL"] = f"smtp://127.0.0.1:{mail_port}?tls=none"
    running.append(
        subprocess.Popen([sys.executable, "-m", "engines.mailsink", str(mail_port), str(mails)], cwd=PROJECT)
    )
    services = compose()
    migrate = environment(services["migrate"], places)
    subprocess.run(services["migrate"]["command"], env=migrate, cwd=PROJECT, check=True)
    add = ["flask", "--app", "wsgi", "database", "add-authority", "testing", "Testing Council", "--host", "localhost"]
    subprocess.run(add, env=migrate, cwd=PROJECT, check=True)
    for name in ("web", "worker", "beat", "poller"):
        command = [part.replace("0.0.0.0:8000", f"127.0.0.1:{web_port}") for part in services[name]["command"]]
        command = [part.replace("/tmp/schedule", str(tmp_path / "schedule")) for part in command]
        running.append(subprocess.Popen(command, env=environment(services[name], places), cwd=PROJECT))
    base = f"http://127.0.0.1:{web_port}"
    assert eventually(lambda: _status(f"{base}/health/live") == 200, 60), "web never answered"
    assert eventually(lambda: _status(f"{base}/health/ready") == 200, 180), "never ready"
    _ask_for_a_mail(base)
    assert eventually(lambda: list(mails.glob("*.eml")), 60), "no mail came"
    message = email.message_from_bytes(next(mails.glob("*.eml")).read_bytes())
    assert message["From"] and "plans@hartwell.invalid" in message["From"]
    assert all(process.poll() is None for process in running), "a service ended by itself"


def _request(url: str, data: bytes | None = None) -> urllib.request.Request:
    return urllib.request.Request(
        url,
        data,
        {
            "Host": "localhost",
            "Origin": "https://localhost",
            "X-Forwarded-Proto": "https",
            "X-Forwarded-Host": "localhost",
            "Referer": "https://localhost/",
        },
    )


def _status(url: str) -> int:
    try:
        with urllib.request.urlopen(_request(url), timeout=5) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        return error.code
    except OSError:
        return 0


def _ask_for_a_mail(base: str) -> None:
    """Begin without an account, then ask to keep the place: a code goes to the address."""
    cookies = _Cookies()
    token = cookies.token(f"{base}/ask")
    cookies.open(f"{base}/ask", {"csrf_token": token, "token": "5f0c6f3e-8a9f-4d1e-9a53-111111111111"})
    token = cookies.token(f"{base}/keep")
    cookies.open(f"{base}/keep", {"csrf_token": token, "email": "somebody@family.example"})
    time.sleep(0.1)


class _Cookies:
    """A browser as small as this test needs: the session cookie goes along although the test speaks no TLS."""

    def __init__(self) -> None:
        self.jar, self.cookie = CookieJar(), ""

    def open(self, url: str, form: dict[str, str] | None = None) -> str:
        request = _request(url, urlencode(form).encode() if form else None)
        if self.cookie:
            request.add_header("Cookie", self.cookie)
        opener = urllib.request.build_opener(_NoRedirect())
        try:
            answer = opener.open(request, timeout=10)
        except urllib.error.HTTPError as error:
            answer = error
        for header in answer.headers.get_all("Set-Cookie") or []:
            self.cookie = header.split(";")[0]
        return str(answer.read().decode())

    def token(self, url: str) -> str:
        found = re.search(r'name="csrf_token" value="([^"]+)"', self.open(url))
        assert found, url
        return found[1]


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *args: Any, **kwargs: Any) -> None:
        return None
