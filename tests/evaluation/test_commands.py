"""The commands that measure on the project's own split, as whoever repeats the figures runs them."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from hpcls.corpus.example_shards import write_examples
from hpcls.inference.calibration import Calibration
from hpcls.suggest.advisor import Advisor
from scripts.calibration import outcomes, place_of, rows
from tests.corpus.samples import HELLO, SUM, Corpus, write

TRAIN, TEST = "a-4", "a-39"
"""Repositories of these splits: see tests/corpus/test_rules.py."""


@pytest.fixture
def corpus(tmp_path: Path) -> Corpus:
    """A training and a test repository."""
    corpus = Corpus(tmp_path)
    program = HELLO.replace("printf", "MPI_Barrier(MPI_COMM_WORLD);\n  printf")
    train = write(tmp_path / TRAIN, {"sum.c": SUM, "hello.c": program})
    test = write(tmp_path / TEST, {"product.c": SUM.replace("+", "*").replace("sum", "product"), "begin.c": HELLO})
    corpus.build(("folder", train), ("folder", test))
    return corpus


def _run(script: str, *arguments: str | Path) -> str:
    command = [sys.executable, "-m", f"scripts.{script}", *map(str, arguments)]
    done = subprocess.run(command, cwd=Path(__file__).parents[2], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_loops_of_test_repositories_are_scored(tmp_path: Path, corpus: Corpus) -> None:
    kept = tmp_path / "answers.jsonl"
    table = _run("own_split", corpus.folder, "--by", "analysis", "-o", kept, "-j", "2")
    assert table.startswith("| 1 annotated loops | analysis |")
    (line,) = [json.loads(line) for line in kept.read_text().splitlines()]
    assert line["id"] == f"{TEST}/product.c:4"
    assert line["pragma"] == "#pragma omp parallel for reduction(*:s)"


def test_the_verdicts_on_annotated_loops_are_counted_and_the_refuted_listed(tmp_path: Path) -> None:
    corpus = Corpus(tmp_path)
    racy = SUM.replace("for reduction(+ : s)", "for").replace("s += ", "s = 0.5 * s + ")
    assert racy != SUM
    corpus.build(("folder", write(tmp_path / TEST, {"sum.c": SUM, "racy.c": racy})))
    told = _run("refuted", corpus.folder, "--list", "refuted")
    assert "2 loops with a directive: 1 proved, 1 refuted, 0 unknown" in told
    assert f"{TEST}/racy.c:4  #pragma omp parallel for" in told
    assert "s, read here, holds what an earlier iteration wrote" in told


def test_what_is_offered_where_authors_wrote_nothing_is_drawn(tmp_path: Path) -> None:
    corpus = Corpus(tmp_path)
    scaled = "void scale(double *a, int n) {\n  for (int i = 0; i < n; i++)\n    a[i] = 0.5 * a[i] + i;\n}\n"
    corpus.build(("folder", write(tmp_path / TEST, {"sum.c": SUM + scaled})))
    told = _run("offered", corpus.folder, "--evidence", "proved")
    assert told.startswith("1 directives offered in 1 files: 1 proved OMP001")
    assert f"{TEST}/sum.c:9-10  proved" in told


def test_what_answers_share_with_training_files_is_printed(tmp_path: Path, corpus: Corpus) -> None:
    calls = [
        {"line": 5, "function": "MPI_Comm_rank", "arguments": ["MPI_COMM_WORLD", "&me"]},
        {"line": 9, "function": "MPI_Send", "arguments": ["&me", "1", "MPI_INT", "0", "0", "MPI_COMM_WORLD"]},
    ]
    path = tmp_path / "answers.jsonl"
    path.write_text(json.dumps({"id": "one", "calls": calls}) + "\n" + json.dumps({"id": "two", "calls": []}) + "\n")
    table = _run("memorisation", path, corpus.folder)
    assert "longest run shared with a training file: 8 tokens" in table
    assert (
        f"8 tokens, one and {TRAIN}/hello.c (one of 1 files):\n    MPI_Comm_rank ( MPI_COMM_WORLD , & name ) ;" in table
    )


def test_each_clause_and_function_is_asked_about(tmp_path: Path, corpus: Corpus, advisor: Advisor) -> None:
    write_examples(corpus.folder, corpus.fingerprints, tmp_path / "examples", 1)
    found = list(outcomes(tmp_path / "examples", "test", advisor))
    assert all(0 <= one.probability <= 1 for one in found)
    reduction = [one for one in found if one.about == "reduction"]
    assert [one.as_written for one in reduction] == [True]
    assert [one.as_written for one in found if one.about == "schedule"] == [False]
    functions = [one for one in found if one.about == "MPI function"]
    assert len(functions) >= 3
    calls = [one for one in found if one.about == "MPI call"]
    assert len(calls) > len(functions)
    assert any(line.startswith(f"| MPI function | {len(functions)} |") for line in rows(found, Calibration()))


def test_a_clauses_place_is_in_front_of_those_that_come_behind_it() -> None:
    answer = "parallel for reduction ( + : var_0 ) schedule ( static ) <end>".split()
    assert place_of("private", answer) == answer.index("reduction")
    assert place_of("collapse", answer) == answer.index("schedule")
    assert place_of("schedule", answer[:-5]) == len(answer) - 6
