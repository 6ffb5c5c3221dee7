"""Suggestions made by hand, right ones and wrong ones, and what `verify` sees of them."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from hpcls.suggest.openmp import insertion
from hpcls.suggest.report import Suggestion
from hpcls.syntax.directives import parse_directive
from hpcls.syntax.source import Source, parse
from hpcls.verification.isolation import STRONGEST_FIRST
from hpcls.verification.model import Verification
from hpcls.verification.sandbox import Limits, Sandbox
from hpcls.verification.verify import Manner, verify

needs_gcc = pytest.mark.skipif(
    any(shutil.which(name) is None for name in ("gcc", "g++", "gcov")), reason="no GCC with g++ and gcov here"
)
FEW_SECONDS = Limits(seconds=3)


def annotated(text: str, path: str) -> tuple[Source, tuple[Suggestion, ...]]:
    """`text` without its `#pragma omp` lines, and each of them as a suggestion for the loop below it."""
    lines: list[str] = []
    found: list[tuple[int, str]] = []
    for line in text.splitlines():
        if line.lstrip().startswith("#pragma omp"):
            found.append((len(lines) + 1, line.strip()))
        else:
            lines.append(line)
    source = parse("\n".join(lines) + "\n", path)
    return source, tuple(_suggestion(source, line, pragma) for line, pragma in found)


def _suggestion(source: Source, line: int, pragma: str) -> Suggestion:
    directive = parse_directive(pragma)
    assert directive is not None
    column = len(source.indentation(line)) + 1
    return Suggestion(
        code="OMP001",
        kind="openmp",
        line=line,
        column=column,
        end_line=line,
        text=pragma,
        evidence="proved",
        confidence=1.0,
        message="",
        edits=(insertion(source, line, column, pragma),),
        directive=directive.name,
        clauses=directive.clauses,
    )


def tried(folder: Path, text: str, name: str = "a.c", limits: Limits = FEW_SECONDS) -> tuple[Verification, ...]:
    """What `verify` says of the pragmas in `text`."""
    source, suggestions = annotated(text, str(folder / name))
    return verify(source, suggestions, Manner(limits=limits)).results


def only(folder: Path, text: str, name: str = "a.c", limits: Limits = FEW_SECONDS) -> Verification:
    """The same where there is one pragma."""
    (found,) = tried(folder, text, name, limits)
    return found


@pytest.fixture(params=STRONGEST_FIRST, ids=lambda one: one.name)
def sandbox(request: pytest.FixtureRequest) -> Iterator[Sandbox]:
    """A fresh one of each kind that works here; not in pytest's folders, which only their user may enter."""
    with TemporaryDirectory() as folder:
        found = Sandbox(Path(folder), (request.param, STRONGEST_FIRST[-1]))
        if found.isolation != request.param:
            pytest.skip(f"{request.param.name} does not work here")
        yield found
