"""Calls of the rules stand in the text that a model is shown; what it adds comes back to the lines of the program."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from hpcls.suggest.mpi.drafted import added, drafted
from hpcls.suggest.mpi.placed import PlacedCall

PROGRAM = """\
int main(int argc, char **argv) {
  int rank; double t0;
  t0 =
  work(rank);
}"""
INIT = PlacedCall(1, "MPI_Init", ("&argc", "&argv"))
RANK = PlacedCall(2, "MPI_Comm_rank", ("MPI_COMM_WORLD", "&rank"))
TIME = PlacedCall(3, "MPI_Wtime")
FINALIZE = PlacedCall(4, "MPI_Finalize")


def test_calls_stand_on_lines_of_their_own_and_values_in_their_gaps() -> None:
    assert (
        drafted(PROGRAM, [INIT, RANK, TIME, FINALIZE]).text
        == """\
int main(int argc, char **argv) {
MPI_Init(&argc, &argv);
  int rank; double t0;
MPI_Comm_rank(MPI_COMM_WORLD, &rank);
  t0 = MPI_Wtime();
  work(rank);
MPI_Finalize();
}"""
    )


def test_what_is_proposed_comes_back_to_the_lines_of_the_program() -> None:
    def propose(text: str) -> list[PlacedCall]:
        line = text.split("\n").index("  work(rank);") + 1
        return [PlacedCall(line - 1, "MPI_Barrier", ("MPI_COMM_WORLD",)), PlacedCall(line + 1, "MPI_Finalize")]

    found = added(PROGRAM, [INIT, RANK, FINALIZE], propose)
    barrier = PlacedCall(3, "MPI_Barrier", ("MPI_COMM_WORLD",))
    assert found == (INIT, RANK, barrier, FINALIZE)


def test_rules_are_heard_on_the_skeleton_and_models_on_the_rest() -> None:
    barrier = PlacedCall(4, "MPI_Barrier", ("MPI_COMM_WORLD",))
    assert added(PROGRAM, [FINALIZE], lambda _: [PlacedCall(3, "MPI_Finalize"), barrier]) == (FINALIZE, barrier)


@given(st.lists(st.tuples(st.integers(0, 5), st.sampled_from(["MPI_Wtime", "MPI_Finalize"])), max_size=8))
def test_every_line_of_the_program_is_there_once(places: list[tuple[int, str]]) -> None:
    found = drafted(PROGRAM, [PlacedCall(line, function) for line, function in places])
    assert len(found.origins) == len(found.text.split("\n")) + 1
    before = PROGRAM.split("\n")
    rest = [row for row in found.text.split("\n") if not row.startswith("MPI_")]
    assert len(rest) == len(before)
    assert all(row.startswith(line) for row, line in zip(rest, before, strict=True))
    assert list(found.origins) == sorted(found.origins)
