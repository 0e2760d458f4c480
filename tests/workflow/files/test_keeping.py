"""Sealed where it lies, written once, opened only in its own place."""

import uuid
from pathlib import Path

import pytest
from cryptography.exceptions import InvalidTag

from models.crypto import Keyring, current_keyring
from models.database import OwnedSession
from workflow.files.sealing import seal, unseal
from workflow.files.store import BlobMissing, FolderBlobs, new_key


def test_what_was_sealed_opens_for_its_own_file_alone(session: OwnedSession) -> None:
    file, other = uuid.uuid4(), uuid.uuid4()
    sealed = seal(b"words", file)
    assert unseal(sealed, file) == b"words" and b"words" not in sealed
    with pytest.raises(InvalidTag):
        unseal(sealed, other)


def test_another_authority_cannot_open_it_even_with_the_key(session: OwnedSession) -> None:
    file, ring = uuid.uuid4(), current_keyring.get()
    sealed = seal(b"words", file)
    token = current_keyring.set(Keyring(uuid.uuid4(), ring.key))
    try:
        with pytest.raises(InvalidTag):
            unseal(sealed, file)
    finally:
        current_keyring.reset(token)


@pytest.mark.parametrize("at", [0, 5, 40, -1])
def test_a_changed_byte_is_found(session: OwnedSession, at: int) -> None:
    file = uuid.uuid4()
    sealed = bytearray(seal(b"words", file))
    sealed[at] ^= 1
    with pytest.raises((InvalidTag, ValueError)):
        unseal(bytes(sealed), file)


def test_each_file_has_a_key_of_its_own(session: OwnedSession) -> None:
    file = uuid.uuid4()
    assert seal(b"words", file) != seal(b"words", file)


def test_a_blob_is_written_once_and_read_again(tmp_path: Path) -> None:
    blobs, key = FolderBlobs(tmp_path / "files"), new_key()
    blobs.put(key, b"one")
    with pytest.raises(FileExistsError):
        blobs.put(key, b"two")
    assert blobs.get(key) == b"one"
    assert [path.name for path in (tmp_path / "files").rglob("*") if path.is_file()] == [key]


@pytest.mark.parametrize("key", ["../../etc/passwd", "", "A" * 64, "a" * 63])
def test_only_keys_of_ours_name_a_blob(tmp_path: Path, key: str) -> None:
    with pytest.raises(BlobMissing):
        FolderBlobs(tmp_path).get(key)
