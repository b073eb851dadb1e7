import pytest

from tests.tools.transport.loopback import serving


@pytest.fixture
def server():
    with serving() as running:
        yield running
