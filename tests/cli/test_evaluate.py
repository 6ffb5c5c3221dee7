"""`hpcls evaluate mpi`, the ways to answer, and scores."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from .running import hpcls, lines

PROGRAM = """\
int main(int argc, char **argv)
{
  int rank;
  int size;
  double t0;
  t0 =
  if (rank == 0)
    printf("%d %f", size, t0);
  return 0;
}
"""
CALLS: list[dict[str, Any]] = [
    {"line": 5, "function": "MPI_Init", "arguments": ["&argc", "&argv"]},
    {"line": 5, "function": "MPI_Comm_rank", "arguments": ["MPI_COMM_WORLD", "&rank"]},
    {"line": 5, "function": "MPI_Comm_size", "arguments": ["MPI_COMM_WORLD", "&size"]},
    {"line": 6, "function": "MPI_Wtime", "arguments": []},
    {"line": 8, "function": "MPI_Finalize", "arguments": []},
]


def items(folder: Path, *values: dict[str, object]) -> None:
    (folder / "items.jsonl").write_text("".join(json.dumps(value) + "\n" for value in values))


def predictions(folder: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (folder / "out.jsonl").read_text().splitlines()]


def test_programs_are_answered_with_calls_by_line(tmp_path: Path) -> None:
    items(tmp_path, {"id": "a", "code": PROGRAM}, {"id": "b", "code": "no program"}, {"id": "c", "code": ""})
    done = hpcls("evaluate", "mpi", "items.jsonl", "-o", "out.jsonl", "--by", "analysis", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, b"")
    assert predictions(tmp_path) == [
        {"id": "a", "calls": CALLS},
        {"id": "b", "calls": []},
        {"id": "c", "calls": []},
    ]


def test_preprocessed_programs_have_no_null(tmp_path: Path) -> None:
    code = 'int main()\n{\n  int rank;\n  printf("%d", rank);\n}\n'
    items(tmp_path, {"id": "a", "code": code}, {"id": "b", "code": f"#include <stdio.h>\n{code}"})
    hpcls("evaluate", "mpi", "items.jsonl", "-o", "out.jsonl", "--by", "analysis", cwd=tmp_path)
    first, second = (one["calls"] for one in predictions(tmp_path))
    assert first[0]["arguments"] == ["0", "0"]
    assert second[0]["arguments"] == ["NULL", "NULL"]


def test_without_a_model_the_analysis_answers(tmp_path: Path) -> None:
    items(tmp_path, {"id": "a", "code": PROGRAM})
    for way in ("both", "model"):
        hpcls("evaluate", "mpi", "items.jsonl", "-o", "out.jsonl", "--by", way, "--model", "none", cwd=tmp_path)
        assert predictions(tmp_path) == [{"id": "a", "calls": CALLS}]


def test_scores_compare_with_the_labels(tmp_path: Path) -> None:
    items(tmp_path, {"id": "a", "code": PROGRAM, "calls": [*CALLS[:4], {**CALLS[4], "line": 9}]})
    done = hpcls("evaluate", "mpi", "items.jsonl", "-o", "out.jsonl", "--by", "analysis", "--score", cwd=tmp_path)
    table = dict(line.split("  ", 1) for line in lines(done.stdout))
    assert table["call at the same line"].strip().startswith("0.800")
    assert table["call within 1 line"].strip().startswith("1.000")


def test_scores_of_directives(tmp_path: Path) -> None:
    loop = "for (i = 0; i < n; i++) s += a[i];"
    items(tmp_path, {"id": "a", "code": loop, "pragma": "parallel for reduction(+:s)"})
    done = hpcls("evaluate", "omp", "items.jsonl", "-o", "out.jsonl", "--by", "analysis", "--score", cwd=tmp_path)
    assert "reduction present                      1.000" in done.stdout.decode()


def test_scores_need_labels_and_a_file_for_the_predictions(tmp_path: Path) -> None:
    items(tmp_path, {"id": "a", "code": PROGRAM})
    arguments = ("evaluate", "mpi", "items.jsonl", "--by", "analysis", "--score", "-o")
    done = hpcls(*arguments, "out.jsonl", cwd=tmp_path)
    assert (done.returncode, lines(done.stderr)) == (2, ["hpcls: --score: the items need their labels, `calls`"])
    assert hpcls(*arguments, "-", cwd=tmp_path).returncode == 2


def test_a_label_that_is_none_is_told(tmp_path: Path) -> None:
    items(tmp_path, {"id": "a", "code": PROGRAM, "calls": [{"line": 3}]})
    done = hpcls("evaluate", "mpi", "items.jsonl", "-o", "out.jsonl", "--by", "analysis", "--score", cwd=tmp_path)
    assert lines(done.stderr) == ["hpcls: --score: expected `calls` with `line`, `function` and `arguments` each"]
