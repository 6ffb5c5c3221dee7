"""What is said of the dependences of one loop and the loops around it: domain types for text, JSON and drawings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal["flow", "anti", "output"]
"""A write that is read later, a read that is written later, a write that is written again."""


@dataclass(frozen=True)
class NestLoop:
    """One loop of the nest."""

    line: int
    variable: str
    bounds: str
    """As written: `0 <= i < n`, with the step where it is not 1."""


@dataclass(frozen=True)
class End:
    """One of the two accesses of a dependence."""

    line: int
    text: str
    """The access as written."""
    statement: str
    """Its line as written."""


@dataclass(frozen=True)
class VectorNote:
    """Direction and distance, a component a loop, outermost first."""

    directions: tuple[str, ...]
    """`<`, `=`, `>` or `*`."""
    distances: tuple[int | None, ...]
    """In iterations; None where there are several."""
    carried_by: str
    """The counter of the loop that carries it."""


@dataclass(frozen=True)
class DependenceNote:
    """`source` happens in an earlier iteration than `sink` and touches the same memory."""

    kind: Kind
    source: End
    sink: End
    loops: tuple[str, ...]
    """The counters of the loops around both, outermost first."""
    vectors: tuple[VectorNote, ...]
    is_shown: bool
    """False: it may exist."""


@dataclass(frozen=True)
class NestReport:
    """The nest of one loop."""

    loops: tuple[NestLoop, ...]
    dependences: tuple[DependenceNote, ...]
    undecided: tuple[tuple[End, End], ...]
    """Accesses that may meet in a way that no vector describes."""
    remedies: tuple[str, ...]
    """The nearest first; empty for an independent loop."""


@dataclass(frozen=True)
class ArrowNote:
    """A dependence between iterations that are drawn, each given by the counters of the axes."""

    dependence: DependenceNote
    ends: tuple[tuple[tuple[int, ...], tuple[int, ...]], ...]


@dataclass(frozen=True)
class SpaceNote:
    """The iterations of a nest of one or two loops."""

    axes: tuple[NestLoop, ...]
    """The outer loop first, as in every point."""
    cut: tuple[bool, ...]
    """For each axis whether only the first iterations are in `points`."""
    points: tuple[tuple[int, ...], ...]
    arrows: tuple[ArrowNote, ...]
    sizes: tuple[tuple[str, int], ...]
    """Values that stand for what the program does not fix."""
