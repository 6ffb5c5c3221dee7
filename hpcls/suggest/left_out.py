"""What a report says nothing about: a text may hold more than is analysed."""

from __future__ import annotations

from hpcls.analysis.budget import TOO_MUCH
from hpcls.suggest.report import FileReport, ParseProblem


def left_out(report: FileReport) -> tuple[ParseProblem, ...]:
    """The places that were passed over, and one for all loops that there was nothing left for."""
    lines = [loop.line for loop in report.loops if any(TOO_MUCH in reason.message for reason in loop.reasons)]
    given_up = (ParseProblem(lines[0], f"{TOO_MUCH}: gave up on {first_of(len(lines), 'loop')}"),) if lines else ()
    return (*report.errors, *given_up)


def first_of(number: int, thing: str) -> str:
    """How a line about the first of so many things names them all."""
    return f"this {thing}" if number == 1 else f"{number:,} {thing}s, this one the first"
