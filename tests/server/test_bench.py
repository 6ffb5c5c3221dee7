"""The measurement behind `hpcls bench --server`."""

from __future__ import annotations

from pathlib import Path

import pytest

from hpcls.errors import InputError
from hpcls.server import bench_places
from hpcls.server.bench import measure

from .client import LOOP

PROGRAM = """\
#include <mpi.h>
double total(const double *a, int n)
{
    double sum = 0.0;
    for (int i = 0; i < n; i++)
        sum += a[i];
    MPI_Allreduce(MPI_IN_PLACE, &sum, 1, MPI_DOUBLE, MPI_SUM, MPI_COMM_WORLD);
    if (sum < 0.0)
        MPI_Abort(MPI_COMM_WORLD, 1);
    return sum;
}
"""


def test_every_question_is_answered_after_every_edit(tmp_path: Path) -> None:
    file = tmp_path / "a.c"
    file.write_text(LOOP)
    found = measure(str(file), 10)
    assert set(found.seconds) == {"hover", "diagnostics", "ghost text above a loop"}
    for times in found.seconds.values():
        assert 0 < times["p50"] <= times["p95"]
        assert times["answered"] == 1
    assert found.models == []
    assert found.first > 0


def test_the_model_is_named_and_counted(tmp_path: Path, shipped_model: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HPCLS_MODEL", str(shipped_model))
    file = tmp_path / "a.c"
    file.write_text(PROGRAM)
    found = measure(str(file), 2)
    assert {"ghost text: an MPI call", "ghost text: its arguments"} < set(found.seconds)
    (model,) = found.models
    assert model["model"] == shipped_model.name
    assert model["questions"] > 0
    assert model["sampled"] > 0
    assert 0 <= model["reused"] < model["prompt"]
    assert found.memory is None or found.memory > 10_000_000


def test_places_are_lines_that_a_statement_may_stand_in_front_of() -> None:
    lines = PROGRAM.split("\n")
    (loop,) = bench_places.loops(lines, [])
    assert (loop.start, loop.end, loop.asked) == (4, 4, "")
    (call,) = bench_places.calls(lines)
    assert (call.start, call.end, call.asked) == (6, 7, "    ")
    assert [place.asked for place in bench_places.arguments(lines)] == ["    MPI_Allreduce("]


def test_a_file_without_a_loop(tmp_path: Path) -> None:
    file = tmp_path / "a.c"
    file.write_text("int x;\n")
    with pytest.raises(InputError, match="holds no loop"):
        measure(str(file), 1)
