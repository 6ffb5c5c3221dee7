"""What of tune and test resembles a training file, whatever its names, is left out."""

from __future__ import annotations

import re
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from hpcls.corpus.report import report
from hpcls.corpus.resemblance import Containment, windows
from tests.corpus.samples import HELLO, SMOOTH, SUM, Corpus, write

RENAMED = re.sub(r"\bs\b", "t", SUM).replace("sum", "total")


def _share(text: str, other: str) -> float:
    return float(Containment([windows(text, "c")]).shares(windows(other, "c"))[0])


def test_names_literals_layout_and_what_is_included_hide_nothing() -> None:
    other = '#include "mine.h"\n' + RENAMED.replace("s = 0", "s = 100").replace("\n", "\n  ") + SMOOTH
    assert _share(SUM, other) == 1.0


def test_names_of_mpi_and_keywords_are_not_apart() -> None:
    assert _share(HELLO, HELLO.replace("argc", "count")) == 1.0
    assert _share(HELLO, HELLO.replace("MPI_Comm_rank", "MPI_Comm_size")) < 1.0
    assert _share(SUM, SUM.replace("double", "float")) < 1.0


def test_other_code_and_what_is_shorter_than_a_window_resemble_nothing() -> None:
    assert _share(SMOOTH, SUM) < 0.2
    assert _share("int n = 0;", "int n = 0;") == 0.0


def test_a_name_is_told_from_another_within_a_window() -> None:
    one = "a[i] = b[i] + c[j]; "
    assert _share(one, one.replace("c[j]", "c[i]")) < 1.0


WORDS = st.lists(st.sampled_from(["a", "b", "c", "for", "MPI_Send", "(", ";", "1", '"x"']), max_size=40)


def _spelled_out(words: list[str]) -> set[tuple[str, ...]]:
    """The windows by their definition: names numbered by their first appearance in each, literals one word."""
    found: set[tuple[str, ...]] = set()
    for start in range(len(words) - 11):
        numbers: dict[str, str] = {}
        shown = (re.sub(r'\d+|"x"', "0", word) for word in words[start : start + 12])
        found.add(tuple(numbers.setdefault(one, str(len(numbers))) if one in "abc" else f"'{one}" for one in shown))
    return found


@given(WORDS, WORDS)
def test_the_share_is_that_of_the_windows_spelled_out(one: list[str], other: list[str]) -> None:
    mine, theirs = _spelled_out(one), _spelled_out(other)
    assert _share(" ".join(one), " ".join(other)) == len(mine & theirs) / max(1, len(mine))


def test_each_text_gets_its_own_share() -> None:
    texts = [windows(text, "c") for text in (SUM, "", SMOOTH, SUM + SMOOTH)]
    whole, short, other, longer = Containment(texts).shares(windows(SUM, "c")).tolist()
    assert (whole, short, other) == (1.0, 0.0, 0.0)
    assert 0.3 < longer < 0.6


def test_a_test_file_that_resembles_a_training_file_is_left_out_and_counted(tmp_path: Path, corpus: Corpus) -> None:
    train = ("folder", write(tmp_path / "a-4", {"mine.c": SUM + SMOOTH}))
    test = ("folder", write(tmp_path / "a-39", {"theirs.c": RENAMED, "hello.c": HELLO}))
    corpus.build(test)
    assert set(corpus.documents()) == {"a-39/theirs.c", "a-39/hello.c"}
    corpus.build(train)
    assert set(corpus.documents()) == {"a-4/mine.c", "a-39/hello.c"}
    assert report(corpus.folder, None, None).dropped == {"resembles a training file": 1}
    write(tmp_path / "a-4", {"mine.c": SMOOTH.replace("void", "#pragma omp declare simd\nvoid")})
    corpus.build(train)
    assert set(corpus.documents()) == {"a-4/mine.c", "a-39/theirs.c", "a-39/hello.c"}


def test_training_files_may_resemble_each_other(tmp_path: Path, corpus: Corpus) -> None:
    corpus.build(
        *(("folder", write(tmp_path / name, {"sum.c": text})) for name, text in [("a-4", SUM), ("b", RENAMED)])
    )
    assert len(corpus.documents()) == 2
