"""What one document teaches: questions as the server asks them, answers as authors gave them."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

from hpcls.corpus.example_shards import write_examples
from hpcls.corpus.examples import Example, examples_of
from hpcls.corpus.model import SPLITS
from tests.corpus.samples import SUM, Corpus, write

LOOPS = """\
void scale(double *a, double *b, int n) {
    double t;
    int i;
#pragma omp parallel for private(t, i) schedule(static)
    for (i = 0; i < n; i++) {
        t = a[i];
        b[i] = t * t;
    }
    for (i = 1; i < n; i++) a[i] += a[i - 1];
}
"""

PROGRAM = """\
#include <mpi.h>
int main(int argc, char **argv) {
    int rank;
    double t0, part = 1, all;
    MPI_Init(&argc, &argv);
    MPI_Comm_rank(MPI_COMM_WORLD, &rank);
    t0 = MPI_Wtime();
    MPI_Reduce(&part, &all,
               1, MPI_DOUBLE, MPI_SUM, 0, MPI_COMM_WORLD);
    if (rank == 0) printf("%g", all - t0);
    MPI_Finalize();
    return 0;
}
"""


def examples(text: str) -> list[Example]:
    return list(examples_of(text, "c", has_omp=True, has_mpi=True, seed=1))


def test_a_loop_is_asked_about_alone_and_in_its_function_without_its_directive() -> None:
    alone, within, none = examples(LOOPS)
    assert " ".join(alone.prompt) == (
        "<s> <code> <L1> for ( var_0 = 0 ; var_0 < var_1 ; var_0 ++ ) { <L2> var_2 = arr_0 [ var_0 ] ; "
        "<L3> arr_1 [ var_0 ] = var_2 * var_2 ; <L4> } <L5> <L6> <omp> <L1> <facts> independent counter var_0 "
        "private ( var_2 ) <answer>"
    )
    assert " ".join(alone.answer) == "parallel for private ( var_0 , var_2 ) schedule ( static ) <end>"
    assert " ".join(within.answer) == "parallel for private ( var_2 , var_1 ) schedule ( static ) <end>"
    assert "#pragma" not in within.prompt
    assert none.answer == ("<none>", "<end>")
    assert "dependent" in none.prompt


def test_calls_are_taken_out_and_asked_back_with_their_lines() -> None:
    whole = examples(PROGRAM)[0]
    assert " ".join(whole.prompt) == (
        "<s> <code> <L1> int main ( int var_0 , char * * var_1 ) { <L2> int var_2 ; "
        "<L3> double var_3 , var_4 = 1 , var_5 ; <L4> var_3 = <L5> if ( var_2 == 0 ) "
        "<L6> printf ( str_0 , var_5 - var_3 ) ; <L7> return 0 ; <L8> } <L9> <L10> "
        "<mpi> <facts> rank var_2 time var_3 calls ( var_0 , var_1 , var_4 ) <answer>"
    )
    assert " ".join(whole.answer) == (
        "<L5> MPI_Init ( & var_0 , & var_1 ) <L5> MPI_Comm_rank ( MPI_COMM_WORLD , & var_2 ) <L6> MPI_Wtime ( ) "
        "<L6> MPI_Reduce ( & var_4 , & var_5 , 1 , MPI_DOUBLE , MPI_SUM , 0 , MPI_COMM_WORLD ) <L8> MPI_Finalize ( ) "
        "<end>"
    )


def test_what_is_left_in_is_not_asked() -> None:
    for some in examples(PROGRAM)[1:]:
        left = [word for word in some.prompt if word.startswith("MPI_") and word[4:5].isupper() and word[5:6].islower()]
        asked = [word for word in some.answer if word.startswith("MPI_") and word[5:6].islower()]
        assert asked
        assert len(left) + len(asked) == 5


def test_examples_that_differ_in_names_only_are_alike() -> None:
    renamed = LOOPS.replace("double *a", "double *zz").replace("a[", "zz[")
    assert [one.shape for one in examples(LOOPS)] == [one.shape for one in examples(renamed)]
    assert len({one.shape for one in examples(LOOPS)}) == 3


def _lines(folder: Path, split: str) -> list[dict[str, str]]:
    return [json.loads(line) for line in gzip.decompress((folder / f"{split}.jsonl.gz").read_bytes()).splitlines()]


def test_of_loops_alike_but_for_names_two_stay_whatever_stands_around_them(tmp_path: Path, corpus: Corpus) -> None:
    names = ("x", "yy", "zz", "a")
    files = {f"{name}.c": SUM.replace("*a", f"*{name}").replace("a[", f"{name}[") for name in names}
    others = {"else.c": SUM.replace("double s = 0;", "double s = 3.5;\n  s *= 2;")}
    corpus.build(("folder", write(tmp_path / "a-4", files | others)))
    counts = write_examples(corpus.folder, corpus.fingerprints, tmp_path / "examples", 1)
    assert counts == {"omp: train": 4, "omp: alike": 6}
    assert len(_lines(tmp_path / "examples", "train")) == 4


def test_what_is_alike_in_another_split_is_not_tested_on(tmp_path: Path, corpus: Corpus) -> None:
    train, test = (
        write(tmp_path / "a-4", {"sum.c": SUM}),
        write(tmp_path / "a-39", {"total.c": SUM.replace("sum", "total")}),
    )
    corpus.build(("folder", train), ("folder", test))
    counts = write_examples(corpus.folder, corpus.fingerprints, tmp_path / "examples", 1)
    assert sum(counts.values()) == 4
    kept = {split for split in SPLITS if _lines(tmp_path / "examples", split)}
    assert len(kept) == 1
    assert counts["omp: alike in another split"] == 2
