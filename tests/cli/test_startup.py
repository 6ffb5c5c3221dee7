"""What starts without what."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from .running import LOOPS, environment

HEAVY = frozenset({"pygls", "lsprotocol", "transformers", "torch", "onnxruntime", "numpy", "sentencepiece", "rich"})


def imported(cwd: Path, *arguments: str) -> set[str]:
    """The packages that a fresh `hpcls` imports."""
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "hpcls", *arguments],
        cwd=cwd,
        capture_output=True,
        text=True,
        env=environment(cwd),
        check=True,
    )
    marked = [line for line in done.stderr.splitlines() if line.startswith("import time:")]
    return {line.rpartition("|")[2].strip().partition(".")[0] for line in marked}


@pytest.mark.parametrize(
    "arguments", [("--version",), ("suggest", "loops.c"), ("suggest", "."), ("explain", "OMP001"), ("doctor",)]
)
def test_no_protocol_and_no_model_is_imported(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    (tmp_path / "loops.c").write_text(LOOPS)
    names = imported(tmp_path, *arguments)
    assert "hpcls" in names
    assert not names & HEAVY


def test_a_single_file_needs_no_pool_and_no_patterns(tmp_path: Path) -> None:
    (tmp_path / "loops.c").write_text(LOOPS)
    assert not imported(tmp_path, "suggest", "loops.c") & {"multiprocessing", "pathspec", "tree_sitter_cpp", "tomllib"}


def test_the_version_needs_no_grammar(tmp_path: Path) -> None:
    assert not imported(tmp_path, "--version") & {"tree_sitter", "importlib.resources"}
