"""The documents that a figure is of."""

from __future__ import annotations

from pathlib import Path

from hpcls.evaluation.asked import asked, with_openmp
from tests.corpus.samples import FORTRAN, HELLO, SMOOTH, SUM, Corpus, write


def test_those_of_a_split_and_of_some_sources_alone(tmp_path: Path) -> None:
    corpus = Corpus(tmp_path)
    old = {"sum.c": SUM, "add.f90": FORTRAN}
    corpus.build(("folder", write(tmp_path / "a-4", {"smooth.c": f"{SMOOTH}#pragma omp barrier\n"})))
    corpus.build(("folder", write(tmp_path / "a-39", old)), ("folder", write(tmp_path / "me+late", {"hello.c": HELLO})))
    corpus.build(("folder", tmp_path / "me+late"), split="test")
    listed = tmp_path / "late.tsv"
    listed.write_text("folder\tme/late\t\t\t\t\t\ttest\n")
    assert [one.path for one in asked(corpus.folder, "test")] == ["sum.c", "hello.c"]
    assert [one.path for one in asked(corpus.folder, "test", sources=str(listed))] == ["hello.c"]
    assert [one.path for one in with_openmp(corpus.folder, "train", "test")] == ["sum.c", "smooth.c"]
