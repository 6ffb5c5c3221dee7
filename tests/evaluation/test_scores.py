"""Scores of a few answers, counted by hand."""

from __future__ import annotations

import pytest

from hpcls.evaluation.f1 import F1
from hpcls.evaluation.mpi_scores import MpiScores, ProgramAnswer, score_mpi
from hpcls.evaluation.openmp_scores import LoopAnswer, Scoping, iterators, scoping, score_openmp
from hpcls.evaluation.tables import mpi_table, openmp_table
from hpcls.suggest.mpi.placed import PlacedCall

INIT = PlacedCall(3, "MPI_Init", ("&argc", "&argv"))
RANK = PlacedCall(3, "MPI_Comm_rank", ("MPI_COMM_WORLD", "&rank"))
END = PlacedCall(9, "MPI_Finalize")


def at(line: int, call: PlacedCall, *arguments: str) -> PlacedCall:
    return PlacedCall(line, call.function, arguments or call.arguments)


def score(wanted: list[PlacedCall], answered: list[PlacedCall]) -> MpiScores:
    return score_mpi([ProgramAnswer(tuple(wanted), tuple(answered))])


def test_f1_is_the_harmonic_mean() -> None:
    two_of_three_of_four = F1(2, 3, 4)
    assert (two_of_three_of_four.precision, two_of_three_of_four.recall) == (2 / 3, 1 / 2)
    assert two_of_three_of_four.f1 == pytest.approx(2 / (3 / 2 + 2))
    assert (F1().precision, F1().recall, F1().f1) == (0, 0, 0)


def test_calls_count_by_line_by_arguments_and_anywhere() -> None:
    scores = score([INIT, RANK, END], [at(3, INIT, "0", "0"), at(4, RANK), at(20, END), at(21, END)])
    same, one = scores.within[0], scores.within[1]
    assert (same.calls, same.with_arguments) == (F1(1, 4, 3), F1(0, 4, 3))
    assert (one.calls, one.with_arguments) == (F1(2, 4, 3), F1(1, 4, 3))
    assert scores.anywhere == F1(3, 4, 3)


def test_a_whole_program_has_every_call_and_no_other() -> None:
    assert score([INIT, END], [END, INIT]).within[0].whole_programs == 1
    assert score([INIT, END], [END, INIT, RANK]).within[0].whole_programs == 0
    assert score([INIT, END], [at(10, END), INIT]).within[0].whole_programs == 0
    assert score([INIT, END], [at(10, END), INIT]).within[1].whole_programs == 1


def test_one_answer_stands_for_one_call_the_nearest_and_most_alike_first() -> None:
    first, second = at(5, RANK, "MPI_COMM_WORLD", "&a"), at(5, RANK, "MPI_COMM_WORLD", "&b")
    assert score([second, first], [first, second]).within[0].with_arguments == F1(2, 2, 2)
    assert score([first, second], [first]).within[0].calls == F1(1, 1, 2)


def test_white_space_in_arguments_does_not_count() -> None:
    assert score([INIT], [at(3, INIT, "& argc", " &argv")]).within[0].with_arguments == F1(1, 1, 1)


def test_scoping_reads_what_labels_and_people_write() -> None:
    assert scoping("parallel for private( i j,k) Reduction(+ : S)") == Scoping(
        frozenset({"i", "j", "k"}), frozenset({("+", "s")})
    )
    assert scoping("#pragma omp for firstprivate(a) lastprivate(b) private(c)").private == {"c"}
    assert scoping("parallel for reduction(+:a[:3])").reductions == {("+", "a[:3]")}
    assert not scoping(None)


def test_iterators_are_what_for_loops_start_with() -> None:
    assert iterators("for (int I = 0; ;) for (unsigned long *q = p; ;) for (k=0;;) while (m = 0)") == {"i", "q", "k"}


def test_loops_count_by_both_clauses() -> None:
    code = "for (i = 0; i < n; i++) s += a[i] * t;"
    answers = [
        LoopAnswer(code, "parallel for private(i, t)", "parallel for private(t)"),
        LoopAnswer(code, "parallel for private(i)", "parallel for"),
        LoopAnswer(code, "parallel for reduction(+:s)", "parallel for reduction(+:s)"),
        LoopAnswer(code, "parallel for", None),
    ]
    scores = score_openmp(answers)
    assert (scores.items, scores.answered, scores.exact, scores.exact_with_clause) == (4, 3 / 4, 1 / 4, 1 / 3)
    assert (scores.exact_apart, scores.exact_with_clause_apart) == (3 / 4, 1.0)
    assert (scores.private, scores.reduction) == (F1(1, 1, 2), F1(1, 1, 1))


def test_tables_have_one_line_a_figure() -> None:
    assert "call at the same line                 1.000" in mpi_table(score([INIT], [INIT]))
    assert openmp_table(score_openmp([])).splitlines()[2] == "exact                                  0.000"
