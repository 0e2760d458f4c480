"""The encrypted column type, and the keys under it.

A data key per authority, wrapped by the master key from the environment. Losing the master key loses the
words, so it is backed up apart from the database; destroying an authority's key erases them.
"""

import base64
import json
import os
import uuid
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import LargeBinary
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator

NONCE = 12


class WeakKey(ValueError):
    """The master key is missing, short, or not base64."""


@dataclass(frozen=True)
class Keyring:
    """The data key of the authority that the current transaction works for."""

    authority_id: uuid.UUID
    key: bytes

    def seal(self, plain: bytes, label: str) -> bytes:
        """Encrypt with AES-256-GCM; `label` and the authority are bound in, so a swapped value fails."""
        nonce = os.urandom(NONCE)
        return nonce + self._cipher.encrypt(nonce, plain, self._bound(label))

    def open(self, sealed: bytes, label: str) -> bytes:
        """Decrypt what `seal` made. Raises `cryptography.exceptions.InvalidTag` on anything else."""
        return self._cipher.decrypt(sealed[:NONCE], sealed[NONCE:], self._bound(label))

    @cached_property
    def _cipher(self) -> AESGCM:
        return AESGCM(self.key)

    def _bound(self, label: str) -> bytes:
        return f"{self.authority_id}:{label}".encode()


# Column types see no session, so the transaction's keyring travels beside it. Set by `models.database` only.
current_keyring: ContextVar[Keyring] = ContextVar("current_keyring")


class Encrypted(TypeDecorator[Any]):
    """JSON-able values (text, lists, dicts), encrypted under the authority's key. `label` names the column."""

    impl = LargeBinary
    cache_ok = True

    def __init__(self, label: str) -> None:
        super().__init__()
        self.label = label

    def process_bind_param(self, value: Any, dialect: Dialect) -> bytes | None:
        if value is None:
            return None
        plain = json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
        return current_keyring.get().seal(plain, self.label)

    def process_result_value(self, value: Any, dialect: Dialect) -> Any:
        if value is None:
            return None
        return json.loads(current_keyring.get().open(value, self.label))


def read_master_key(encoded: str) -> bytes:
    """The 32-byte master key from its URL-safe base64. Raises `WeakKey` with what to do."""
    try:
        key = base64.urlsafe_b64decode(encoded.encode())
    except ValueError as error:
        raise WeakKey("MASTER_KEY is not URL-safe base64: make one with `flask --app wsgi database key`.") from error
    if len(key) != 32 or len(set(key)) < 8:
        raise WeakKey("MASTER_KEY must be 32 random bytes: make one with `flask --app wsgi database key`.")
    return key


def new_wrapped_key(master: bytes, authority_id: uuid.UUID) -> bytes:
    """A fresh data key for an authority, wrapped by the master key."""
    return Keyring(authority_id, master).seal(os.urandom(32), "authority.key")


def unwrap(master: bytes, authority_id: uuid.UUID, wrapped: bytes) -> Keyring:
    """The keyring of an authority from its wrapped key."""
    return Keyring(authority_id, Keyring(authority_id, master).open(wrapped, "authority.key"))
