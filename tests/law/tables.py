"""Each table of the law's processes, for what is held of all."""

import pytest

from law.tables import PROCESSES

each_process = pytest.mark.parametrize("table", PROCESSES.values(), ids=lambda table: table.name)
