"""What tests of cases share, wherever they stand."""

import uuid

import pytest

from tests.conftest import found_authority
from tests.web.conftest import SETTINGS


@pytest.fixture(scope="session")
def casework_authority(shared: tuple[str, str]) -> uuid.UUID:
    """An authority that can write letters."""
    return found_authority(shared[0], "casework", "casework.invalid", **SETTINGS)
