"""Programs without their calls: `>> call` stands where each call was."""

from __future__ import annotations

from hpcls.suggest.mpi.rules.answer import answer_mpi

Placed = list[tuple[int, str]]
"""(line, call)."""


def taken_apart(annotated: str) -> tuple[str, Placed]:
    """The code, and the calls that were in it."""
    code: list[str] = []
    wanted: Placed = []
    for line in annotated.splitlines():
        if line.strip().startswith(">> "):
            wanted.append((len(code), line.strip()[3:]))
        else:
            code.append(line)
    return "\n".join(code), wanted


def answered(code: str) -> Placed:
    """What the rules write into it."""
    return [(call.line, call.text) for call in answer_mpi(code)]
