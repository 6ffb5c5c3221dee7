"""Dependences in words, the same on the command line, in the editor and below drawings."""

from __future__ import annotations

from collections.abc import Iterator

from hpcls.suggest.nest_report import DependenceNote, End, NestReport, VectorNote
from hpcls.suggest.report import LoopReport

_MOST = 12


def dependence_words(note: DependenceNote) -> str:
    """`flow: a[i] (line 3) → a[i - 1] (line 3)`, from the earlier access to the later one."""
    return f"{note.kind}{'' if note.is_shown else ', perhaps'}: {_end(note.source)} → {_end(note.sink)}"


def vector_words(vector: VectorNote) -> str:
    """`distance (1, -1), direction (<, >), carried by i`; a loop with several distances has its direction instead."""
    parts = [
        direction if distance is None else str(distance)
        for direction, distance in zip(vector.directions, vector.distances, strict=True)
    ]
    known = f"distance ({', '.join(parts)}), " if any(one is not None for one in vector.distances) else ""
    return f"{known}direction ({', '.join(vector.directions)}), carried by {vector.carried_by}"


def short_vector(vector: VectorNote) -> str:
    """`distance (1, -1)`, or the direction where some loop has several distances."""
    if None in vector.distances:
        return f"direction ({', '.join(vector.directions)})"
    return f"distance ({', '.join(map(str, vector.distances))})"


def nest_heading(report: NestReport) -> str:
    """`over (i, j)`: what the components of the vectors are."""
    deepest = max((note.loops for note in report.dependences), key=len, default=())
    return f"over ({', '.join(deepest)})" if deepest else ""


def listed(report: NestReport) -> Iterator[tuple[DependenceNote, str]]:
    """The dependences that there is room for, each with its words and vectors in one line."""
    for note in report.dependences[:_MOST]:
        vectors = "; ".join(dict.fromkeys(map(vector_words, note.vectors)))
        yield note, f"{dependence_words(note)}; {vectors}"


def remedies_of(loop: LoopReport, nest: NestReport | None) -> tuple[str, ...]:
    """What would help, as far as the whole nest tells, else as far as the loop alone does."""
    return nest.remedies if nest and nest.remedies else (loop.remedy,) if loop.remedy else ()


def left_out(report: NestReport) -> str | None:
    """What the list does not have."""
    more = len(report.dependences) - _MOST
    parts = [f"{more} more dependences"] if more > 0 else []
    if report.undecided:
        left, right = report.undecided[0]
        pair = _end(left) if left == right else f"{_end(left)} with {_end(right)}"
        others = f" and {len(report.undecided) - 1} other pairs" if len(report.undecided) > 1 else ""
        parts.append(f"no vector is known of {pair}{others}")
    return "; ".join(parts) or None


def _end(end: End) -> str:
    return f"{end.text} (line {end.line})"
