"""Words to ids and back."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hpcls.errors import ModelError
from hpcls.suggest.prompt.words import CONTROL_WORDS, line_marker
from hpcls.syntax.mpi import mpi_functions
from hpcls.tokens.pieces import Pieces

FOLDER = Path(__file__).parents[2] / "tokenizer"
PIECES = Pieces.load(FOLDER)


def test_symbols_control_words_and_the_names_of_mpi_are_one_id_each() -> None:
    for word in (*CONTROL_WORDS, line_marker(1), line_marker(383), "var_0", "arr_7", "reduction", "+", "&&", "for"):
        assert len(PIECES.spell(word)) == 1, word
    for function in mpi_functions():
        assert function.name.endswith("_c") or PIECES.is_known(function.name)


WORDS = st.one_of(
    st.sampled_from(["for", "var_3", "var_3000", "MPI_Send", "<end>", "format", "0.125f", "'\\n'"]),
    st.text(st.characters(min_codepoint=0x21, max_codepoint=0x7E), min_size=1, max_size=12),
)


@given(st.lists(WORDS, max_size=30))
def test_words_come_back(words: list[str]) -> None:
    ids = PIECES.encode(words)
    assert PIECES.decode(ids) == words
    assert all(0 <= one < PIECES.size for one in ids)


def test_a_word_that_is_spelled_has_no_id_of_its_own() -> None:
    with pytest.raises(ModelError, match="var_3000"):
        PIECES.id("var_3000")


def test_a_broken_vocabulary_is_named(tmp_path: Path) -> None:
    (tmp_path / "pieces.model").write_bytes(b"no protobuf")
    with pytest.raises(ModelError, match=r"pieces\.model"):
        Pieces.load(tmp_path)
