"""`hpcls` as a fresh process, as a user runs it, and a source file that has something to suggest."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]

LOOPS = """\
#define N 1000000
double a[N], b[N];
void scale(void) {
  for (int i = 0; i < N; i++)
    a[i] = 2.0 * b[i];
}
void prefix(void) {
  for (int i = 1; i < N; i++)
    a[i] = a[i - 1] + b[i];
}
"""
"""The loop of line 4 is independent, that of line 8 is not."""

FIXED = LOOPS.replace("  for (int i = 0;", "  #pragma omp parallel for\n  for (int i = 0;")


def environment(home: Path, **more: str) -> dict[str, str]:
    """A user without settings, whoever runs the tests, who wants the analysis alone."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("HPCLS_")}
    more = {"HPCLS_MODEL": "none", **more}
    return {**kept, "PYTHONPATH": str(ROOT), "XDG_CONFIG_HOME": str(home / "no-config"), "NO_COLOR": "1", **more}


def hpcls(
    *arguments: str | Path, cwd: Path, stdin: bytes | None = None, **more: str
) -> subprocess.CompletedProcess[bytes]:
    """Run `hpcls` in `cwd`; `more` is added to the environment."""
    return subprocess.run(
        [sys.executable, "-m", "hpcls", *(str(argument) for argument in arguments)],
        cwd=cwd,
        input=stdin,
        stdin=subprocess.DEVNULL if stdin is None else None,
        capture_output=True,
        env=environment(cwd, **more),
        check=False,
        timeout=120,
    )


def entries(done: subprocess.CompletedProcess[bytes]) -> list[dict[str, Any]]:
    """The `files` of a JSON document on standard output."""
    return json.loads(done.stdout)["files"]


def lines(data: bytes) -> list[str]:
    """The lines of an output."""
    return data.decode().splitlines()
