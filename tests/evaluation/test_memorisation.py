"""Runs of tokens that answers share with training files."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from hpcls.corpus.model import Document
from hpcls.evaluation.memorisation import Answer, Comparison, tokens_apart
from hpcls.evaluation.suffix_automaton import SuffixAutomaton

WORDS = st.lists(st.sampled_from("abc"), max_size=12)


def _common(text: list[str], end: int, stream: list[str]) -> int:
    """The longest suffix of `text[:end]` that `stream` holds, by trying."""
    joined = "".join(stream)
    return max(length for length in range(end + 1) if "".join(text[end - length : end]) in joined)


@given(st.lists(WORDS, min_size=1, max_size=4), st.lists(WORDS, max_size=3))
def test_the_automaton_finds_what_trying_finds(texts: list[list[str]], streams: list[list[str]]) -> None:
    automaton = SuffixAutomaton(texts)
    most: dict[int, int] = {}
    for stream in streams:
        for state, length in automaton.read(stream).items():
            most[state] = max(most.get(state, 0), length)
    for text in texts:
        found = [length for length, _ in automaton.shared(text, most)]
        wanted = [max((_common(text, end, stream) for stream in streams), default=0) for end in range(1, len(text) + 1)]
        assert found == wanted


def _document(path: str, text: str) -> Document:
    return Document("me/code", path, "c", "MIT", "train", True, True, "", text)


def test_names_and_layout_hide_nothing() -> None:
    answer = Answer("1", tokens_apart("MPI_Init(&argc, &argv);\nMPI_Send(&x, 1, MPI_INT, peer, 0, comm);\n", "c"))
    training = [
        _document("other.c", "void f(void) { MPI_Init(0, 0); }"),
        _document("same.c", "int main(int n, char **v) { double buffer; MPI_Comm c;\n"
                  "MPI_Init(&n,&v); /* begin */ MPI_Send(&buffer, 1, MPI_INT,\n n, 0, c); }"),
    ]  # fmt: skip
    comparison = Comparison([answer])
    (found,) = comparison.shared((one.path, comparison.read(one)) for one in training)
    assert found.is_whole
    assert found.place == "same.c"
    assert found.tokens[:5] == ("MPI_Init", "(", "&", "name", ",")


def test_a_part_is_told_with_the_file_that_has_it() -> None:
    directive = tokens_apart("#pragma omp parallel for private(i) collapse(2)\n", "c")
    comparison = Comparison([Answer("1", directive), Answer("2", tokens_apart("#pragma omp simd\n", "c"))])
    text = "void f(int n) {\n#pragma omp parallel for private(k) schedule(static)\nfor (int k = 0; k < n; k++);\n}\n"
    one, other = comparison.shared((path, comparison.read(_document(path, text))) for path in ("a.c", "b.c"))
    assert one.tokens == ("#pragma", "omp", "parallel", "for", "private", "(", "name", ")")
    assert (one.place, one.files, one.is_whole) == ("a.c", 2, False)
    assert other.tokens == ("#pragma", "omp")
