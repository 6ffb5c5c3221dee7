"""The published test sets in their own form: Arrow and labels read as the programs and calls that they are."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from hpcls.cli.evaluate_tasks import Item, read_items
from hpcls.errors import InputError
from hpcls.evaluation.published import PublishedCall, published_file, read_calls
from hpcls.suggest.published.lines import numbered, program_lines, unnumbered

PROGRAM = """\
int main(int argc, char **argv)
{
  int rank;
  double t0;
  double t1;
  t0 =
  t1 =
  if (rank == 0)
    printf("%f", t1 - t0);

  return 0;
}
"""
LABELS = (
    "(5 1,   MPI_Init(&argc, &argv);) (5 2,   MPI_Comm_rank(MPI_COMM_WORLD, &rank);) (5 0,  MPI_Wtime();)"
    ' (5 0,  MPI_Wtime();) (7 1,     printf("(no;) %d", MPI_Send(f(a, b), (int) n, MPI_INT, 1, 0, comm));)'
    " (8 1,   MPI_Finalize();) "
)
CALLS = [
    PublishedCall(5, "MPI_Init", ("&argc", "&argv")),
    PublishedCall(5, "MPI_Comm_rank", ("MPI_COMM_WORLD", "&rank")),
    PublishedCall(6, "MPI_Wtime", ()),
    PublishedCall(7, "MPI_Wtime", ()),
    PublishedCall(9, "MPI_Send", ("f(a, b)", "(int) n", "MPI_INT", "1", "0", "comm")),
    PublishedCall(10, "MPI_Finalize", ()),
]


def write_arrow(path: Path, **columns: list[str]) -> None:
    arrow: Any = pytest.importorskip("pyarrow")
    table = arrow.table(columns)
    with arrow.OSFile(str(path), "wb") as file, arrow.ipc.new_stream(file, table.schema) as stream:
        stream.write_table(table)


def test_labels_number_the_lines_that_have_their_value() -> None:
    assert list(read_calls(LABELS, program_lines(PROGRAM))) == CALLS


def test_labels_of_lines_that_are_not_there_are_left_out() -> None:
    assert list(read_calls("(99 1, MPI_Init(0, 0);) (7 0,  MPI_Wtime();) (x", program_lines(PROGRAM))) == []


def test_numbers_come_off_again() -> None:
    assert numbered("a\n\n  1: b\n") == "1: a\n2: \n3:   1: b\n4: "
    assert unnumbered(numbered("a\n\n  1: b\n")) == "a\n\n  1: b\n"


def test_a_clone_or_its_file_is_read_as_items(tmp_path: Path) -> None:
    folder = tmp_path / "data" / "test" / "test"
    folder.mkdir(parents=True)
    path = folder / "data-00000-of-00001.arrow"
    write_arrow(path, program=["x"] * 2, code=[numbered(PROGRAM)] * 2, mpi_labels=["(8 1, MPI_Finalize();) ", ""])
    label = [{"line": 10, "function": "MPI_Finalize", "arguments": ()}]
    wanted = [Item("mpi-0000", PROGRAM, label), Item("mpi-0001", PROGRAM, [])]
    for place in (tmp_path, folder, path):
        assert list(read_items(str(place), "mpi")) == wanted
    with pytest.raises(InputError, match="no published test set"):
        published_file(tmp_path, "omp")


def test_loops_without_an_id_are_called_by_their_place(tmp_path: Path) -> None:
    rows = [{"code": "for (;;) ;", "pragma": "parallel for ", "hash": "0"}, {"code": "for (;;) a();", "pragma": "for "}]
    (tmp_path / "test.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    wanted = [Item("omp-0000", "for (;;) ;", "parallel for "), Item("omp-0001", "for (;;) a();", "for ")]
    assert list(read_items(str(tmp_path), "omp")) == wanted


@pytest.mark.parametrize("content", [b"", b"ARROW1", b"\xff" * 64])
def test_what_is_no_arrow_stream_is_an_error(tmp_path: Path, content: bytes) -> None:
    pytest.importorskip("pyarrow")
    (tmp_path / "a.arrow").write_bytes(content)
    with pytest.raises(InputError, match=r"a\.arrow"):
        list(read_items(str(tmp_path / "a.arrow"), "mpi"))


def test_other_columns_are_an_error(tmp_path: Path) -> None:
    write_arrow(tmp_path / "a.arrow", text=["x"])
    with pytest.raises(InputError, match="expected the columns `code` and `mpi_labels`"):
        list(read_items(str(tmp_path / "a.arrow"), "mpi"))
