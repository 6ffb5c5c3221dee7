"""A corpus in figures: what it holds, what was dropped and why, and under which licences it came."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from concurrent.futures import Executor
from dataclasses import dataclass, field
from itertools import compress
from pathlib import Path
from typing import cast, get_args

from hpcls.corpus.executors import in_order
from hpcls.corpus.manifest import KINDS
from hpcls.corpus.model import SPLITS, Document
from hpcls.corpus.shards import Done, corpus_marks, distinct, documents, kept
from hpcls.corpus.tally import Tally, tally
from hpcls.errors import InputError
from hpcls.syntax.languages import LanguageName

_AHEAD = 64
_KEYS = ("all", *get_args(LanguageName), "fortran", "OpenMP", "MPI", "OpenMP and MPI", *SPLITS, *KINDS)
"""What text is counted by."""
_FAMILIES = (
    "AGPL",
    "LGPL",
    "GPL",
    "Apache",
    "MPL",
    "BSD",
    "BSL",
    "MIT",
    "Expat",
    "CeCILL",
    "Artistic",
    "public-domain",
)
"""Licences by their family: Debian's files spell their versions in many ways."""


@dataclass(frozen=True)
class Size:
    """How much text."""

    files: int = 0
    bytes: int = 0
    tokens: int = 0

    def __add__(self, other: Size) -> Size:
        return Size(self.files + other.files, self.bytes + other.bytes, self.tokens + other.tokens)


@dataclass(frozen=True)
class Loops:
    """The loops of one language, in files that use OpenMP."""

    annotated: int = 0
    annotated_distinct: int = 0
    """White space and comments apart, directives and all."""
    bare: int = 0
    bare_distinct: int = 0
    directives: Mapping[str, int] = field(default_factory=dict[str, int])
    """Loops by the directive on them."""
    clauses: Mapping[str, int] = field(default_factory=dict[str, int])
    """Loops by the clauses that their directives have; `none`: those without any."""


@dataclass(frozen=True)
class Report:
    """Keys are names for people."""

    sizes: Mapping[str, Size]
    """By language, by what is used, by split, by kind of source; copies apart."""
    loops: Mapping[str, Loops]
    """By language."""
    mpi_programs: int
    """Files that begin and end MPI."""
    mpi_calls: Mapping[str, int]
    """By function, most frequent first."""
    dropped: Mapping[str, int]
    """Files, by reason; and where there are examples, those."""
    examples: Mapping[str, int]
    """Kept, by kind and split."""
    sources: Mapping[str, int]
    """By licence."""
    files: Mapping[str, int]
    """By licence."""


def report(corpus: Path, examples: Path | None, workers: Executor | None) -> Report:
    """The figures of a corpus, and of the examples made of it.  Raises InputError where one is not there."""
    marks = corpus_marks(corpus)
    used = (one for one in documents(corpus) if one.has_omp or one.has_mpi)
    tallies = [one for one in in_order(workers, _tally, used, _AHEAD) if one]
    counts = _example_counts(examples) if examples else {}
    calls = Counter(name for one in tallies for name in one.calls)
    kept = {name: count for name, count in counts.items() if name.endswith((": train", ": tune", ": test"))}
    return Report(
        _sizes(marks),
        {language: _loops(some) for language, some in sorted(_by_language(tallies).items())},
        sum(one.is_program for one in tallies),
        dict(calls.most_common()),
        _dropped(marks) | {name: count for name, count in counts.items() if name not in kept},
        kept,
        dict(Counter(family(mark.provenance.licence) for mark in marks.values()).most_common()),
        _files_by_licence(marks),
    )


def _tally(document: Document) -> Tally | None:
    """None for text that is nested too deeply."""
    try:
        return tally(document)
    except RecursionError:
        return None


def _sizes(marks: Mapping[str, Done]) -> dict[str, Size]:
    found = {key: Size() for key in _KEYS}
    for name, wanted in kept(marks):
        for one in compress(marks[name].files, wanted):
            size = Size(1, one.bytes, one.tokens)
            uses = ["OpenMP"] * one.has_omp + ["MPI"] * one.has_mpi + ["OpenMP and MPI"] * (one.has_omp and one.has_mpi)
            for key in ("all", one.language, *uses, one.split, marks[name].provenance.kind):
                found[key] += size
    return {key: size for key, size in found.items() if size.files}


def _by_language(tallies: Iterable[Tally]) -> dict[str, list[Tally]]:
    found: dict[str, list[Tally]] = {}
    for one in tallies:
        found.setdefault(one.language, []).append(one)
    return found


def _loops(tallies: list[Tally]) -> Loops:
    annotated = [loop for one in tallies for loop in one.annotated]
    bare = [key for one in tallies for key in one.bare]
    return Loops(
        len(annotated),
        len({loop.key for loop in annotated}),
        len(bare),
        len(set(bare)),
        dict(Counter(loop.directive for loop in annotated).most_common()),
        dict(Counter(name for loop in annotated for name in loop.clauses or {"none"}).most_common()),
    )


def _dropped(marks: Mapping[str, Done]) -> dict[str, int]:
    found: Counter[str] = Counter()
    for name, wanted in distinct(marks):
        files = list(compress(marks[name].files, wanted))
        found.update(marks[name].dropped)
        found["duplicate"] += len(wanted) - len(files)
        found["resembles a training file"] += sum(bool(one.resembles) for one in files)
    return {reason: count for reason, count in found.most_common() if count}


def _files_by_licence(marks: Mapping[str, Done]) -> dict[str, int]:
    found: Counter[str] = Counter()
    for name, wanted in kept(marks):
        found[family(marks[name].provenance.licence)] += sum(wanted)
    return dict(found.most_common())


def family(licence: str) -> str:
    """GPL for GPL-2+, GPL-3.0 and so on: of several licences the first; others as they are called."""
    lower = licence.lower()
    found = [(lower.index(name.lower()), name) for name in _FAMILIES if name.lower() in lower]
    first = min(found)[1] if found else licence
    return "MIT" if first == "Expat" else first


def _example_counts(folder: Path) -> dict[str, int]:
    path = folder / "counts.json"
    try:
        return cast("dict[str, int]", json.loads(path.read_bytes()))
    except (OSError, ValueError) as error:
        raise InputError(str(path), getattr(error, "strerror", None) or str(error)) from error
