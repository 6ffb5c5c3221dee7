"""Text, lines, columns and encodings."""

from __future__ import annotations

import codecs

import pytest

from hpcls.errors import InputError
from hpcls.syntax.languages import language_of
from hpcls.syntax.source import decode, parse, read_source

TEXT = "int f(void)\n{\n  return 'é';\n}\n"


def test_columns_count_code_points() -> None:
    source = parse(TEXT, "a.c")
    offset = source.data.index(b";")
    assert (source.line(offset), source.column(offset)) == (3, len("  return 'é'") + 1)
    assert source.line_text(3) == "  return 'é';"
    assert source.indentation(3) == "  "


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_the_line_ending_is_known(ending: str) -> None:
    assert parse(f"int a;{ending}int b;{ending}", "a.c").newline == ending


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (b"caf\xc3\xa9", "utf-8"),
        (b"caf\xe9", "latin-1"),
        (codecs.BOM_UTF16_LE + "int".encode("utf-16-le"), "utf-16-le"),
    ],
)
def test_every_text_survives_reading_and_writing(data: bytes, encoding: str) -> None:
    text, found = decode(data, "a.c")
    assert found == encoding
    assert text.encode(found) == data


def test_binary_and_missing_files_are_named() -> None:
    with pytest.raises(InputError, match=r"a\.c: a binary file"):
        decode(b"\x7fELF\0", "a.c")
    with pytest.raises(InputError, match=r"nowhere\.c: No such file"):
        read_source("nowhere.c")


@pytest.mark.parametrize(
    ("path", "text", "language"),
    [
        ("a.c", "class x;", "c"),
        ("a.C", "int x;", "cpp"),
        ("a.h", "struct s { int a; };", "c"),
        ("a.h", "namespace n { }", "cpp"),
        ("a.cu", "int x;", "cpp"),
    ],
)
def test_the_language_comes_from_the_name_and_for_headers_from_the_text(path: str, text: str, language: str) -> None:
    assert language_of(path, text.encode()) == language
