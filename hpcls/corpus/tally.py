"""What one document holds: loops with a directive and without, and calls of MPI."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from hpcls.corpus.duplicates import content_key
from hpcls.corpus.model import Document, Language, source_of
from hpcls.syntax.directives import directives_in
from hpcls.syntax.languages import LanguageName
from hpcls.syntax.mpi import mpi_calls
from hpcls.syntax.openmp_clauses import CLAUSES
from hpcls.syntax.openmp_text import Directive, parse_directive
from hpcls.syntax.source import Source
from hpcls.syntax.statements import Loop, walk
from hpcls.syntax.units import units

_CONTINUED = re.compile(r"&[ \t]*\r?\n[ \t]*!\$omp\b[ \t]*&?|\r?\n[!c*]\$omp[^\s0]", re.IGNORECASE)
_FORTRAN_LOOP = re.compile(
    r"^[ \t]*[!c*]\$omp\b(?!\s*end)([^\n]*\b(?:do|simd)\b[^\n]*)\n(.*?)^[ \t\d]*end[ \t]*do\b",
    re.MULTILINE | re.IGNORECASE | re.DOTALL,
)
_FORTRAN_CALL = re.compile(r"^[^!\n]*?\bcall[ \t]+MPI_(\w+)", re.MULTILINE | re.IGNORECASE)
_LOOP_WORDS = frozenset({"for", "simd", "distribute", "taskloop", "loop"})
_MACRO = "a project's macro"
_BEGIN, _END = {"MPI_Init", "MPI_Init_thread"}, "MPI_Finalize"


@dataclass(frozen=True)
class AnnotatedLoop:
    """A loop and the directive that its author put on it."""

    directive: str
    clauses: frozenset[str]
    """Their names."""
    key: str
    """The same for copies, white space and comments apart."""


@dataclass(frozen=True)
class Tally:
    """What a document holds."""

    language: Language
    annotated: tuple[AnnotatedLoop, ...] = ()
    bare: tuple[str, ...] = ()
    """The keys of the for-loops without a directive that stand in no loop with one; of Fortran none is counted."""
    calls: tuple[str, ...] = ()
    """The names of the MPI functions called."""

    @property
    def is_program(self) -> bool:
        """Whether it begins MPI and ends it."""
        return not _BEGIN.isdisjoint(self.calls) and _END in self.calls


def tally(document: Document) -> Tally:
    """What `document` holds.  Raises RecursionError for text that is nested too deeply."""
    if document.language == "fortran":
        calls = (f"MPI_{name.capitalize()}" for name in _FORTRAN_CALL.findall(document.text))
        return Tally("fortran", tuple(_fortran_loops(document.text)), (), tuple(calls))
    source = source_of(document)
    calls = tuple(call.name for call in mpi_calls(source)) if document.has_mpi else ()
    annotated, bare = _loops(source, document.language) if document.has_omp else ((), ())
    return Tally(document.language, annotated, bare, calls)


def _loops(source: Source, language: LanguageName) -> tuple[tuple[AnnotatedLoop, ...], tuple[str, ...]]:
    """Those with a directive, and the keys of those without."""
    of_loop = {one.target: one.directive for one in directives_in(source) if one.target and _rules_loops(one.directive)}
    annotated: list[AnnotatedLoop] = []
    bare: list[str] = []
    end = 0
    for loop in _for_loops(source):
        directive = of_loop.get(loop.start)
        if directive:
            end = max(end, loop.end)
            annotated.append(_annotated(directive, source.data[loop.start : loop.end], language))
        elif loop.start >= end:
            bare.append(content_key(source.data[loop.start : loop.end], language))
    return tuple(annotated), tuple(bare)


def _rules_loops(directive: Directive) -> bool:
    """Whether it is about the loop behind it (OpenMP 5.2, 4.4), and not just put in front of one, as `critical` is."""
    return not _LOOP_WORDS.isdisjoint(directive.name.split())


def _for_loops(source: Source) -> list[Loop]:
    """Outer loops before those inside them."""
    found = (part for unit in units(source) for part in walk(unit.body))
    loops = [part for part in found if isinstance(part, Loop) and part.form in ("for", "range-for")]
    return sorted(loops, key=lambda loop: loop.start)


def _fortran_loops(text: str) -> Iterator[AnnotatedLoop]:
    """A `do` directive's loop is the text to the next `end do` (OpenMP 5.2, 11.5.2: `do` is what C calls `for`)."""
    for line, body in _FORTRAN_LOOP.findall(_CONTINUED.sub(" ", text)):
        directive = parse_directive(re.sub(r"\bdo\b", "for", line.lower()))
        if directive and _rules_loops(directive):
            yield _annotated(directive, body.encode(), "fortran")


def _annotated(directive: Directive, loop: bytes, language: Language) -> AnnotatedLoop:
    clauses = frozenset(clause.name if clause.name in CLAUSES else _MACRO for clause in directive.clauses)
    said = f"{directive.name} {sorted((c.name, c.modifier or '', c.arguments) for c in directive.clauses)}"
    return AnnotatedLoop(directive.name, clauses, content_key(said.encode() + loop, language))
