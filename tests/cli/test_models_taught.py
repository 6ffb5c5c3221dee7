"""A published model that knows an answer by heart: what becomes of it behind grammar, analysis and veto."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from hpcls.suggest.published.mpi import program_prompt
from tests.published import teach, write_checkpoint

from .running import hpcls

PROGRAM = """\
#include <mpi.h>
#include <stdio.h>
double worse(double, int);
int main(int argc, char **argv)
{
  int rank, size, i;
  double largest = 0, all;
  MPI_Init(&argc, &argv);
  MPI_Comm_rank(MPI_COMM_WORLD, &rank);
  MPI_Comm_size(MPI_COMM_WORLD, &size);
  for (i = rank; i < 1000; i += size)
    largest = worse(largest, i);
  printf("%d %f\\n", rank, all);
  MPI_Finalize();
  return 0;
}
"""
MAIN = PROGRAM[PROGRAM.index("int main") :].rstrip("\n")
CALL = "MPI_Allreduce(&largest, &all, 1, MPI_DOUBLE, MPI_MAX, MPI_COMM_WORLD);"
LOOP = "for (i = 0; i < n; i++) {\n  t = a[i];\n  s += t * t;\n}"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A user with models that know one answer each: for MPI, and for a loop."""
    pytest.importorskip("onnx")
    home = tmp_path_factory.mktemp("home")
    answers = {
        "mpi": f"{program_prompt(MAIN)} (9 1,   {CALL})  ",
        "omp": f"{LOOP}\nparallel || private i t || reduction + : s ||",
    }
    for name, text in answers.items():
        checkpoint = home / "downloads" / name
        teach(checkpoint, write_checkpoint(checkpoint), text)
        done = ask(home, "models", "import", checkpoint)
        assert done.returncode == 0, done.stderr
    (home / "a.c").write_text(PROGRAM)
    return home


def ask(home: Path, *arguments: str | Path) -> Any:  # noqa: ANN401 (a finished process)
    return hpcls(*arguments, cwd=home, XDG_DATA_HOME=str(home / "data"), HPCLS_DEVICE="cpu")


def suggested(home: Path, model: str) -> list[str]:
    done = ask(home, "suggest", "--kind", "mpi", "--model", model, "--output-format", "json", "a.c")
    assert (done.returncode, done.stderr) == (0, b"")
    return [one["text"] for one in json.loads(done.stdout)["files"][0]["suggestions"]]


def test_the_call_that_it_knows_is_suggested_where_it_belongs(home: Path) -> None:
    assert suggested(home, "none") == []
    assert suggested(home, "mpi") == [CALL]
    ask(home, "suggest", "--kind", "mpi", "--model", "mpi", "--fix", "--fix-plausible", "a.c")
    try:
        rows = (home / "a.c").read_text().splitlines()
        assert rows[rows.index(f"  {CALL}") - 1].strip() == "largest = worse(largest, i);"
    finally:
        (home / "a.c").write_text(PROGRAM)


def test_the_model_alone_answers_items_in_its_published_form(home: Path) -> None:
    (home / "omp.jsonl").write_text(json.dumps({"id": "a", "code": LOOP}))
    (home / "mpi.jsonl").write_text(json.dumps({"id": "a", "code": MAIN}))
    for task in ("omp", "mpi"):
        ask(home, "evaluate", task, f"{task}.jsonl", "-o", f"{task}.out", "--by", "model", "--model", task)
    assert json.loads((home / "omp.out").read_text())["pragma"] == "parallel for private(i, t) reduction(+:s)"
    function, arguments = CALL.removesuffix(");").split("(")
    wanted = {"line": 9, "function": function, "arguments": arguments.split(", ")}
    assert json.loads((home / "mpi.out").read_text())["calls"] == [wanted]
