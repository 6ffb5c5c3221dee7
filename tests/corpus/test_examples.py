"""What one document teaches: questions as the server asks them, answers as authors gave them."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Sequence
from pathlib import Path

from hpcls.corpus.dataset import answer_weights
from hpcls.corpus.example_shards import write_examples
from hpcls.corpus.examples import Example, examples_of
from hpcls.corpus.masked import Masked
from hpcls.corpus.model import SPLITS
from hpcls.suggest.mpi.rules.answer import answer_mpi
from hpcls.suggest.prompt import code_prompt, mpi_question
from hpcls.suggest.prompt.gaps import Gaps, proposals
from hpcls.suggest.prompt.words import gap_marker
from hpcls.syntax.mpi import mpi_calls
from hpcls.syntax.scopes import scopes_of
from hpcls.syntax.source import parse
from hpcls.tokens.encode import encode
from tests.corpus.samples import SMOOTH, SUM, Corpus, write

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
    """The questions of a document."""
    return [one for one in all_examples(text) if one.kind != "text"]


def all_examples(text: str) -> list[Example]:
    return list(examples_of(text, "c", has_omp=True, has_mpi=True, seed=1))


def counted(answer: Sequence[str]) -> list[str]:
    """The words of an answer about calls that a model has to say."""
    return [word for word, weight in zip(answer, answer_weights(answer, "mpi"), strict=True) if weight]


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


def test_calls_are_taken_out_and_asked_back_gap_by_gap() -> None:
    whole = examples(PROGRAM)[0]
    assert " ".join(whole.prompt) == (
        "<s> <code> <L1> #include <mpi.h> <nl> <L2> int main ( int var_0 , char * * var_1 ) { <L3> int var_2 ; "
        "<L4> double var_3 , var_4 = 1 , var_5 ; <L5> var_3 = <L6> if ( var_2 == 0 ) "
        "<L7> printf ( str_0 , var_5 - var_3 ) ; <L8> return 0 ; <L9> } <L10> <L11> "
        "<mpi> <facts> rank var_2 time var_3 calls ( var_0 , var_1 , var_4 ) <answer>"
    )
    said = " ".join(counted(whole.answer))
    assert said == (
        "<L5> <L6> MPI_Init ( & var_0 , & var_1 ) MPI_Comm_rank ( MPI_COMM_WORLD , & var_2 ) "
        "<L7> MPI_Wtime ( ) MPI_Reduce ( & var_4 , & var_5 , 1 , MPI_DOUBLE , MPI_SUM , 0 , MPI_COMM_WORLD ) "
        "<L8> <L9> MPI_Finalize ( ) <L10> <end>"
    )
    given = re.sub(r"<facts> [^<]*|MPI_[^<]*", "", " ".join(whole.answer))
    assert given == (
        "<L4> int var_2 calls var_0 <answer> <L5> double var_3 <answer> <L6> var_3 = calls var_4 <answer> "
        "<L7> if ( unknown var_2 <answer> <L8> printf ( rank unknown var_5 <answer> <L9> return 0 <answer> "
        "<L10> } <answer> <end>"
    )


def test_what_the_rules_propose_is_given() -> None:
    answers = [" ".join(one.answer) for one in examples(PROGRAM)]
    init = "<facts> MPI_Init ( & var_0 , & var_1 ) MPI_Comm_rank ( MPI_COMM_WORLD , & var_2 ) "
    given = [answer.partition(init)[2] for answer in answers if init in answer]
    assert any(re.match("[^<]*<answer> MPI_Init", rest) for rest in given)
    assert any("<facts>" not in answer for answer in answers)


def test_a_prompt_is_that_of_the_text_without_the_calls() -> None:
    source = parse(PROGRAM, "program.c", "c")
    scopes, span = scopes_of(source), (0, len(source.data))
    encoded = encode(source, None, span, scopes)
    masked = Masked(encoded, (), encoded.names, source, [call for call in mpi_calls(source) if call.arity_matches])
    example = masked.example(rules := answer_mpi(masked.text()))
    bare = parse(masked.text(), "program.c", "c")
    code = code_prompt(bare, (0, len(bare.data)), scopes_of(bare), 900)
    assert example
    assert example[0] == (*code.words, *mpi_question(code))
    lines = [bare.line(code.encoded.offsets[end - 1][1] - 1) for end in code.ends]
    given = Gaps.of(code.words, mpi_question(code)).given(4, proposals(rules, lines, code.names)[4])
    assert " ".join((gap_marker(4), *given)) in " ".join(example[1])
    assert "<facts>" in given


def test_an_answer_counts_but_for_what_it_is_given() -> None:
    words = (
        "<L4> } <answer> <L5> if ( <facts> MPI_Barrier ( var_0 ) <answer> MPI_Barrier ( var_1 ) <L6> } <answer> <end>"
    )
    assert counted(words.split()) == "<L5> MPI_Barrier ( var_1 ) <L6> <end>".split()


def test_what_is_left_in_is_not_asked() -> None:
    for some in examples(PROGRAM)[1:]:
        left = [word for word in some.prompt if word.startswith("MPI_") and word[4:5].isupper() and word[5:6].islower()]
        asked = [word for word in counted(some.answer) if word.startswith("MPI_") and word[5:6].islower()]
        assert len(left) + len(asked) <= 5


def test_examples_that_differ_in_names_only_are_alike() -> None:
    renamed = LOOPS.replace("double *a", "double *zz").replace("a[", "zz[")
    assert [one.shape for one in examples(LOOPS)] == [one.shape for one in examples(renamed)]
    assert len({one.shape for one in examples(LOOPS)}) == 3


def test_text_is_what_the_author_wrote_directives_and_calls_included() -> None:
    loops, program = (next(one for one in all_examples(text) if one.kind == "text") for text in (LOOPS, PROGRAM))
    assert loops.prompt == ("<s>",)
    assert "#pragma omp parallel for private ( var_1 , var_2 ) schedule ( static )" in " ".join(loops.answer)
    assert "MPI_Init ( & var_0 , & var_1 ) ;" in " ".join(program.answer)
    assert program.answer[-1] == "<end>"


def test_short_functions_stand_together_and_of_a_long_one_its_beginning_is_read() -> None:
    together = [one for one in all_examples("void f(int *a) { a[0] = 1; }\n" * 90) if one.kind == "text"]
    assert [one.answer.count("[") for one in together] == [90]
    (long,) = (one for one in all_examples("void f(int *a) {" + "a[0] = 1;" * 4000 + "}") if one.kind == "text")
    assert 1500 < len(long.answer) < 2000


def _lines(folder: Path, split: str) -> list[dict[str, str]]:
    return [json.loads(line) for line in gzip.decompress((folder / f"{split}.jsonl.gz").read_bytes()).splitlines()]


def test_of_loops_alike_but_for_names_two_stay_whatever_stands_around_them(tmp_path: Path, corpus: Corpus) -> None:
    names = ("x", "yy", "zz", "a")
    files = {f"{name}.c": SUM.replace("*a", f"*{name}").replace("a[", f"{name}[") for name in names}
    others = {"else.c": SUM.replace("double s = 0;", "double s = 3.5;\n  s *= 2;")}
    corpus.build(("folder", write(tmp_path / "a-4", files | others)))
    counts = write_examples(corpus.folder, corpus.fingerprints, tmp_path / "examples", 1)
    assert {key: count for key, count in counts.items() if "omp" in key} == {"omp: train": 4, "omp: alike": 6}
    assert [one["kind"] for one in _lines(tmp_path / "examples", "train")].count("omp") == 4


def test_what_is_alike_in_another_split_is_not_tested_on(tmp_path: Path, corpus: Corpus) -> None:
    train, test = (
        write(tmp_path / "a-4", {"sum.c": SUM}),
        write(tmp_path / "a-39", {"total.c": SUM.replace("sum", "total") + SMOOTH}),
    )
    corpus.build(("folder", train), ("folder", test))
    counts = write_examples(corpus.folder, corpus.fingerprints, tmp_path / "examples", 1)
    assert sum(count for key, count in counts.items() if "omp" in key) == 4
    kept = {split for split in SPLITS for one in _lines(tmp_path / "examples", split) if one["kind"] == "omp"}
    assert len(kept) == 1
    assert counts["omp: alike in another split"] == 2
