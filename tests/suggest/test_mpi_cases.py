"""The half-written programs in tests/cases/mpi: which calls are offered, and behind which line.

    …code… // expect: MPI_Init(&argc, &argv) & MPI_Comm_rank(MPI_COMM_WORLD, &rank)

stands on the line that the calls go behind, blank lines passed over, or on the assignment that lacks its value.  What
is offered anywhere else fails.  Where there is an mpicc, each program compiles afterwards, and did before unless values
were missing.
"""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from hpcls.config import Settings
from hpcls.suggest.changes import apply
from hpcls.suggest.files import report
from hpcls.suggest.report import Suggestion
from hpcls.syntax.source import parse, read_source

CASES = sorted((Path(__file__).parent.parent / "cases" / "mpi").glob("*.c"))
_EXPECTATION = re.compile(r"//\s*expect:\s*(.*?)\s*$")
needs_mpicc = pytest.mark.skipif(shutil.which("mpicc") is None, reason="there is no mpicc")


def offered(text: str) -> tuple[Suggestion, ...]:
    return report(parse(text, "a.c"), Settings(kind="mpi")).suggestions


def applied(text: str) -> str:
    return apply(text, [edit for one in offered(text) for edit in one.edits])


def expected(text: str) -> list[tuple[int, str]]:
    lines = text.splitlines()
    found: list[tuple[int, str]] = []
    for number, line in enumerate(lines, 1):
        match = _EXPECTATION.search(line)
        following = next(i for i, other in enumerate([*lines[number:], "end"]) if other.strip())
        is_value = match is not None and match[1] == "MPI_Wtime()"
        found += [(number + following * (not is_value), call) for call in (match[1].split(" & ") if match else ())]
    return found


@pytest.mark.parametrize("newline", ["\n", "\r\n"], ids=["LF", "CRLF"])
@pytest.mark.parametrize("path", CASES, ids=lambda path: path.name)
def test_every_call_is_as_expected(path: Path, newline: str) -> None:
    text = read_source(str(path)).text.replace("\r\n", "\n").replace("\n", newline)
    assert [(one.after_line, one.text.rstrip(";")) for one in offered(text)] == expected(text)
    fixed = applied(text)
    assert fixed.count("\n") == fixed.count(newline)
    assert offered(fixed) == ()


@needs_mpicc
@pytest.mark.parametrize("path", CASES, ids=lambda path: path.name)
def test_every_program_compiles_afterwards(path: Path) -> None:
    text = path.read_text()
    assert compiled(text) == ("MPI_Wtime" not in text)
    assert compiled(applied(text))


def compiled(text: str) -> bool:
    command = ["mpicc", "-x", "c", "-std=c99", "-Wall", "-Werror=implicit-function-declaration", "-fsyntax-only", "-"]
    return subprocess.run(command, input=text.encode(), capture_output=True, check=False).returncode == 0


def test_the_new_lines_look_like_their_neighbours() -> None:
    text = CASES[[path.name for path in CASES].index("tutorial.c")].read_text()
    lines = applied(text).split("\n")
    assert "\tMPI_Init(NULL, NULL);" in lines
    assert lines[-3:] == ["\tMPI_Finalize();", "}", ""]
