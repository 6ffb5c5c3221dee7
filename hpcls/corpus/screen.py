"""Which files become documents, C, C++ or Fortran text of a sane size, and which of them use OpenMP or call MPI."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import PurePosixPath

from hpcls.corpus.model import Language
from hpcls.syntax.languages import language_of

SUFFIXES = frozenset({".c", ".h", ".cc", ".cpp", ".cxx", ".hpp", ".hh", ".C", ".inl"})
FORTRAN_SUFFIXES = frozenset({".f", ".for", ".ftn", ".f77", ".f90", ".f95", ".f03", ".f08"})
"""In lower case: an upper-case ending asks for the preprocessor."""
LARGEST = 400_000
"""Bytes; what is longer is generated, or data."""

_OPENMP = re.compile(rb"^[ \t]*#[ \t]*pragma[ \t]+omp\b|_Pragma\s*\(\s*\"\s*omp\b", re.MULTILINE)
_MPI = re.compile(
    rb"(?:^[ \t]*|[^\w \t*&]\s*|\b(?:return|else|do)\s+)P?MPI_[A-Z]\w*[ \t]*\(",
    re.MULTILINE,
)
"""A call, as far as its surroundings tell: a name before it makes it a declaration, as in `int MPI_Send(`."""
_FORTRAN_OPENMP = re.compile(rb"^[ \t]*[!c*]\$omp\b", re.MULTILINE | re.IGNORECASE)
_FORTRAN_MPI = re.compile(rb"^[^!\n]*\bcall[ \t]+P?MPI_\w+", re.MULTILINE | re.IGNORECASE)
_COMMENT = re.compile(rb"""(?P<kept>"(?:\\.|[^"\\\n])*+"|'(?:\\.|[^'\\\n])*+')|/\*.*?(?:\*/|\Z)|//[^\n]*""", re.DOTALL)


@dataclass(frozen=True)
class Mentions:
    """What a file speaks of."""

    omp: bool
    mpi: bool


def is_source(path: str) -> bool:
    """Whether the file's ending is one of C, C++ or Fortran."""
    return PurePosixPath(path).suffix in SUFFIXES or is_fortran(path)


def is_fortran(path: str) -> bool:
    """Whether the file's ending is one of Fortran, in fixed or free form."""
    return PurePosixPath(path).suffix.lower() in FORTRAN_SUFFIXES


def language(path: str, data: bytes) -> Language:
    """The language of a file of the corpus."""
    return "fortran" if is_fortran(path) else language_of(path, data)


def mentions(path: str, data: bytes) -> Mentions:
    """Whether `data` has an OpenMP directive, and a call of an MPI function, outside comments."""
    if is_fortran(path):
        return Mentions(_FORTRAN_OPENMP.search(data) is not None, _FORTRAN_MPI.search(data) is not None)
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
