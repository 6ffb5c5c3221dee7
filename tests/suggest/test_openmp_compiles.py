"""`hpcls suggest --fix` leaves code that compiles, and that OpenMP accepts, wherever the input compiled."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from .test_openmp_cases import version_of

ROOT = Path(__file__).parent.parent.parent
FILES = [ROOT / "examples" / "heat.c", *sorted((ROOT / "tests" / "cases").glob("*.c*"))]
NO_PROGRAMS = {"bare.c", "kernels.cpp", "marks.c", "out_of_view.c"}
"""A bare loop, code for other compilers, and types without a declaration."""

# errors in clauses are only found when OpenMP is lowered: -fsyntax-only would miss them
FLAGS = ("-fopenmp", "-Wall", "-Werror=unknown-pragmas", "-S", "-o", "/dev/null")


COMPILERS = {"gcc": ("gcc", "g++"), "clang": ("clang", "clang++")}


def complaints(path: Path, makers: str = "gcc") -> str:
    c, cpp = COMPILERS[makers]
    compiler, *standard = [c] if path.suffix == ".c" else [cpp, "-std=c++20"]
    if shutil.which(compiler) is None:
        pytest.skip(f"no {compiler} here")
    return subprocess.run([compiler, *standard, *FLAGS, path], capture_output=True, text=True, check=False).stderr


def errors(text: str) -> list[str]:
    return [line for line in text.splitlines() if " error: " in line]


@pytest.mark.parametrize("makers", COMPILERS)
@pytest.mark.parametrize("path", [p for p in FILES if p.name not in NO_PROGRAMS], ids=lambda path: path.name)
def test_fixed_code_compiles(path: Path, makers: str, tmp_path: Path) -> None:
    copy = tmp_path / path.name
    shutil.copyfile(path, copy)
    before = errors(complaints(copy, makers))
    if makers == "gcc":
        assert before == []
    elif before:
        pytest.skip(f"{makers} does not take it as it stands: {before[0]}")
    version = ["--openmp-version", version_of(copy.read_text())]
    command = [sys.executable, "-m", "hpcls", "suggest", "--kind", "openmp", *version, "--fix", str(copy)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    assert errors(complaints(copy, makers)) == []


def test_heat_is_changed_and_still_runs_alike(tmp_path: Path) -> None:
    copy = tmp_path / "heat.c"
    shutil.copyfile(ROOT / "examples" / "heat.c", copy)
    before = printed(copy, tmp_path)
    subprocess.run(
        [sys.executable, "-m", "hpcls", "suggest", "--fix", str(copy)], cwd=ROOT, check=True, capture_output=True
    )
    assert "#pragma omp parallel for" in copy.read_text()
    assert rounded(printed(copy, tmp_path)) == rounded(before)


def printed(source: Path, folder: Path) -> str:
    if shutil.which("gcc") is None:
        pytest.skip("no gcc here")
    program = folder / "program"
    subprocess.run(["gcc", "-O2", "-fopenmp", "-o", program, source, "-lm"], check=True)
    return subprocess.run([program], check=True, capture_output=True, text=True, env={"OMP_NUM_THREADS": "3"}).stdout


def rounded(text: str) -> list[str]:
    """The words of `text`; a sum in another order differs in the last digits."""
    return re.sub(r"\d+\.\d+(e[-+]\d+)?", lambda number: f"{float(number[0]):.4g}", text).split()
