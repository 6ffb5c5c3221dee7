from __future__ import annotations

from collections.abc import Iterator

import pytest

from .client import EVERYTHING, ServerProcess


@pytest.fixture(scope="module")
def editor() -> Iterator[ServerProcess]:
    """A server that a modern editor has started, one for each file of tests."""
    with ServerProcess(environment={"HPCLS_TEST": "1"}) as client:
        client.replies["workspace/configuration"] = lambda _: [{}]
        client.initialize(EVERYTHING)
        yield client
        assert client.leave() == 0
