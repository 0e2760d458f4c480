"""The production files: the same commands as `make run`, no secret in them, and a proxy that cannot be fooled."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from engines import ports, services
from engines.process import Child, Service

from .conftest import PROJECT, eventually

COMPOSE = yaml.safe_load((PROJECT / "docker-compose.yml").read_text(encoding="utf-8"))["services"]
APP = ("web", "worker", "beat", "poller")
SECRETS = {
    **{name: "x" * 40 for name in ("SECRET_KEY", "MASTER_KEY", "POSTGRES_PASSWORD", "OWNER_PASSWORD", "APP_PASSWORD")},
    "MAIL_URL": "smtp://relay.example",
    "MAIL_FROM": "send@council.example",
    "PUBLIC_URL": "https://send.example",
}


def test_every_process_has_the_command_that_make_run_gives_it() -> None:
    ours = {
        "web": (*services.WEB, "--bind", "0.0.0.0:8000"),
        "worker": services.WORKER,
        "beat": (*services.BEAT, "--schedule", "/tmp/schedule"),
        "poller": services.POLLER,
        "migrate": services.UPGRADE,
    }
    assert {name: tuple(COMPOSE[name]["command"]) for name in ours} == ours


def test_the_image_runs_the_web_server_by_itself_as_an_ordinary_user() -> None:
    text = (PROJECT / "Dockerfile").read_text(encoding="utf-8")
    default = re.search(r"^CMD (\[.*\])$", text, re.M)
    assert default and tuple(yaml.safe_load(default[1])) == tuple(COMPOSE["web"]["command"])
    assert text.index("USER coproduce") < text.index("CMD") and "--require-hashes" in text


@pytest.mark.parametrize("name", APP)
def test_the_application_starts_after_its_tables_are_made_and_never_sees_their_owner(name: str) -> None:
    service: dict[str, Any] = COMPOSE[name]
    assert service["depends_on"]["migrate"]["condition"] == "service_completed_successfully"
    assert "MIGRATION_DATABASE_URL" not in service["environment"]
    assert service["read_only"] and service["cap_drop"] == ["ALL"]


def test_no_secret_has_a_default() -> None:
    text = (PROJECT / "docker-compose.yml").read_text(encoding="utf-8")
    for name in ("SECRET_KEY", "MASTER_KEY", "POSTGRES_PASSWORD", "OWNER_PASSWORD", "APP_PASSWORD"):
        uses = re.findall(r"\$\{" + name + r"([^}]*)\}", text)
        assert uses and all(use.startswith(":?") for use in uses), name


def test_engines_are_reached_by_nothing_outside() -> None:
    for name in ("postgres", "redis"):
        assert COMPOSE[name]["networks"] == ["inside"] and "ports" not in COMPOSE[name]


@pytest.mark.full
@pytest.mark.skipif(not shutil.which("docker-compose"), reason="docker-compose is not installed")
@pytest.mark.parametrize("missing", [None, "MASTER_KEY"])
def test_compose_itself_accepts_the_file_and_refuses_a_missing_secret(missing: str | None, tmp_path: Path) -> None:
    given = {name: value for name, value in SECRETS.items() if name != missing}
    done = subprocess.run(
        ["docker-compose", "--project-directory", str(tmp_path), "-f", str(PROJECT / "docker-compose.yml"), "config"],
        env={"PATH": os.environ["PATH"], "HOME": str(tmp_path), **given},
        capture_output=True,
        text=True,
    )
    assert (done.returncode == 0) is (missing is None), done.stderr
    if missing:
        assert missing in done.stderr


ECHO = """
import sys
from http.server import BaseHTTPRequestHandler, HTTPServer
class Echo(BaseHTTPRequestHandler):
    def do_GET(self):
        body = "\\n".join(f"{name}: {value}" for name, value in self.headers.items()).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
    do_POST = do_GET
HTTPServer(("127.0.0.1", int(sys.argv[1])), Echo).serve_forever()
"""


class Proxy:
    """nginx with our configuration, on free ports, in front of a server that echoes headers."""

    def __init__(self, folder: Path) -> None:
        self.http, self.https, self.behind = ports.any_free(), ports.any_free(), ports.any_free()
        make = "openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost -keyout key -out certificate"
        subprocess.run(make.split(), cwd=folder, check=True, capture_output=True)
        text = (PROJECT / "deploy" / "nginx.conf").read_text(encoding="utf-8")
        changes = {
            "/tmp/": f"{folder}/",
            "/run/secrets/tls_certificate": f"{folder}/certificate",
            "/run/secrets/tls_key": f"{folder}/key",
            "http://web:8000": f"http://127.0.0.1:{self.behind}",
            "listen 8080": f"listen 127.0.0.1:{self.http}",
            "listen 8443": f"listen 127.0.0.1:{self.https}",
        }
        for old, new in changes.items():
            assert old in text
            text = text.replace(old, new)
        (folder / "nginx.conf").write_text(f"user root;\n{text}" if os.geteuid() == 0 else text, encoding="utf-8")
        command = ["nginx", "-c", str(folder / "nginx.conf"), "-p", str(folder), "-g", "daemon off;"]
        self.nginx = Child(Service("nginx", command, folder / "nginx.log"))
        echo = [sys.executable, "-c", ECHO, str(self.behind)]
        self.echo = Child(Service("echo", echo, folder / "echo.log"))

    def ask(self, *arguments: str, path: str = "/", port: int | None = None) -> tuple[str, str]:
        """Status and body, by curl."""
        scheme = "http" if port else "https"
        done = subprocess.run(
            ["curl", "-sk", "-w", "\n%{http_code}", *arguments, f"{scheme}://localhost:{port or self.https}{path}"],
            capture_output=True,
            text=True,
        )
        body, _, status = done.stdout.rpartition("\n")
        return status, body


@pytest.fixture
def proxy(tmp_path: Path) -> Iterator[Proxy]:
    if not all(shutil.which(name) for name in ("nginx", "openssl", "curl")):
        pytest.skip("nginx, openssl and curl are needed")
    made = Proxy(tmp_path)
    try:
        made.echo.start()
        made.nginx.start()
        assert eventually(lambda: made.ask()[0] == "200"), (tmp_path / "nginx.log").read_text(encoding="utf-8")
        yield made
    finally:
        made.nginx.stop()
        made.echo.stop()


@pytest.mark.full
def test_the_proxy_tells_the_true_address_whatever_the_visitor_claims(proxy: Proxy) -> None:
    claims = ("X-Forwarded-For: 203.0.113.9", "Forwarded: for=203.0.113.9", "X-Forwarded-Prefix: /evil")
    status, seen = proxy.ask(*(part for claim in claims for part in ("-H", claim)))
    assert status == "200" and "X-Forwarded-For: 127.0.0.1" in seen
    assert "203.0.113.9" not in seen and "evil" not in seen
    assert "X-Forwarded-Proto: https" in seen


@pytest.mark.full
def test_the_proxy_keeps_what_is_inside_inside(proxy: Proxy) -> None:
    assert [proxy.ask(path=path)[0] for path in ("/metrics", "/health/ready", "/health/live")] == ["404", "404", "200"]
    status, _ = proxy.ask("-H", "Host: send.example", port=proxy.http, path="/a?b=c")
    assert status == "308"


@pytest.mark.full
def test_the_proxy_says_sorry_when_nothing_answers_behind_it(proxy: Proxy) -> None:
    proxy.echo.stop()
    status, page = proxy.ask("-i")
    assert status == "503" and "Anything you have saved is safe" in page and "Retry-After: 30" in page


@pytest.mark.full
def test_the_proxy_refuses_what_is_too_large(proxy: Proxy, tmp_path: Path) -> None:
    (tmp_path / "large").write_bytes(bytes(31_500_000))
    assert proxy.ask("--data-binary", f"@{tmp_path}/large")[0] == "413"


def test_the_certificate_names_used_by_the_proxy_are_the_secrets_of_the_compose_file() -> None:
    text = (PROJECT / "deploy" / "nginx.conf").read_text(encoding="utf-8")
    assert set(re.findall(r"/run/secrets/(\w+)", text)) == set(COMPOSE["proxy"]["secrets"])


@pytest.mark.full
@pytest.mark.parametrize("role, owns", [("coproduce_owner", True), ("coproduce_app", False)])
def test_the_roles_made_for_production_have_no_power_of_their_own(role: str, owns: bool, tmp_path: Path) -> None:
    from engines.cluster import program
    from engines.postgres import Postgres

    from .conftest import sql

    with Postgres(tmp_path, durable=False) as engine:
        for statement in ("DROP DATABASE coproduce", "DROP ROLE coproduce_app", "DROP ROLE coproduce_owner"):
            sql(engine.admin_url, statement)
        subprocess.run(
            ["sh", str(PROJECT / "deploy" / "postgres" / "roles.sh")],
            env={
                "PATH": f"{program('psql').parent}:{os.environ['PATH']}",
                "PGHOST": str(tmp_path / "run"),
                "OWNER_PASSWORD": "it's one",
                "APP_PASSWORD": "two",
            },
            check=True,
        )
        rows = sql(
            engine.admin_url,
            "SELECT rolsuper OR rolbypassrls OR rolcreaterole OR rolcreatedb, pg_roles.oid = datdba"
            f" FROM pg_roles, pg_database WHERE rolname = '{role}' AND datname = 'coproduce'",
        )
    assert rows == [(False, owns)]


def test_the_runbook_names_every_setting_that_must_be_given() -> None:
    compose = (PROJECT / "docker-compose.yml").read_text(encoding="utf-8")
    runbook = (PROJECT / "docs" / "runbook.md").read_text(encoding="utf-8")
    required = set(re.findall(r"\$\{([A-Z_]+):\?", compose))
    assert required and all(f"`{name}`" in runbook for name in required)


def test_the_runbook_names_every_process_and_no_other() -> None:
    runbook = (PROJECT / "docs" / "runbook.md").read_text(encoding="utf-8")
    table = runbook.split("## What each process does")[1].split("## ")[0]
    always = {name for name, service in COMPOSE.items() if "profiles" not in service}
    assert set(re.findall(r"^\| `(\w+)`", table, re.M)) == always


def test_the_application_uses_the_database_role_that_the_compose_file_gives_it() -> None:
    from web.config import Settings

    url = COMPOSE["web"]["environment"]["DATABASE_URL"]
    filled = re.sub(r"\$\{APP_PASSWORD[^}]*\}", "secret", url)
    key = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="
    settings = Settings.model_validate({"database_url": filled, "secret_key": key, "master_key": key})
    assert settings.app_url == filled
