"""The suites that never go into training: what is measured on, what is wrong on purpose, and compilers' own tests."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from pathlib import PurePosixPath

_ANYWHERE = (
    "autoparbench", "dataracebench", "hecbench", "mpibugsinitiative", "mpicorrbench", "monocoder", "mpirical",
    "mpirigen", "nasparallel", "ompvalidation", "ompify", "openmpvalidation", "openmpvv", "ompvv", "sollvevv",
    "parcoach", "pareval", "polybench", "rodinia", "testsuiteompt", "ompttestsuite",
)  # fmt: skip
"""Found anywhere in the letters of a name."""
_AS_A_WORD = re.compile(r"(?:^|[^a-z0-9])(?:(?:snu)?-?npb[0-9]?|nas|ompar)(?:[^a-z0-9]|$)|(?:^|[^a-z])npb[-_.0-9]")
"""Too short for that: a whole word of a name."""
_DATA_RACE_BENCH_FILE = re.compile(r"drb\d{3}[-_]", re.IGNORECASE)
_COMPILER_TESTS = re.compile(
    r"(?:^|/)(?:gcc|libgomp|libstdc\+\+-v3|gfortran)[^/]*/(?:.*/)?testsuite/|(?:^|/)testsuite/(?:gcc|g\+\+|c-c\+\+)[^/]*/"
    r"|(?:^|/)(?:llvm|clang|flang|openmp/runtime|openmp/libomptarget|libomptarget|offload|openmp/tools/[^/]*)/tests?/"
)
_WRONG = re.compile(
    r"(?:^|/)test/mpi/errors/|(?:^|/)error_tests?/"
    r"|(?:^|[^a-z])(?:wrong|incorrect|buggy|bugs?\d*|fail|failure|deadlocks?|(?:data_?)?race)(?:[^a-z/][^/]*)?$",
    re.IGNORECASE,
)
_MARKS = (
    b"nas parallel benchmark", b"npbparams.h", b"npb-c.h", b"npb-cpp.h", b"polybench.h", b"polybench/c",
    b"dataracebench", b"rodinia", b"autoparbench", b"hecbench", b"pareval", b"mpi-corrbench", b"parcoach",
    b"mpi bugs initiative", b"mpibugsinitiative", b"openmp validation", b"openmp_testsuite", b"omp_testsuite.h",
    b"ompvv.h", b"{ dg-do", b"{ dg-options", b"{ dg-error", b"expected-error", b"// run: %", b"<testinfo>",
)  # fmt: skip
"""What the files of suites, and of compilers' tests, say somewhere in them."""
_MARKED_FILES = 2
"""So many such files, and the whole folder is a suite's."""
_MARKER_FILES = frozenset(
    "npbparams.h npb-c.h npb-cpp.hpp npb-cpp.h polybench.h polybench.c omp_testsuite.h ompvv.h".split()
)
_POLYBENCH = frozenset(
    "2mm 3mm adi atax bicg cholesky correlation covariance deriche doitgen durbin fdtd-2d floyd-warshall gemm"
    " gemver gesummv gramschmidt heat-3d jacobi-1d jacobi-2d ludcmp mvt nussinov seidel-2d"
    " symm syr2k syrk trisolv trmm".split()
)
_NPB = frozenset("bt cg ep ft is lu mg sp ua".split())
_RODINIA = frozenset(
    "backprop bfs euler3d heartwall hotspot hotspot3d kmeans lavamd leukocyte lud mummergpu myocyte needle nw"
    " particlefilter pathfinder srad streamcluster".split()
)
_KERNELS = ((8, _POLYBENCH), (5, _NPB), (5, _RODINIA))
"""So many of a suite's programs in one folder are the suite, whatever the folder is called."""
_VARIANT = re.compile(r"^(?:omp|openmp)[-_]|[-_](?:cpu|omp|openmp|offload|par|parallel|seq|serial)$")
_RECOGNISED = frozenset(
    {
        "OpenMPSnapshot-Pratice/223253299",  # OvO, a validation suite
        "OpenMPSnapshot-Pratice/228656264",  # GCC
        "OpenMPSnapshot-Pratice/267597733",  # tests of a race detector
        "OpenMPSnapshot-Pratice/285634219",  # HeCBench
        "OpenMPSnapshot-Pratice/289039618",  # tests of a compiler
        "OpenMPSnapshot-Pratice/315333330",  # GCC
        "OpenMPSnapshot-Pratice/60191570",  # Mercurium
        "OpenMPSnapshot-Pratice/60193642",  # Nanos++
    }
)
"""Repositories that have lost their names, by what their files are called."""


def is_suite(name: str) -> bool:
    """Whether a repository, package or folder of this name is one of the suites, or a copy of one."""
    lower = name.lower()
    letters = re.sub(r"[^a-z0-9]", "", lower)
    if any(suite in letters for suite in _ANYWHERE) or _AS_A_WORD.search(lower):
        return True
    return "/".join(PurePosixPath(name).parts[-2:]) in _RECOGNISED


def in_suite(path: str) -> bool:
    """Whether a file lies in a copy of a suite, or in a compiler's tests."""
    parts = PurePosixPath(path).parts
    if any(is_suite(part) for part in parts) or _COMPILER_TESTS.search(path):
        return True
    return _DATA_RACE_BENCH_FILE.match(parts[-1]) is not None


def is_wrong(path: str) -> bool:
    """Whether a file says by its name that its program is wrong on purpose."""
    return _WRONG.search(str(PurePosixPath(path).with_suffix(""))) is not None


def names_suite(data: bytes) -> bool:
    """Whether a file says itself that it comes from a suite: copies often lie in folders of other names."""
    lower = data.lower()
    return any(mark in lower for mark in _MARKS)


def suite_folders(paths: Iterable[str], marked: Iterable[str]) -> frozenset[str]:
    """The folders that are a suite's, of those in which `paths` lie.

    They hold a file that only a suite has, or most of a suite's programs, or several of the files `marked`.
    """
    folders: dict[str, set[str]] = {}
    for path in paths:
        folders.setdefault(str(PurePosixPath(path).parent), set()).add(PurePosixPath(path).name.lower())
    says = Counter(str(PurePosixPath(path).parent) for path in marked)
    return frozenset(_suites_own(folders)) | {folder for folder, count in says.items() if count >= _MARKED_FILES}


def _suites_own(folders: dict[str, set[str]]) -> Iterator[str]:
    for folder, names in folders.items():
        if names & _MARKER_FILES or _has_kernels(names):
            yield folder


def _has_kernels(names: Collection[str]) -> bool:
    stems = {_VARIANT.sub("", PurePosixPath(name).stem) for name in names}
    return any(len(stems & kernels) >= least for least, kernels in _KERNELS)
