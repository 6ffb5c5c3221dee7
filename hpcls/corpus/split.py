"""Training, tuning and test are split by repository: never by file, never at random."""

from __future__ import annotations

import hashlib
import re

from hpcls.corpus.model import Split

_TRAIN = 94
_TUNE = 3
"""Percent; the rest is for testing."""
_COURSE = re.compile(r"(?:pp|ppc)[-_]20\d\d|parallel_programming_course|mpi_practical_course")


def family(repository: str) -> str:
    """What stays together: forks share their name's tail, and the cohorts of one course solve the same tasks."""
    tail = repository.lower().rstrip("/").rsplit("/", 1)[-1]
    return "parallel programming course" if _COURSE.match(tail) else tail


def split_of(repository: str) -> Split:
    """The split of all files of `repository`, the same wherever and whenever it is asked."""
    digest = hashlib.blake2b(family(repository).encode(), digest_size=8).digest()
    place = int.from_bytes(digest, "big") % 100
    if place < _TRAIN:
        return "train"
    return "tune" if place < _TRAIN + _TUNE else "test"
