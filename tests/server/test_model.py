"""The server's model: loaded while the user reads, told where it is, and never half."""

from __future__ import annotations

import os
import shutil
import threading
import time
from pathlib import Path

import pytest

from hpcls.config import Settings
from hpcls.inference.artefact import GRAPHS
from hpcls.server.advice import Advisors
from hpcls.suggest.advisor import Advisor

from .client import LOOP, Buffer, ServerProcess, open_buffer, open_document

WAVE = Path(__file__).parents[2] / "examples" / "wave.c"
ABOVE = "    double sum = 0.0, total = 0.0;\n\n"
"""What stands above a loop that sums in it."""


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


def test_who_asks_before_it_is_there_is_answered_by_the_analysis_at_once(tmp_path: Path, shipped_model: Path) -> None:
    """And by the model once it is loaded: here from a pipe, to which its graph is written late."""
    folder = Path(shutil.copytree(shipped_model, tmp_path / "slow"))
    graph = folder / GRAPHS["cpu"]
    content = graph.read_bytes()
    graph.unlink()
    os.mkfifo(graph)
    with ServerProcess(environment={"HPCLS_MODEL": str(folder), "HPCLS_DEVICE": "cpu"}) as client:
        client.initialize()
        buffer = open_buffer(client, begun("#pragma", "MPI_In"), tmp_path / "wave.c")
        (directive,) = buffer.ghost(*behind(buffer, "#pragma"))
        assert directive["insertText"] == "#pragma omp parallel for reduction(+:sum)"
        early = buffer.ask("completion", *behind(buffer, "MPI_In"))
        assert (early["isIncomplete"], "MPI_Init" in labels(early)) == (True, True)
        pending = client.begin("textDocument/inlineCompletion", asked(buffer, "MPI_In"))
        assert client.request("hpcls/status") == {"models": []}
        graph.write_bytes(content)
        (call,) = client.finish(pending)["items"]
        assert call["insertText"] == "MPI_Init(&argc, &argv);"
        later = buffer.ask("completion", *behind(buffer, "MPI_In"))
        assert (later["isIncomplete"], labels(later)[0]) == (False, call["insertText"])


def begun(pragma: str, call: str) -> str:
    """A program of 300 lines with two lines of it half typed."""
    text = WAVE.read_text()
    assert (text.count(ABOVE), text.count("MPI_Init(&argc, &argv);")) == (1, 1)
    return text.replace(ABOVE, f"{ABOVE}    {pragma}\n").replace("MPI_Init(&argc, &argv);", call)


def behind(buffer: Buffer, text: str) -> tuple[int, int]:
    """The 1-based place behind the line that is `text`."""
    lines = buffer.text.split("\n")
    line = lines.index(f"    {text}")
    return line + 1, len(lines[line]) + 1


def asked(buffer: Buffer, text: str) -> dict[str, object]:
    line, column = behind(buffer, text)
    place = {"line": line - 1, "character": column - 1}
    return {"textDocument": {"uri": buffer.uri}, "position": place, "context": {"triggerKind": 2}}


def labels(completions: dict[str, list[dict[str, str]]]) -> list[str]:
    return [item["label"] for item in completions["items"]]
