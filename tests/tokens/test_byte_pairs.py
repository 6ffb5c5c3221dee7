"""Any text is spelled in pieces that are runs of its bytes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hpcls.errors import ModelError
from hpcls.tokens.byte_pairs import BytePairs, in_bytes
from tests.published import PIECES, write_vocabulary

pytest.importorskip("tokenizers")

from hpcls.training.neox_vocabulary import read_vocabulary


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    folder: Path = tmp_path_factory.mktemp("vocabulary")
    write_vocabulary(folder)
    return read_vocabulary(folder)


@pytest.fixture(scope="module")
def pieces(data: bytes) -> BytePairs:
    return BytePairs.read(data, "tiny")


@given(text=st.text(st.characters(exclude_categories=["Cs"])))
def test_pieces_are_runs_of_bytes(pieces: BytePairs, text: str) -> None:
    ids = pieces.encode(text)
    assert "".join(pieces.pieces[i] for i in ids) == in_bytes(text)
    assert pieces.spelled(in_bytes(text)) == ids


def test_a_program_that_spells_the_end_does_not_end(pieces: BytePairs) -> None:
    assert pieces.size == PIECES
    assert pieces.pieces[pieces.end] == ""
    assert pieces.end not in pieces.encode("a <|endoftext|> b")


@pytest.mark.parametrize("content", [b"", b"\xff", b"{}", b"[1]"])
def test_what_is_no_vocabulary_is_refused(content: bytes) -> None:
    with pytest.raises(ModelError, match="broken: no vocabulary"):
        BytePairs.read(content, "broken")


def test_a_vocabulary_of_another_family_is_refused(data: bytes) -> None:
    without_end = data.replace(b"<|endoftext|>", b"</s>")
    with pytest.raises(ModelError, match=r"it has no <\|endoftext\|>"):
        BytePairs.read(without_end, "llama")
    words = json.loads(data) | {"pre_tokenizer": {"type": "Whitespace"}}
    with pytest.raises(ModelError, match="not runs of bytes"):
        BytePairs.read(json.dumps(words).encode(), "words")
