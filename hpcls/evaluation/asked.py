"""Which documents of a corpus are asked about: those of a split's repositories, or of some sources alone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from hpcls.corpus.manifest import read_manifest
from hpcls.corpus.model import Document
from hpcls.corpus.shards import documents


def asked(corpus: Path, *splits: str, sources: str | None = None) -> Iterator[Document]:
    """The C and C++ documents of the splits' repositories; where `sources` is a manifest, of those that it lists.

    Raises InputError for a damaged shard, and a manifest that is none.
    """
    listed = frozenset(one.name for one in read_manifest(sources)) if sources else None
    for one in documents(corpus):
        if one.split in splits and one.language != "fortran" and (listed is None or _is_of(one.repo, listed)):
            yield one


def with_openmp(corpus: Path, *splits: str, sources: str | None = None) -> Iterator[Document]:
    """Those that have OpenMP."""
    return (one for one in asked(corpus, *splits, sources=sources) if one.has_omp)


def _is_of(repository: str, listed: frozenset[str]) -> bool:
    """Whether it is one of the sources, or of a snapshot that is: `owner/name/number`."""
    return not listed.isdisjoint((repository, repository.rpartition("/")[0]))
