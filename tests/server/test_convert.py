"""Positions in the units of the client, bytes inside."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lsprotocol import types

from hpcls.server.convert import TextIndex
from hpcls.suggest.report import Edit

from .client import units

ENCODINGS = ("utf-8", "utf-16", "utf-32")
TEXTS = st.text(st.sampled_from("a;é漢😀\t\n\r\f\x85\u2028"), max_size=40)


@pytest.mark.parametrize("encoding", ENCODINGS)
@given(text=TEXTS)
def test_every_position_comes_back(encoding: str, text: str) -> None:
    """Lines end at \\n, \\r\\n and \\r only: not at a form feed, nor at U+2028."""
    index = TextIndex(text.encode(), encoding)
    for offset in range(len(text) + 1):
        if text[offset - 1 : offset + 1] == "\r\n":
            continue
        lines = re.split(r"\r\n|\r|\n", text[:offset])
        position = types.Position(len(lines) - 1, units(lines[-1], encoding))
        at = len(text[:offset].encode())
        assert index.position(at) == position
        assert index.offset(position) == at


@pytest.mark.parametrize(("encoding", "character"), [("utf-8", 5), ("utf-16", 3), ("utf-32", 2)])
def test_the_units_of_a_smile(encoding: str, character: int) -> None:
    index = TextIndex("x😀y".encode(), encoding)
    assert index.offset(types.Position(0, character)) == 5
    assert index.place(types.Position(0, character)) == (1, 3)


def test_a_position_inside_a_character_is_its_start() -> None:
    assert TextIndex("😀".encode(), "utf-16").offset(types.Position(0, 1)) == 0
    assert TextIndex("é".encode(), "utf-8").offset(types.Position(0, 1)) == 0


def test_positions_beyond_the_end_are_the_end() -> None:
    index = TextIndex(b"ab\r\ncd", "utf-16")
    assert index.offset(types.Position(0, 99)) == 2
    assert index.offset(types.Position(1, 99)) == 6
    assert index.offset(types.Position(99, 0)) == 6
    assert TextIndex(b"", "utf-16").offset(types.Position(3, 3)) == 0


def test_an_edit_counts_code_points_and_the_client_utf_16() -> None:
    index = TextIndex("/* 😀 */ x;\r\n".encode(), "utf-16")
    edit = index.text_edit(Edit(1, 9, 1, 10, "y"))
    assert edit.range == types.Range(types.Position(0, 9), types.Position(0, 10))


def test_a_header_ends_with_the_text_of_its_line() -> None:
    index = TextIndex(b"  for (;;)  \r\n    x++;", "utf-16")
    assert index.header(1, 3) == types.Range(types.Position(0, 2), types.Position(0, 10))
    assert index.header(9, 3) == types.Range(types.Position(1, 8), types.Position(1, 8))
