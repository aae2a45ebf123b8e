"""What every test of the client gets."""

from collections.abc import Iterator

import pytest

from tests.client.stub import Clock, virtual


@pytest.fixture
def clock() -> Iterator[Clock]:
    """A virtual clock under every client that is made in the test: nothing sleeps."""
    with virtual() as made:
        yield made
