"""The practice tool of whichever tool a test of the contract is about, and a door onto it."""

import pytest

from tests.tools.contract.proofs import PROOFS


@pytest.fixture
def bench(tool):
    built = PROOFS[tool.kind].bench()
    yield built
    built.tool.close()


@pytest.fixture
def door(tool, bench):
    return PROOFS[tool.kind].door(bench)
