"""examples/pi.c, half-written: completed by `hpcls suggest --fix-plausible`, compiled, and run on several processes."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from math import pi
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
RUN = ("mpirun", "--oversubscribe", *(("--allow-run-as-root",) if hasattr(os, "geteuid") and not os.geteuid() else ()))

pytestmark = pytest.mark.skipif(
    shutil.which("mpicc") is None or shutil.which("mpirun") is None, reason="there is no mpicc, or no mpirun"
)


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("pi")
    source = Path(shutil.copy(ROOT / "examples" / "pi.c", folder))
    fix = [sys.executable, "-m", "hpcls", "suggest", "--kind", "mpi", "--model", "none", "--fix-plausible", source]
    subprocess.run(fix, cwd=folder, env={**os.environ, "PYTHONPATH": str(ROOT)}, check=True, capture_output=True)
    subprocess.run(["mpicc", "-Wall", "-Werror", source, "-o", folder / "pi", "-lm"], check=True)
    return folder / "pi"


@pytest.mark.parametrize("processes", [1, 2, 4])
def test_pi_is_right_on_any_number_of_processes(program: Path, processes: int) -> None:
    command = [*RUN, "-n", str(processes), str(program)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=120)
    found = re.search(r"pi is about ([\d.]+)", done.stdout)
    assert found is not None
    assert done.stdout.count("pi") == 1
    assert abs(float(found[1]) - pi) < 1e-9
