"""Which loop of a report a place in its file means, and what is offered for it."""

from __future__ import annotations

from hpcls.suggest.report import FileReport, LoopReport, Suggestion


def loop_beginning(report: FileReport, line: int, column: int = 1) -> LoopReport | None:
    """The loop that begins on `line`: the last one that does not begin behind `column`, else the first."""
    here = [loop for loop in report.loops if loop.line == line]
    before = [loop for loop in here if loop.column <= column]
    return max(before, key=lambda loop: loop.column) if before else next(iter(here), None)


def offered(report: FileReport, loop: LoopReport) -> Suggestion | None:
    """The directive that is offered for `loop`: other loops may begin on its line, and calls of MPI go to its place."""
    here = (loop.line, loop.column, "openmp")
    found = (one for one in report.suggestions if (one.line, one.column, one.kind) == here and not one.fix)
    return next(found, None)
