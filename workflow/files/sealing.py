"""Sealing a file: AES-256-GCM under a key of its own, which is wrapped by the authority's.

The authority and the file's id are bound in, so a blob put in the place of another does not open.
"""

import os
import uuid

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from models.crypto import NONCE, current_keyring

_VERSION = b"\x01"
_LENGTH = 2


def seal(plain: bytes, file_id: uuid.UUID) -> bytes:
    """The bytes to keep. Needs the transaction's keyring."""
    ring = current_keyring.get()
    key, nonce = AESGCM.generate_key(256), os.urandom(NONCE)
    wrapped = ring.seal(key, _label(file_id))
    sealed = AESGCM(key).encrypt(nonce, plain, _bound(ring.authority_id, file_id))
    return _VERSION + len(wrapped).to_bytes(_LENGTH) + wrapped + nonce + sealed


def unseal(sealed: bytes, file_id: uuid.UUID) -> bytes:
    """What was sealed. Raises `cryptography.exceptions.InvalidTag` for another file's bytes, or changed ones."""
    ring = current_keyring.get()
    if sealed[:1] != _VERSION:
        raise ValueError("a blob of a version this service does not know")
    start = 1 + _LENGTH
    end = start + int.from_bytes(sealed[1:start])
    key = ring.open(sealed[start:end], _label(file_id))
    nonce, rest = sealed[end : end + NONCE], sealed[end + NONCE :]
    return AESGCM(key).decrypt(nonce, rest, _bound(ring.authority_id, file_id))


def _label(file_id: uuid.UUID) -> str:
    return f"file:{file_id}"


def _bound(authority_id: uuid.UUID, file_id: uuid.UUID) -> bytes:
    return f"{authority_id}:{file_id}".encode()
