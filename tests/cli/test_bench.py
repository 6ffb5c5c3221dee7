"""`hpcls bench`: a cold run, phase by phase, and a warm server."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from .running import LOOPS, hpcls


def bench(tmp_path: Path, *arguments: str, model: str = "none") -> dict[str, Any]:
    (tmp_path / "loops.c").write_text(LOOPS)
    command = ("bench", "loops.c", "--runs", "1", "--output-format", "json", *arguments)
    done = hpcls(*command, cwd=tmp_path, HPCLS_MODEL=model)
    assert done.returncode == 0, done.stderr.decode()
    return json.loads(done.stdout)


def test_a_cold_run_without_a_model_spends_nothing_on_one(tmp_path: Path) -> None:
    seconds = bench(tmp_path)["seconds"]
    assert seconds["questions"] == 0
    assert seconds["import"] > 0


def test_a_cold_run_tells_what_the_model_takes(tmp_path: Path, shipped_model: Path) -> None:
    seconds = bench(tmp_path, model=str(shipped_model))["seconds"]
    assert min(seconds[phase] for phase in ("check", "runtime", "model", "analysis", "questions")) > 0


def test_a_server_without_a_model(tmp_path: Path) -> None:
    found = bench(tmp_path, "--server")
    assert (found["models"], found["decoding"]) == ([], None)
    assert set(found["seconds"]) == {"hover", "diagnostics", "ghost text above a loop"}


def test_a_server_with_a_model_tells_how_fast_it_writes(tmp_path: Path, shipped_model: Path) -> None:
    found = bench(tmp_path, "--server", model=str(shipped_model))
    assert found["models"][0]["model"] == shipped_model.name
    assert found["decoding"]["sampled"] > 0
    assert found["decoding"]["seconds"] > 0


@pytest.mark.parametrize(
    ("arguments", "told"),
    [(("no.c",), "no.c: not a file\n"), (("a.c", "--runs", "0"), "--runs: "), (("b.c",), "b.c: a binary file (")],
)
def test_what_cannot_be_timed_is_told(tmp_path: Path, arguments: tuple[str, ...], told: str) -> None:
    (tmp_path / "a.c").write_text("")
    (tmp_path / "b.c").write_bytes(b"\0")
    done = hpcls("bench", *arguments, cwd=tmp_path)
    assert done.returncode == 2
    assert done.stderr.decode().startswith(f"hpcls: {told}")
    assert len(done.stderr.splitlines()) == 1
