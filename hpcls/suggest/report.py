"""What hpcls says about one file: the domain types behind JSON, diffs, edits and protocol messages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from hpcls.syntax.directives import Clause
from hpcls.syntax.languages import LanguageName
from hpcls.syntax.record import record

Evidence = Literal["proved", "plausible"]
VerdictName = Literal["independent", "dependent", "unknown"]


@dataclass(frozen=True)
class Edit:
    """Replace the text between two positions; lines and columns are 1-based, columns count code points."""

    line: int
    column: int
    end_line: int
    end_column: int
    text: str


@record
class Reason:
    """Why a verdict is what it is, at a line."""

    line: int
    message: str


@dataclass(frozen=True)
class Suggestion:
    """One change that hpcls offers."""

    code: str
    kind: Literal["openmp", "mpi"]
    line: int
    column: int
    end_line: int
    text: str
    """The directive or the call, one line, no indentation."""
    evidence: Evidence
    confidence: float
    """How likely an author would write it so, 0 to 1."""
    message: str
    edits: tuple[Edit, ...]
    assumptions: tuple[str, ...] = ()
    directive: str | None = None
    """OpenMP only: `parallel for`."""
    clauses: tuple[Clause, ...] = ()
    reasons: tuple[str, ...] = ()
    """OpenMP only: why this directive and these clauses, and why not more."""
    function: str | None = None
    """MPI only: `MPI_Comm_rank`."""
    arguments: tuple[str, ...] = ()
    after_line: int | None = None
    places: tuple[Reason, ...] = ()
    """OMP010 only: the accesses that show it."""
    fix: str | None = None
    """OMP010 only: what the edits do, as `missing private(t)`."""


@dataclass(frozen=True)
class Diagnosis:
    """Something wrong that no edit of hpcls mends."""

    code: str
    line: int
    column: int
    end_line: int
    message: str
    places: tuple[Reason, ...]
    """The accesses that show it."""
    remedy: str | None


@record
class ScalarNote:
    """One scalar of a loop: its class and why it has it."""

    name: str
    role: str
    """private, firstprivate, lastprivate, reduction, shared, carried, induction or local."""
    line: int
    reason: str


@dataclass(frozen=True)
class LoopReport:
    """One loop and its verdict."""

    line: int
    column: int
    end_line: int
    function: str | None
    form: str
    """for, range-for, while or do."""
    depth: int
    """0 for the outermost loop of a nest."""
    verdict: VerdictName
    evidence: Literal["proved", "refuted"] | None
    private: tuple[str, ...]
    firstprivate: tuple[str, ...]
    lastprivate: tuple[str, ...]
    reductions: tuple[tuple[str, str], ...]
    reasons: tuple[Reason, ...]
    assumptions: tuple[str, ...]
    scalars: tuple[ScalarNote, ...]
    remedy: str | None
    """For a dependent loop: the nearest thing that would help."""
    directive: str | None
    """The directive that the loop already has."""
    silence: str | None
    """Why no directive is offered here; None when one is."""
    problems: tuple[Reason, ...] = ()
    """What is wrong with that directive, at the places that show it (OMP010)."""


@dataclass(frozen=True)
class ParseProblem:
    """A place that could not be read, or that was passed over."""

    line: int
    message: str


@dataclass(frozen=True)
class FileReport:
    """Everything about one file.  `suggestions` holds only what has an edit, `diagnoses` what has none; all edits apply
    together."""

    path: str
    language: LanguageName | None
    suggestions: tuple[Suggestion, ...] = ()
    loops: tuple[LoopReport, ...] = ()
    diagnoses: tuple[Diagnosis, ...] = ()
    errors: tuple[ParseProblem, ...] = ()
