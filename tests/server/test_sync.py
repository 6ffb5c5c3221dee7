"""The server's text is the client's, whatever is typed, in every encoding."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from .client import Buffer, ServerProcess, open_buffer

ENCODINGS = ("utf-8", "utf-16", "utf-32")
PIECES = (
    "",
    "x",
    "é",
    "漢字",
    "😀",
    "\n",
    "\r\n",
    "\r",
    "\t",
    "\f",
    "for (;;)",
    "{\r\n}",
    "#pragma omp 😀\n",
    "\u2028",
)
START = "int main(void)\r\n{\r\n  /* é 漢 😀 */ int s = 0;\n  for (;;)\r\n    s++;\r\n}\r\n"


@pytest.fixture(scope="module", params=ENCODINGS)
def client(request: pytest.FixtureRequest) -> Iterator[tuple[ServerProcess, str]]:
    encoding: str = request.param
    with ServerProcess(environment={"HPCLS_TEST": "1"}) as process:
        capabilities = process.initialize(
            {"general": {"positionEncodings": [encoding]}, "textDocument": {"diagnostic": {}}}
        )
        assert capabilities["positionEncoding"] == encoding
        yield process, encoding


def test_a_thousand_random_edits(client: tuple[ServerProcess, str]) -> None:
    process, encoding = client
    dice = random.Random(encoding)
    buffer = open_buffer(process, START, Path("random.c"), encoding=encoding)
    for step in range(1000):
        buffer.send(*(_random_change(buffer, dice) for _ in range(dice.choice((1, 1, 1, 3)))))
        if step % 50 == 0:
            assert buffer.servers_text() == {"text": buffer.text, "version": buffer.version}
            assert buffer.diagnostics()["kind"] == "full"
    assert buffer.servers_text() == {"text": buffer.text, "version": buffer.version}
    assert len(buffer.text) > 300


def _random_change(buffer: Buffer, dice: random.Random) -> dict[str, object]:
    start, end = sorted(_place(buffer.text, dice) for _ in range(2))
    if len(buffer.text) < 3000:
        end = _no_half(buffer.text, min(end, start + dice.randrange(5)))
    return buffer.replace(start, end, dice.choice(PIECES))


def _place(text: str, dice: random.Random) -> int:
    return _no_half(text, dice.randrange(len(text) + 1))


def _no_half(text: str, offset: int) -> int:
    """Not between the two halves of a line ending, where no position points to."""
    return offset - 1 if text[offset - 1 : offset + 1] == "\r\n" else offset


def test_the_whole_text_at_once(client: tuple[ServerProcess, str]) -> None:
    process, encoding = client
    buffer = open_buffer(process, START, Path("whole.c"), encoding=encoding)
    buffer.send({"text": "int x;\n"}, {"text": "int 😀;\n"})
    assert buffer.servers_text() == {"text": "int 😀;\n", "version": 2}


def test_a_swapped_range_is_a_range(client: tuple[ServerProcess, str]) -> None:
    process, encoding = client
    buffer = open_buffer(process, "abcdef", Path("swapped.c"), encoding=encoding)
    end, start = buffer.position(2), buffer.position(4)
    buffer.send({"range": {"start": start, "end": end}, "text": "-"})
    assert buffer.servers_text()["text"] == "ab-ef"


@pytest.mark.parametrize(
    ("name", "language", "followed"),
    [("a.c", "c", True), ("a.xyz", "cuda-cpp", True), ("a.cu", "", True), ("a.h", "", True), ("a.py", "python", False)],
)
def test_documents_of_other_languages_are_ignored(
    client: tuple[ServerProcess, str], name: str, language: str, followed: bool
) -> None:
    process, encoding = client
    buffer = open_buffer(process, "x", Path(name), language, encoding)
    assert (buffer.servers_text() is not None) == followed
    assert buffer.diagnostics()["items"] == []
    buffer.close()
    assert buffer.servers_text() is None
