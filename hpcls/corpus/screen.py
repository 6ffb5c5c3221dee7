"""Which files become documents: C or C++ text of a sane size that uses OpenMP or calls MPI."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import PurePosixPath

SUFFIXES = frozenset({".c", ".h", ".cc", ".cpp", ".cxx", ".hpp", ".hh", ".C", ".inl"})
LARGEST = 400_000
"""Bytes; what is longer is generated, or data."""

_OPENMP = re.compile(rb"^[ \t]*#[ \t]*pragma[ \t]+omp\b|_Pragma\s*\(\s*\"\s*omp\b", re.MULTILINE)
_MPI = re.compile(
    rb"(?:^[ \t]*|[^\w \t*&]\s*|\b(?:return|else|do)\s+)P?MPI_[A-Z]\w*[ \t]*\(",
    re.MULTILINE,
)
"""A call, as far as its surroundings tell: a name before it makes it a declaration, as in `int MPI_Send(`."""
_COMMENT = re.compile(rb"""(?P<kept>"(?:\\.|[^"\\\n])*+"|'(?:\\.|[^'\\\n])*+')|/\*.*?(?:\*/|\Z)|//[^\n]*""", re.DOTALL)


@dataclass(frozen=True)
class Mentions:
    """What a file speaks of."""

    omp: bool
    mpi: bool


def is_source(path: str) -> bool:
    """Whether the file's ending is one of C or C++."""
    return PurePosixPath(path).suffix in SUFFIXES


def mentions(data: bytes) -> Mentions:
    """Whether `data` has an OpenMP directive, and a call of an MPI function, outside comments."""
    if b"omp" not in data and b"MPI_" not in data:
        return Mentions(False, False)
    bare = _COMMENT.sub(lambda found: found["kept"] or b" ", data)
    return Mentions(_OPENMP.search(bare) is not None, _MPI.search(bare) is not None)


def decoded(data: bytes) -> str | None:
    """The text of `data`, UTF-8 or else Latin-1; None where it is no text."""
    if b"\0" in data:
        return None
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("latin-1")
