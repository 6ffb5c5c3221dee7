"""What starts without what."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from .running import LOOPS, environment

HEAVY = frozenset({"pygls", "lsprotocol", "transformers", "torch", "onnxruntime", "sentencepiece", "rich"})

RUN = """\
import sys
from hpcls.__main__ import main
try:
    main(sys.argv[1:])
finally:
    print(*sys.modules, sep="\\n", file=open("modules", "w"))
"""


def imported(cwd: Path, *arguments: str) -> set[str]:
    """The modules that a fresh `hpcls` without a model imports."""
    command = [sys.executable, "-c", RUN, *arguments]
    subprocess.run(command, cwd=cwd, capture_output=True, env=environment(cwd), check=True)
    return set((cwd / "modules").read_text().split())


@pytest.mark.parametrize("arguments", [("--version",), ("suggest", "loops.c"), ("suggest", "."), ("explain", "OMP001")])
def test_no_protocol_and_no_model_is_imported(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    (tmp_path / "loops.c").write_text(LOOPS)
    names = imported(tmp_path, *arguments)
    assert "hpcls" in names
    assert not names & HEAVY


def test_the_doctor_looks_at_the_tokenizer_alone(tmp_path: Path) -> None:
    assert imported(tmp_path, "doctor") & HEAVY == {"sentencepiece"}


def test_a_single_file_needs_no_pool_and_no_patterns(tmp_path: Path) -> None:
    (tmp_path / "loops.c").write_text(LOOPS)
    assert not imported(tmp_path, "suggest", "loops.c") & {"multiprocessing", "pathspec", "tree_sitter_cpp", "tomllib"}


def test_the_version_needs_no_grammar(tmp_path: Path) -> None:
    assert not imported(tmp_path, "--version") & {"tree_sitter", "importlib.resources"}


@pytest.mark.parametrize(("package", "command"), [("tree_sitter", "suggest"), ("pygls", "server")])
def test_an_installation_that_is_not_whole_says_so_in_one_line(tmp_path: Path, package: str, command: str) -> None:
    (tmp_path / "a.c").write_text(LOOPS)
    script = f"import sys; sys.modules[{package!r}] = None\n" + RUN
    done = subprocess.run(
        [sys.executable, "-c", script, command, *(["a.c", "-j1"] if command == "suggest" else [])],
        cwd=tmp_path,
        env=environment(tmp_path),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    told = f"hpcls: Python finds no {package}"
    assert any(line.startswith(told) for line in done.stderr.splitlines()), done.stderr
    assert "Traceback" not in done.stderr
