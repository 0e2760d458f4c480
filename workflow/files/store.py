"""Where the bytes lie: written once under a random key, never changed. A folder, or anything else of this shape."""

import os
import re
import secrets
from pathlib import Path
from typing import Protocol

_KEY = re.compile(r"[0-9a-f]{64}")


class BlobMissing(LookupError):
    """There is nothing under this key."""


class Blobs(Protocol):
    """A write-once store of sealed bytes."""

    def put(self, key: str, data: bytes) -> None:
        """Keep `data` under a key that was never used. Raises FileExistsError for one that was."""

    def get(self, key: str) -> bytes:
        """The bytes under a key. Raises `BlobMissing`."""

    def remove(self, key: str) -> None:
        """Forget the bytes under a key. Of one that is not there, nothing is left to do."""


def new_key() -> str:
    """A random key: it says nothing and cannot be guessed."""
    return secrets.token_hex(32)


class FolderBlobs:
    """Blobs in a folder, spread over 256 others. A blob is whole or not there: it appears under its name at once."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def put(self, key: str, data: bytes) -> None:
        """Keep `data` under a key that was never used."""
        place = self._place(key)
        place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        half = place.with_name(f".{key}.{secrets.token_hex(4)}")
        try:
            handle = os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(handle, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            os.link(half, place)  # unlike a rename, refuses to replace what is there
        finally:
            half.unlink(missing_ok=True)

    def get(self, key: str) -> bytes:
        """The bytes under a key."""
        try:
            return self._place(key).read_bytes()
        except FileNotFoundError:
            raise BlobMissing(key) from None

    def remove(self, key: str) -> None:
        """Forget the bytes under a key."""
        self._place(key).unlink(missing_ok=True)

    def _place(self, key: str) -> Path:
        if not _KEY.fullmatch(key):
            raise BlobMissing(key)
        return self.root / key[:2] / key
