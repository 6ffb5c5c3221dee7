"""The server's model: loaded while the user reads, told where it is, and never half."""

from __future__ import annotations

import threading
import time
from pathlib import Path

import pytest

from hpcls.config import Settings
from hpcls.server.advice import Advisors
from hpcls.suggest.advisor import Advisor

from .client import LOOP, ServerProcess, open_document


def test_it_is_loaded_once_a_document_is_open_before_anything_is_asked(tmp_path: Path, shipped_model: Path) -> None:
    with ServerProcess(environment={"HPCLS_MODEL": str(shipped_model)}) as client:
        client.initialize({"textDocument": {"diagnostic": {}}})  # such a client asks for diagnostics when it likes
        assert client.request("hpcls/status") == {"models": []}
        open_document(client, tmp_path / "a.c", LOOP)
        until = time.monotonic() + 30
        while not (found := client.request("hpcls/status")["models"]) and time.monotonic() < until:
            time.sleep(0.05)
    (model,) = found
    assert (model["model"], model["device"], model["questions"]) == (shipped_model.name, "cpu", 0)


def test_who_waits_for_it_may_leave(monkeypatch: pytest.MonkeyPatch) -> None:
    """Loading goes on, and is not begun again."""
    loads: list[Settings] = []
    may_end = threading.Event()

    def load(settings: Settings) -> Advisor | None:
        loads.append(settings)
        may_end.wait(10)
        return None

    monkeypatch.setattr(Advisor, "load", load)
    advisors = Advisors(lambda _: None)
    begun = advisors.begin(Settings())
    assert advisors.begin(Settings(kind="mpi")) is begun, "settings that choose the same model"
    may_end.set()
    assert advisors.get(Settings()) is None
    assert len(loads) == 1
    assert advisors.loaded() == []
