"""`hpcls models import`: a published checkpoint becomes a model that is listed, verified, asked and scored by name."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from hpcls.cli.models_import import tasks_of
from tests.published import write_checkpoint

from .running import hpcls, lines

PROGRAM = """\
#include <mpi.h>
double part[1000000];
int main(int argc, char **argv)
{
  int rank, size, i;
  double sum = 0;
  for (i = 0; i < 1000000; i++) {
    sum += part[i];
  }
  return sum > 0;
}
"""


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A user with the published models `tiny_omp` and `tiny_mpi`."""
    pytest.importorskip("onnx")
    home = tmp_path_factory.mktemp("home")
    for name in ("tiny_omp", "tiny_mpi"):
        write_checkpoint(home / "downloads" / name)
        done = hpcls("models", "import", home / "downloads" / name, cwd=home, XDG_DATA_HOME=str(home / "data"))
        assert done.returncode == 0, done.stderr
        assert b"| int8 |" in done.stdout
    return home


def ask(home: Path, *arguments: str | Path) -> Any:  # noqa: ANN401 (a finished process)
    return hpcls(*arguments, cwd=home, XDG_DATA_HOME=str(home / "data"))


def test_it_is_listed_behind_the_shipped_ones(home: Path) -> None:
    listed = json.loads(ask(home, "models", "list", "--output-format", "json").stdout)
    own = [model for model in listed if model["name"].startswith("tiny")]
    assert listed[-2:] == own
    assert [(model["name"], model["tasks"]) for model in own] == [("tiny_mpi", ["mpi"]), ("tiny_omp", ["omp"])]
    assert [(model["default"], model["fault"], model["licence"], model["scores"]) for model in own] == [
        (False, None, "not stated", None)
    ] * 2
    assert all(0 < model["megabytes"] < 2 for model in own)
    assert "tiny_omp: omp on cpu and cuda; " in ask(home, "models", "list").stdout.decode()


def test_it_is_verified_and_its_damage_is_named(home: Path) -> None:
    done = ask(home, "models", "verify", "tiny_omp", "--device", "cpu")
    assert lines(done.stdout) == ["tiny_omp: good, runs on cpu"]
    data = home / "data" / "hpcls" / "models" / "tiny_omp" / "model.int8.onnx.data"
    whole = data.read_bytes()
    data.write_bytes(whole[:-100])
    try:
        done = ask(home, "suggest", "--model", "tiny_omp", home / "a.c")
        assert done.returncode == 2
        assert b"model.int8.onnx.data: damaged, cut short or swapped" in done.stderr
    finally:
        data.write_bytes(whole)


def test_what_is_suggested_is_what_the_analysis_proves_and_the_model_says_how_likely_it_is(home: Path) -> None:
    (home / "a.c").write_text(PROGRAM)
    texts: dict[str, list[str]] = {}
    likely: dict[str, list[float]] = {}
    for model in ("none", "tiny_omp", "tiny_mpi"):
        done = ask(home, "suggest", "--model", model, "--kind", "openmp", "--output-format", "json", "a.c")
        assert (done.returncode, done.stderr) == (0, b"")
        found = json.loads(done.stdout)["files"][0]["suggestions"]
        texts[model] = [one["text"] for one in found]
        likely[model] = [one["confidence"] for one in found]
    assert texts["none"] == texts["tiny_omp"] == texts["tiny_mpi"] == ["#pragma omp parallel for reduction(+:sum)"]
    assert likely["tiny_omp"] != likely["none"]
    assert likely["tiny_mpi"] == likely["none"], "it was not trained for loops"


@pytest.mark.parametrize("way", ["model", "both"])
def test_it_answers_the_items_of_its_task_and_no_others(home: Path, way: str) -> None:
    (home / "omp.jsonl").write_text(json.dumps({"code": "for (i = 0; i < n; i++) {\n  t = a[i];\n  s += t;\n}"}))
    (home / "mpi.jsonl").write_text(json.dumps({"code": PROGRAM.split("\n", 1)[1]}))
    for task in ("omp", "mpi"):
        done = ask(home, "evaluate", task, f"{task}.jsonl", "-o", "out.jsonl", "--by", way, "--model", f"tiny_{task}")
        assert (done.returncode, done.stderr) == (0, b"")
        answer = json.loads((home / "out.jsonl").read_text())
        assert answer["id"] == f"{task}-0000"
        assert answer["pragma"].startswith("parallel for") if task == "omp" else isinstance(answer["calls"], list)
    done = ask(home, "evaluate", "omp", "omp.jsonl", "-o", "out.jsonl", "--by", way, "--model", "tiny_mpi")
    assert done.returncode == 2
    assert b"it was trained for mpi, not for omp" in done.stderr


def test_a_folder_of_ones_own_and_tasks_of_ones_own(home: Path) -> None:
    done = ask(home, "models", "import", "downloads/tiny_omp", "-o", "here", "--task", "mpi", "--task", "omp")
    assert lines(done.stderr) == ["hpcls: here: asked for omp and mpi; --task says it otherwise"]
    assert lines(ask(home, "models", "verify", "here", "--device", "cpu").stdout) == ["here: good, runs on cpu"]


@pytest.mark.parametrize(("path", "told"), [("nowhere", b"config.json: No such file"), (".", b"config.json: No such")])
def test_what_is_no_checkpoint_is_an_error_in_one_line(home: Path, path: str, told: bytes) -> None:
    done = ask(home, "models", "import", path)
    assert (done.returncode, len(lines(done.stderr))) == (2, 1)
    assert told in done.stderr


def test_a_checkpoint_is_asked_for_what_its_name_says() -> None:
    assert tasks_of("MonoCoder_OMP") == ("omp",)
    assert tasks_of("mpirigen") == ("mpi",)
    assert tasks_of("MonoCoder") == ("omp", "mpi")
