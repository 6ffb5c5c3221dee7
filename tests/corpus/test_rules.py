"""The rules on their own: suites, splits, licences, copies."""

from __future__ import annotations

from collections import Counter

import pytest

from hpcls.corpus.duplicates import content_key, tokens
from hpcls.corpus.licences import debian_licence, recognised
from hpcls.corpus.screen import mentions
from hpcls.corpus.split import family, split_of
from hpcls.corpus.suites import in_suite, is_suite, is_wrong, names_suite, suite_folders

GPL_3 = (
    "GNU GENERAL PUBLIC LICENSE\n Version 3, 29 June 2007\n ... 13. Use with the GNU Affero General Public License. ..."
    " use the GNU Lesser General Public License instead of this License."
)


@pytest.mark.parametrize(
    "name",
    [
        "LLNL/dataracebench",
        "benchmarks/NPB-CPP",
        "snu-npb",
        "rodinia_3.1",
        "me/HeCBench-fork",
        "OpenMP_VV",
        "OMPar",
        "nas",
    ],
)
def test_a_suite_is_known_by_its_name(name: str) -> None:
    assert is_suite(name)


@pytest.mark.parametrize("name", ["compare", "dompartition", "canvas", "nastran", "vtk9", "OpenMP/Examples", "ompi"])
def test_other_names_are_left_alone(name: str) -> None:
    assert not is_suite(name)


@pytest.mark.parametrize(
    "path",
    [
        "src/NPB3.3-OMP/BT/bt.c", "bench/polybench-c-4.2/gemm.c", "gcc/testsuite/gcc.dg/gomp/for-1.c", "x/DRB001-a.c",
        "libgomp/testsuite/libgomp.c/a.c", "llvm-project/clang/test/OpenMP/for.cpp", "openmp/runtime/test/env/a.c",
    ],
)  # fmt: skip
def test_a_path_into_a_suite_or_a_compilers_tests_is_known(path: str) -> None:
    assert in_suite(path)


@pytest.mark.parametrize("path", ["test/mpi/pt2pt/send.c", "tests/test_sum.c", "src/compare.c", "src/nasa/wing.c"])
def test_other_paths_are_left_alone(path: str) -> None:
    assert not in_suite(path)


def test_a_program_that_is_wrong_on_purpose_says_so_in_its_name() -> None:
    assert all(map(is_wrong, ["omp_bug2.c", "01_array_sum_with_race.c", "test/mpi/errors/comm/x.c", "deadlock.c"]))
    assert not any(map(is_wrong, ["trace.c", "debug.c", "ray_tracer.c", "bugfix/sum.c", "failover.c"]))


def test_a_suite_without_its_name_is_known_by_its_files() -> None:
    polybench = [f"77/{name}.c" for name in "2mm 3mm atax bicg doitgen mvt gemm_omp gesummv sum".split()]
    assert suite_folders([*polybench, "88/gemm.c", "88/mvt.c"], []) == {"77"}
    assert suite_folders(["bt/npbparams.h", "bt/solve.c", "lu/solve.c"], []) == {"bt"}
    assert suite_folders(["a/x.c", "a/y.c", "b/x.c"], marked=["a/x.c", "a/y.c", "b/x.c"]) == {"a"}
    assert names_suite(b"// from PolyBench/C 4.2\n")
    assert names_suite(b"/* { dg-do run } */\n")


def test_forks_and_the_cohorts_of_a_course_stay_together() -> None:
    assert split_of("me/solver") == split_of("you/Solver") == split_of("solver")
    cohorts = ("a/pp_2021_autumn", "b/ppc-2025-threads", "c/parallel_programming_course", "d/MPI_Practical_Course")
    assert len({family(name) for name in cohorts}) == 1


def test_the_split_never_moves_and_has_its_shares() -> None:
    assert [split_of(f"me/{name}") for name in ("a-4", "a-5", "a-39")] == ["train", "tune", "test"]
    shares = Counter(split_of(f"me/repository-{number}") for number in range(10_000))
    assert 9_300 < shares["train"] < 9_500
    assert 220 < shares["tune"] < 380
    assert 220 < shares["test"] < 380


@pytest.mark.parametrize(
    ("text", "licence"),
    [
        (GPL_3, "GPL-3"),
        ("GNU LESSER GENERAL PUBLIC LICENSE\n  Version 2.1, February 1999", "LGPL-2.1"),
        ("Apache License\n   Version 2.0, January 2004", "Apache-2.0"),
        ("Redistribution and use in source and binary forms, with or without", "BSD"),
        ("All rights reserved.", "unknown"),
    ],
)
def test_a_licence_is_the_one_named_first(text: str, licence: str) -> None:
    assert recognised(text) == licence


def test_the_header_of_debians_copyright_speaks_for_all() -> None:
    assert debian_licence("Format: x\nLicense: MPL-2.0\n\nFiles: *\nLicense: Expat\n") == "MPL-2.0"
    assert debian_licence("This is free; see the GNU General Public License, version 2.") == "GPL-2"


def test_copies_are_what_lexes_alike() -> None:
    assert content_key(b"int a; // x\n\tint b;", "c") == content_key(b"int a;\r\n/* y */ int b;", "c")
    assert content_key(b'char *s = "a // b";', "c") != content_key(b'char *s = "a // c";', "c")
    assert content_key(b"int a;", "c") != content_key(b"int b;", "c")
    assert content_key(b"a = b ! x\n", "fortran") == content_key(b"a=b\n! y\nC z\n", "fortran")
    assert content_key(b"a = b // c", "fortran") != content_key(b"a = b", "fortran")
    assert content_key(b"!$omp do", "fortran") != content_key(b"!$omp end do", "fortran")


def test_tokens_are_counted_outside_comments() -> None:
    assert len(tokens(b'f("a // b", x[1]); // no\n', "c")) == 10
    assert len(tokens(b"!$omp do\nC no\na = b ! no\n", "fortran")) == 7


@pytest.mark.parametrize(
    ("text", "omp", "mpi"),
    [
        ("#pragma omp for\n", True, False),
        ("  # pragma omp for\n", True, False),
        ('_Pragma("omp parallel for")\n', True, False),
        ("x(); /* #pragma omp for */\n", False, False),
        ("  MPI_Init(0, 0);\n", False, True),
        ("t = MPI_Wtime();\n", False, True),
        ("return PMPI_Barrier(c);\n", False, True),
        ("int MPI_Barrier(MPI_Comm c);\n", False, False),
        ("// MPI_Barrier(c)\n", False, False),
    ],
)
def test_directives_and_calls_count_outside_comments(text: str, omp: bool, mpi: bool) -> None:
    found = mentions("a.c", text.encode())
    assert (found.omp, found.mpi) == (omp, mpi)
