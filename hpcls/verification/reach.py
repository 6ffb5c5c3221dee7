"""Whether the loops are run at all, and whether the inputs fit the code: the code as it is under gcov and ASan."""

from __future__ import annotations

import json
import subprocess
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

from hpcls.verification import sanitisers
from hpcls.verification.model import Unverifiable
from hpcls.verification.sandbox import Run, Sandbox
from hpcls.verification.subject import Subject
from hpcls.verification.toolchain import COVERAGE, COVERAGE_AND_MEMORY
from hpcls.verification.workshop import Workshop

_SECONDS = 60
_LEAST = 3
"""The test of a loop of two iterations is counted three times."""
_SLOWER = 4
"""How much longer than others a run may take that counts and checks."""


def reached(workshop: Workshop, subject: Subject) -> frozenset[int]:
    """The lines that the code as it is runs in loops.  Raises Unverifiable where it does not run soundly."""
    is_driven = subject.by == "driver"
    program = workshop.compiled(subject.text, (), COVERAGE_AND_MEMORY if is_driven else COVERAGE)
    memory = None if is_driven else workshop.limits.memory
    limits = replace(workshop.limits, memory=memory, seconds=_SLOWER * workshop.limits.seconds)
    found: set[int] = set()
    for arguments in dict.fromkeys(subject.inputs):
        run = workshop.sandbox.run((program, *arguments), limits, _environment(workshop.sandbox))
        wrong = sanitisers.trouble(run)
        if wrong and is_driven:
            raise Unverifiable(f"the inputs that the driver chooses do not fit the function: {wrong}")
        if wrong:
            raise Unverifiable(f"as it is, {wrong}")
        found |= _lines(workshop.sandbox, run, workshop.label)
    return frozenset(found)


def _environment(sandbox: Sandbox) -> dict[str, str]:
    """The counts go where the program may write."""
    return {"GCOV_PREFIX": str(sandbox.files), "GCOV_PREFIX_STRIP": "99", **sanitisers.MEMORY}


def _lines(sandbox: Sandbox, run: Run, path: str) -> frozenset[int]:
    """The lines of the file called `path` in its `#line` that ran in `run` often enough to be a loop's."""
    totals: Counter[int] = Counter()
    for document in _counts(sandbox, run):
        for file in document["files"]:
            if file["file"] == path:
                totals.update({one["line_number"]: one["count"] for one in file["lines"]})
    return frozenset(line for line, count in totals.items() if count >= _LEAST)


def _counts(sandbox: Sandbox, run: Run) -> list[Any]:
    """What gcov says, a document for each file that was compiled."""
    counts = {Path(name).name: data for name, data in run.files.items() if name.endswith(".gcda")}
    if not counts:
        raise Unverifiable("it ends without a word on which loops ran")
    for name, data in counts.items():
        (sandbox.build / name).write_bytes(data)
    command = ["gcov", "--json-format", "--stdout", *counts]
    try:
        done = subprocess.run(command, cwd=sandbox.build, capture_output=True, timeout=_SECONDS, check=True)
    except (OSError, subprocess.SubprocessError) as error:
        raise Unverifiable(f"gcov does not say which loops ran: {error}") from error
    return [json.loads(line) for line in done.stdout.splitlines()]
