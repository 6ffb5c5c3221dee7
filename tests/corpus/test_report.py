"""What a corpus holds, counted."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from hpcls.__main__ import main
from hpcls.corpus.example_shards import write_examples
from hpcls.corpus.report import Size, family, report
from hpcls.corpus.tally import tally
from tests.corpus.samples import FORTRAN, HELLO, SUM, Corpus, write

LOOPS = """\
void f(double *a, int n) {
#pragma omp parallel for schedule(static) num_threads(4)
  for (int i = 0; i < n; i++)
    for (int j = 0; j < 4; j++)
      a[4 * i + j] = 0;
#pragma omp simd
  for (int i = 0; i < n; i++) a[i] += 1;
  for (int i = 1; i < n; i++) a[i] += a[i - 1];
}
"""


def test_loops_are_counted_by_directive_and_clause(tmp_path: Path, corpus: Corpus) -> None:
    corpus.build(
        ("folder", write(tmp_path / "code", {"loops.c": LOOPS, "again.c": LOOPS.replace("f(", "g("), "sum.c": SUM}))
    )
    found = report(corpus.folder, None, None).loops["c"]
    assert (found.annotated, found.annotated_distinct) == (5, 3)
    assert (found.bare, found.bare_distinct) == (2, 1)  # the loop inside a parallel one is no loop without a directive
    assert found.directives == {"parallel for": 3, "simd": 2}
    assert found.clauses == {"schedule": 2, "num_threads": 2, "none": 2, "reduction": 1}


def test_what_only_stands_in_front_of_a_loop_is_none_of_its_directives(tmp_path: Path, corpus: Corpus) -> None:
    text = LOOPS.replace("simd", "single").replace("num_threads(4)", "SMP_SCHEDULE")
    corpus.build(("folder", write(tmp_path / "code", {"loops.c": text})))
    found = report(corpus.folder, None, None).loops["c"]
    assert (found.directives, found.bare) == ({"parallel for": 1}, 2)
    assert found.clauses == {"schedule": 1, "a project's macro": 1}


def test_fortrans_loops_and_calls_are_counted(tmp_path: Path, corpus: Corpus) -> None:
    text = FORTRAN.replace("parallel do", "parallel do private(i) &\n!$omp& schedule(static)")
    calls = "  call MPI_Init(ierr)\n! call MPI_Send(no)\n  CALL mpi_finalize(ierr)\nend\n"
    corpus.build(("folder", write(tmp_path / "code", {"add.f90": text, "main.f90": calls})))
    add, init = corpus.documents().values()
    (loop,) = tally(add).annotated
    assert (loop.directive, loop.clauses) == ("parallel for", {"private", "schedule"})
    assert tally(init).calls == ("MPI_Init", "MPI_Finalize")
    assert tally(init).is_program


def test_files_tokens_programs_and_drops_are_counted_without_copies(tmp_path: Path, corpus: Corpus) -> None:
    one = write(tmp_path / "one", {"sum.c": SUM, "hello.c": HELLO, "bug1.c": SUM})
    two = write(tmp_path / "two", {"copy.c": SUM, "more.c": SUM.replace("sum", "total"), "LICENSE": "MIT License"})
    corpus.build(("folder", one), ("folder", two))
    write_examples(corpus.folder, corpus.fingerprints, tmp_path / "examples", 1)
    found = report(corpus.folder, tmp_path / "examples", None)
    assert found.sizes["all"].files == 3
    assert found.sizes["OpenMP"] == Size(2, 2 * len(SUM) + 2, 106)
    assert found.sizes["train"].files == 3
    assert (found.mpi_programs, found.mpi_calls["MPI_Comm_rank"]) == (1, 1)
    assert found.dropped == {"duplicate": 1, "wrong on purpose": 1}
    assert found.examples["omp: train"] == 4
    assert (found.sources, found.files) == ({"none": 1, "MIT": 1}, {"none": 2, "MIT": 1})


@pytest.mark.parametrize(
    ("licence", "expected"),
    [
        ("GPL-2+ with exception", "GPL"),
        ("LGPL-2.1+", "LGPL"),
        ("AGPL-3", "AGPL"),
        ("Expat or GPL-2", "MIT"),
        ("x", "x"),
    ],
)
def test_licences_are_summed_up_by_family(licence: str, expected: str) -> None:
    assert family(licence) == expected


def test_the_command_prints_a_table_or_json_and_draws(
    tmp_path: Path, corpus: Corpus, capsys: pytest.CaptureFixture[str]
) -> None:
    pytest.importorskip("matplotlib", reason="matplotlib comes with hpcls[train]")
    corpus.build(("folder", write(tmp_path / "code", {"loops.c": LOOPS, "hello.c": HELLO})))
    picture = tmp_path / "report.png"
    command = ["corpus", "report", str(corpus.folder), "-j", "1"]
    assert main([*command, "--plot", str(picture)]) == 0
    lines = [line.split() for line in capsys.readouterr().out.splitlines()]
    assert ["c", "2", "2", "1", "1"] in lines
    assert ["num_threads", "1"] in lines
    assert picture.read_bytes().startswith(b"\x89PNG")
    assert main([*command, "--output-format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["loops"]["c"]["annotated"] == 2


def test_a_folder_without_a_corpus_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["corpus", "report", str(tmp_path), "-j", "1"]) == 2
    assert f"{tmp_path}: no corpus" in capsys.readouterr().err
