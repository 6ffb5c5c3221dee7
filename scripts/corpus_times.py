"""How long hpcls takes, without a model, over files as people write them: some of a corpus, and its largest."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random
from statistics import median
from time import process_time

from hpcls.config import Settings
from hpcls.corpus.model import Document, source_of
from hpcls.corpus.shards import documents
from hpcls.suggest.files import report

_ORDINARY = range(900, 1101)
"""Lines."""
_SAMPLE = 30
_LARGEST = 3
_SEED = 5


@dataclass(frozen=True)
class CorpusSample:
    """What is timed of a corpus."""

    ordinary: tuple[Document, ...]
    """Of about 1,000 lines, chosen by a seed."""
    largest: tuple[Document, ...]
    """Of all, by their length."""


def corpus_rows(folder: str) -> Iterator[str]:
    """Rows of a table: the median of ordinary files, then each of the largest.

    Raises InputError for a damaged shard.
    """
    sample = sampled(folder)
    if not sample.ordinary:
        return
    seconds(sample.ordinary[0])  # imports, and tables that are made once
    usual = median(map(seconds, sample.ordinary))
    yield row(f"median of {len(sample.ordinary)} files", round(median(map(_lines, sample.ordinary))), usual)
    for one in sample.largest:
        yield row(f"{one.repo} {one.path}", _lines(one), seconds(one))


def sampled(folder: str) -> CorpusSample:
    """Ordinary and very large files in C and C++."""
    ordinary: list[Document] = []
    largest: list[Document] = []
    for one in documents(folder):
        if one.language in ("c", "cpp"):
            largest = sorted([*largest, one], key=_length, reverse=True)[:_LARGEST]
            if _lines(one) in _ORDINARY:
                ordinary.append(one)
    chosen = Random(_SEED).sample(ordinary, min(_SAMPLE, len(ordinary)))
    return CorpusSample(tuple(chosen), tuple(largest))


def seconds(one: Document) -> float:
    """Processor seconds for all that is said of a file, reading it included."""
    start = process_time()
    report(source_of(one), Settings())
    return process_time() - start


def row(name: str, lines: int, took: float) -> str:
    """As `scripts.worst_cases` has them."""
    return f"{name:32} {lines:7,} {took:8.2f}"


def _lines(one: Document) -> int:
    return one.text.count("\n")


def _length(one: Document) -> int:
    return len(one.text)
