"""One source to documents: what is dropped, in which order, and why."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Literal

from hpcls.corpus.duplicates import content_key, tokens
from hpcls.corpus.model import Document, Provenance, RawFile, Source
from hpcls.corpus.screen import LARGEST, decoded, is_fortran, language, mentions
from hpcls.corpus.shards import Facts
from hpcls.corpus.split import split_of
from hpcls.corpus.suites import in_suite, is_suite, is_wrong, names_suite, suite_folders
from hpcls.corpus.verdicts import Verdicts

Reason = Literal[
    "excluded suite",
    "wrong on purpose",
    "missing blob",
    "too large",
    "neither OpenMP nor MPI",
    "not text",
    "duplicate",
    "benchmark item",
]


@dataclass(frozen=True)
class Mined:
    """What came out of a source."""

    documents: tuple[Document, ...]
    facts: tuple[Facts, ...]
    """Of each document."""
    dropped: Mapping[Reason, int]


@dataclass(frozen=True)
class _Candidate:
    document: Document
    facts: Facts


def mine(source: Source, stated: Provenance, verdicts: Verdicts, *, all_text: bool) -> Mined:
    """The documents of `source`, of those alike the first: all of them, or Fortran and what uses OpenMP or MPI.

    Raises InputError where the source cannot be read to its end.
    """
    dropped: Counter[Reason] = Counter()
    candidates = list(_distinct(_candidates(source, stated, dropped, all_text=all_text), dropped))
    held = verdicts.of({one.document.sha256: one.document.text for one in candidates if _may_hold_item(one.document)})
    kept = [one for one in candidates if not held.get(one.document.sha256, False)]
    dropped["benchmark item"] += len(candidates) - len(kept)
    return Mined(tuple(one.document for one in kept), tuple(one.facts for one in kept), +dropped)


def _may_hold_item(document: Document) -> bool:
    """Benchmark items are loops and MPI programs in C and C++."""
    return document.language != "fortran" and (document.has_mpi or "for" in document.text)


def _candidates(
    source: Source, stated: Provenance, dropped: Counter[Reason], *, all_text: bool
) -> Iterator[_Candidate]:
    """What passes on its own, less what lies in a suite's folder: that is known when all has been seen."""
    found: list[_Candidate] = []
    paths: list[str] = []
    marked: list[str] = []
    for file in source.files():
        paths.append(file.path)
        one = _screened(file, stated, all_text=all_text)
        if isinstance(one, str):
            dropped[one] += 1
        elif names_suite(file.data or b""):
            dropped["excluded suite"] += 1
            marked.append(file.path)
        else:
            found.append(one)
    suites = suite_folders(paths, marked)
    for one in found:
        if str(PurePosixPath(one.document.path).parent) in suites:
            dropped["excluded suite"] += 1
        else:
            yield one


def _screened(file: RawFile, stated: Provenance, *, all_text: bool) -> _Candidate | Reason:
    if is_suite(file.repository) or in_suite(file.path):
        return "excluded suite"
    if file.data is None:
        return "missing blob"
    if len(file.data) > LARGEST:
        return "too large"
    said = mentions(file.path, file.data)
    if not (all_text or said.omp or said.mpi or is_fortran(file.path)):
        return "neither OpenMP nor MPI"
    text = decoded(file.data)
    if text is None:
        return "not text"
    if is_wrong(file.path):
        return "wrong on purpose"
    split, spoken = stated.split or split_of(file.repository), language(file.path, file.data)
    sha256 = hashlib.sha256(file.data).hexdigest()
    document = Document(file.repository, file.path, spoken, stated.licence, split, said.omp, said.mpi, sha256, text)
    return _Candidate(document, _facts(document, file.data))


def _facts(one: Document, data: bytes) -> Facts:
    key, count = content_key(data, one.language), len(tokens(data, one.language))
    return Facts(key, one.split, one.language, one.has_omp, one.has_mpi, len(data), count)


def _distinct(found: Iterable[_Candidate], dropped: Counter[Reason]) -> Iterator[_Candidate]:
    seen: set[str] = set()
    for one in found:
        if one.facts.key in seen:
            dropped["duplicate"] += 1
        else:
            seen.add(one.facts.key)
            yield one
