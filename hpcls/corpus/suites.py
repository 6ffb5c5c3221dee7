"""The suites that never go into training: what is measured on, what is wrong on purpose, and compilers' own tests."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import PurePosixPath

_ANYWHERE = (
    "autoparbench", "dataracebench", "hecbench", "mpibugsinitiative", "mpicorrbench", "monocoder", "mpirical", "mpirigen",
    "nasparallel", "ompvalidation", "ompify", "openmpvalidation", "openmpvv", "ompvv", "sollvevv", "parcoach", "pareval",
    "polybench", "rodinia", "testsuiteompt", "ompttestsuite",
)  # fmt: skip
"""Found anywhere in the letters of a name."""
_AS_A_WORD = re.compile(r"(?:^|[^a-z0-9])(?:(?:snu)?-?npb[0-9]?|nas|drb|ompar)(?:[^a-z0-9]|$)|(?:^|[^a-z])npb[-_.0-9]")
"""Too short for that: a whole word of a name."""
_COMPILER_TESTS = re.compile(
    r"(?:^|/)(?:gcc|libgomp|libstdc\+\+-v3|gfortran)[^/]*/(?:.*/)?testsuite/|(?:^|/)testsuite/(?:gcc|g\+\+|c-c\+\+)[^/]*/"
    r"|(?:^|/)(?:llvm|clang|flang|openmp/runtime|openmp/libomptarget|libomptarget|offload|openmp/tools/[^/]*)/tests?/"
    r"|(?:^|/)test/mpi/errors/|(?:^|/)error_tests?/"
)
_MARKS = (
    b"nas parallel benchmark", b"npbparams.h", b"npb-c.h", b"npb-cpp.h", b"polybench.h", b"polybench/c", b"dataracebench",
    b"rodinia", b"autoparbench", b"hecbench", b"mpi-corrbench", b"mpi bugs initiative", b"mpibugsinitiative",
    b"openmp validation", b"openmp_testsuite", b"omp_testsuite.h", b"ompvv.h", b"parcoach",
)  # fmt: skip
_MARKER_FILES = frozenset(
    "npbparams.h npb-c.h npb-cpp.hpp npb-cpp.h polybench.h polybench.c omp_testsuite.h ompvv.h".split()
)


def is_suite(name: str) -> bool:
    """Whether a repository, package or folder of this name is one of the suites, or a copy of one."""
    lower = name.lower()
    letters = re.sub(r"[^a-z0-9]", "", lower)
    return any(suite in letters for suite in _ANYWHERE) or _AS_A_WORD.search(lower) is not None


def in_suite(path: str) -> bool:
    """Whether a file lies in a copy of a suite, or in a compiler's tests."""
    return any(is_suite(part) for part in PurePosixPath(path).parts) or _COMPILER_TESTS.search(path) is not None


def names_suite(data: bytes) -> bool:
    """Whether a file says itself that it comes from a suite: copies often lie in folders of other names."""
    lower = data.lower()
    return any(mark in lower for mark in _MARKS)


def marked_folders(paths: Iterable[str]) -> frozenset[str]:
    """The folders that hold a file which only the suites have: all that lies beside it is of the suite."""
    found = (PurePosixPath(path) for path in paths)
    return frozenset(str(path.parent) for path in found if path.name.lower() in _MARKER_FILES)
