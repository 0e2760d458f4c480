"""Run a command on engines that are thrown away with it: `python -m engines.throwaway COMMAND…`."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from engines.errors import EngineError
from engines.postgres import Postgres
from engines.settings import fresh_keys
from engines.supervisor import StopAsked, stop_on_signals
from engines.valkey import Valkey


def main(command: list[str]) -> int:
    """Run `command` with the URLs and keys of the throw-away engines; its exit code is ours."""
    stop_on_signals()
    try:
        with tempfile.TemporaryDirectory(prefix="coproduce-") as folder:
            data_dir = Path(folder)
            with Postgres(data_dir, durable=False) as postgres, Valkey(data_dir, durable=False) as valkey:
                urls = {"DATABASE_URL": postgres.app_url, "MIGRATION_DATABASE_URL": postgres.owner_url}
                urls |= {"REDIS_URL": valkey.url, "MAIL_URL": "smtp://127.0.0.1:9", "DATA_DIR": folder}
                return subprocess.run(command, env={**os.environ, **urls, **fresh_keys()}).returncode
    except StopAsked:
        return 130
    except EngineError as error:
        print(error, file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
