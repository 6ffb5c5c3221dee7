"""Whether the loops are run at all, and whether the inputs fit the code: the code as it is under gcov and ASan."""

from __future__ import annotations

import json
import subprocess
from collections import Counter
from pathlib import Path
from typing import Any

from hpcls.verification import sanitisers
from hpcls.verification.model import Unverifiable
from hpcls.verification.sandbox import Run, Sandbox

_SECONDS = 60
_LEAST = 3
"""The test of a loop of two iterations is counted three times."""


def environment(sandbox: Sandbox) -> dict[str, str]:
    """For a run of a program that was compiled with `--coverage`: its counts go where it may write."""
    return {"GCOV_PREFIX": str(sandbox.files), "GCOV_PREFIX_STRIP": "99", **sanitisers.MEMORY}


def reached(sandbox: Sandbox, run: Run, path: str) -> frozenset[int]:
    """The lines of the file called `path` in its `#line` that ran in `run` often enough to be a loop's."""
    names = [name for name in run.files if name.endswith(".gcda")]
    if not names:
        raise Unverifiable("it ends without a word on which loops ran")
    for name in names:
        (sandbox.build / Path(name).name).write_bytes(run.files[name])
    command = ["gcov", "--json-format", "--stdout", *(Path(name).name for name in names)]
    try:
        done = subprocess.run(command, cwd=sandbox.build, capture_output=True, timeout=_SECONDS, check=True)
    except (OSError, subprocess.SubprocessError) as error:
        raise Unverifiable(f"gcov does not say which loops ran: {error}") from error
    totals: Counter[int] = Counter()
    for line in done.stdout.splitlines():
        document: Any = json.loads(line)
        for file in document["files"]:
            if file["file"] == path:
                totals.update({one["line_number"]: one["count"] for one in file["lines"]})
    return frozenset(line for line, count in totals.items() if count >= _LEAST)
