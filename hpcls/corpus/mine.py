"""One source to documents: what is dropped, in which order, and why."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Literal

from hpcls.corpus.duplicates import content_key
from hpcls.corpus.model import Document, Provenance, RawFile, Source
from hpcls.corpus.screen import LARGEST, Mentions, decoded, mentions
from hpcls.corpus.split import split_of
from hpcls.corpus.suites import in_suite, is_suite, is_wrong, names_suite, suite_folders
from hpcls.corpus.verdicts import Verdicts
from hpcls.syntax.languages import language_of

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
class _Candidate:
    file: RawFile
    data: bytes
    text: str
    mentions: Mentions
    key: str

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.data).hexdigest()


@dataclass(frozen=True)
class Mined:
    """What came out of a source; `keys` are the documents' content keys, in their order."""

    documents: tuple[Document, ...]
    keys: tuple[str, ...]
    dropped: Mapping[Reason, int] = field(default_factory=dict[Reason, int])


def mine(source: Source, provenance: Provenance, known: Set[str], verdicts: Verdicts) -> Mined:
    """The documents of `source` that no other source has: `known` are the content keys of those.

    Raises InputError where the source cannot be read to its end.
    """
    dropped: Counter[Reason] = Counter()
    candidates = list(_distinct(_candidates(source, dropped), known, dropped))
    held = verdicts.of({one.sha256: one.text for one in candidates if one.mentions.mpi})
    kept = [one for one in candidates if not held.get(one.sha256, False)]
    dropped["benchmark item"] += len(candidates) - len(kept)
    found = tuple(_document(one, provenance.licence) for one in kept)
    return Mined(found, tuple(one.key for one in kept), +dropped)


def _candidates(source: Source, dropped: Counter[Reason]) -> Iterator[_Candidate]:
    """What passes on its own, less what lies in a suite's folder: that is known when all has been seen."""
    found: list[_Candidate] = []
    paths: list[str] = []
    marked: list[str] = []
    for file in source.files():
        paths.append(file.path)
        one = _screened(file)
        if isinstance(one, str):
            dropped[one] += 1
        elif names_suite(one.data):
            dropped["excluded suite"] += 1
            marked.append(file.path)
        else:
            found.append(one)
    suites = suite_folders(paths, marked)
    for one in found:
        if str(PurePosixPath(one.file.path).parent) in suites:
            dropped["excluded suite"] += 1
        else:
            yield one


def _screened(file: RawFile) -> _Candidate | Reason:
    if is_suite(file.repository) or in_suite(file.path):
        return "excluded suite"
    if file.data is None:
        return "missing blob"
    if len(file.data) > LARGEST:
        return "too large"
    spoken = mentions(file.data)
    if not (spoken.omp or spoken.mpi):
        return "neither OpenMP nor MPI"
    text = decoded(file.data)
    if text is None:
        return "not text"
    if is_wrong(file.path):
        return "wrong on purpose"
    return _Candidate(file, file.data, text, spoken, content_key(file.data))


def _distinct(found: Iterable[_Candidate], known: Set[str], dropped: Counter[Reason]) -> Iterator[_Candidate]:
    seen: set[str] = set()
    for one in found:
        if one.key in known or one.key in seen:
            dropped["duplicate"] += 1
        else:
            seen.add(one.key)
            yield one


def _document(one: _Candidate, licence: str) -> Document:
    repository, path = one.file.repository, one.file.path
    language = language_of(path, one.data)
    said = one.mentions
    return Document(repository, path, language, licence, split_of(repository), said.omp, said.mpi, one.sha256, one.text)
