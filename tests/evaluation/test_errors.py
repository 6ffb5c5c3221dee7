"""Wrong answers are listed with what is wrong about them; own programs lose their calls as published ones do."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from hpcls.evaluation.differences import CallDifference, call_differences, clause_differences
from hpcls.evaluation.openmp_scores import scoping
from hpcls.evaluation.own_programs import bare_program
from hpcls.evaluation.published import PublishedCall
from hpcls.suggest.mpi.placed import PlacedCall
from hpcls.syntax.source import parse
from scripts.presence import presences, rows

INIT = PlacedCall(3, "MPI_Init", ("&argc", "&argv"))
WAIT = PlacedCall(9, "MPI_Wait", ("&request", "&status"))

PROGRAM = """\
#include <mpi.h>
void helper(void) { MPI_Barrier(MPI_COMM_WORLD); }
/* the
   program */
int main(int argc, char **argv)
{
    int rank, error; // what it needs

    MPI_Init(&argc, &argv);
    error = MPI_Comm_rank(MPI_COMM_WORLD, &rank);
    if (rank == 0) { puts("0"); MPI_Barrier(MPI_COMM_WORLD); }
    double t = MPI_Wtime() - 1.0;
    return MPI_Finalize();
}
"""


def kinds(wanted: list[PlacedCall], answered: list[PlacedCall]) -> list[tuple[str, str]]:
    return [(one.kind, one.function) for one in call_differences(wanted, answered)]


def test_clauses_are_missing_or_too_much() -> None:
    wanted, answered = (
        scoping("parallel for private(i, t) reduction(+:s)"),
        scoping("parallel for private(i) reduction(*:s)"),
    )
    assert clause_differences(wanted, answered) == ("-private(t)", "-reduction(+:s)", "+reduction(*:s)")
    assert clause_differences(wanted, wanted) == ()


def test_calls_are_told_apart_by_what_is_wrong() -> None:
    assert kinds([INIT, WAIT], [WAIT, INIT]) == []
    assert kinds([INIT], [WAIT]) == [("missing", "MPI_Init"), ("surplus", "MPI_Wait")]
    assert kinds([INIT], [PlacedCall(5, "MPI_Init", INIT.arguments)]) == [("near", "MPI_Init")]
    assert kinds([INIT], [PlacedCall(6, "MPI_Init", INIT.arguments)]) == [("elsewhere", "MPI_Init")]
    assert kinds([INIT], [PlacedCall(3, "MPI_Init", ("NULL", "NULL"))]) == [("arguments", "MPI_Init")]


def test_a_call_at_its_line_is_no_other_ones_answer() -> None:
    behind = PlacedCall(4, "MPI_Wait", WAIT.arguments)
    assert list(call_differences([behind, WAIT], [WAIT])) == [CallDifference("missing", behind, None)]


def test_a_program_loses_its_calls_its_comments_and_other_functions() -> None:
    program = bare_program(parse(PROGRAM, "program.c", "c"))
    assert program is not None
    assert program.code == (
        "#include <mpi.h>\nint main(int argc, char **argv)\n{\n    int rank, error;\n    error =\n"
        '    if (rank == 0) { puts("0");                              }\n'
        "    double t = MPI_Wtime() - 1.0;\n    return MPI_Finalize();\n}\n"
    )
    assert program.calls == (
        PublishedCall(4, "MPI_Init", ("&argc", "&argv")),
        PublishedCall(5, "MPI_Comm_rank", ("MPI_COMM_WORLD", "&rank")),
        PublishedCall(6, "MPI_Barrier", ("MPI_COMM_WORLD",)),
    )
    assert bare_program(parse("int main() { return 0; }", "program.c", "c")) is None


@pytest.mark.parametrize("sample", [(), ("--sample", "1", "--seed", "2")])
def test_the_command_lists_what_is_wrong(tmp_path: Path, sample: tuple[str, ...]) -> None:
    items, predictions = tmp_path / "items.jsonl", tmp_path / "predictions.jsonl"
    code = "for (i = 0; i < n; i++) t = i;"
    items.write_text(
        "".join(
            json.dumps({"id": f"omp-{n}", "code": code, "pragma": "parallel for private(t)"}) + "\n" for n in range(3)
        )
    )
    answers = ("parallel for", "parallel for private(i, t)", "parallel for private(t)")
    predictions.write_text(
        "".join(json.dumps({"id": f"omp-{n}", "pragma": one}) + "\n" for n, one in enumerate(answers))
    )
    command = [sys.executable, "-m", "scripts.errors", "omp", str(items), str(predictions), *sample]
    done = subprocess.run(command, cwd=Path(__file__).parents[2], capture_output=True, text=True, check=True)
    assert done.stdout == "omp-0 apart: -private(t)\nomp-1 counter: +private(i)\n"


def test_what_is_missing_or_too_much_counts_by_what_it_names() -> None:
    code = "for (i = 0; i < n; i++) for (j = 0; j < m; j++) { t = a[j]; b[i] += t; }"
    told = "parallel for private(i)", "parallel for private(i, j)", "parallel for private(i, j, t)", "parallel for"
    answers = [scoping(one) for one in told]
    found = [one for answer in answers for one in presences(code, scoping("parallel for"), answer)]
    table = list(rows(found))
    assert table[3] == "| private | anything | 0 | 3 | 0.000 now |"
    assert [row.split(" | ")[1:4] for row in table[4:]] == [
        ["own counter", "0", "1"],
        ["inner counters", "0", "1"],
        ["other variables", "0", "1"],
    ]
    missed = list(presences(code, scoping("parallel for private(i)"), scoping("parallel for")))
    assert list(rows(missed))[4] == "| private | own counter | 1 | 0 | 1.000, 1.000 |"
