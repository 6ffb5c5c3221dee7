"""A long analysis holds up nobody, can be cancelled, and is dropped when the text has moved on."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from hpcls.server.client import ResponseError

from .client import LOOP, Buffer, ServerProcess, open_buffer

REQUEST_CANCELLED, CONTENT_MODIFIED = -32800, -32801


@pytest.fixture
def large(editor: ServerProcess, tmp_path: Path) -> Iterator[Buffer]:
    """A document of 52,000 lines."""
    buffer = open_buffer(editor, LOOP * 13_000, tmp_path / "large.c")
    yield buffer
    buffer.close()


def begin(buffer: Buffer, method: str, line: int = 2) -> int:
    place = {"line": line - 1, "character": 4}
    return buffer.client.begin(f"textDocument/{method}", {"textDocument": {"uri": buffer.uri}, "position": place})


def test_others_are_answered_meanwhile(editor: ServerProcess, large: Buffer, tmp_path: Path) -> None:
    pending = begin(large, "diagnostic")
    small = open_buffer(editor, LOOP, tmp_path / "small.c")
    slowest = 0.0
    for _ in range(20):
        start = time.perf_counter()
        small.edit(0, 0, "\n")
        assert len(small.diagnostics()["items"]) == 1
        slowest = max(slowest, time.perf_counter() - start)
    assert slowest < 2
    editor.notify("$/cancelRequest", {"id": pending})
    with pytest.raises(ResponseError):
        editor.finish(pending)


def test_it_is_told_of_until_it_ends(editor: ServerProcess, large: Buffer) -> None:
    begin(large, "hover")
    begun = editor.wait_for("$/progress")
    assert begun["value"] == {"kind": "begin", "title": "hpcls: analysing large.c"}
    large.send({"text": LOOP})
    ended = editor.wait_for("$/progress")
    assert ended == {"token": begun["token"], "value": {"kind": "end"}}


def test_a_cancelled_request_is_answered_at_once(editor: ServerProcess, large: Buffer) -> None:
    pending = begin(large, "hover")
    time.sleep(0.2)
    start = time.perf_counter()
    editor.notify("$/cancelRequest", {"id": pending})
    with pytest.raises(ResponseError) as caught:
        editor.finish(pending)
    assert caught.value.code == REQUEST_CANCELLED
    assert time.perf_counter() - start < 2


def test_an_answer_about_a_text_that_has_moved_on_is_dropped(editor: ServerProcess, large: Buffer) -> None:
    pending = begin(large, "hover")
    time.sleep(0.2)
    large.send({"text": LOOP})
    with pytest.raises(ResponseError) as caught:
        editor.finish(pending, timeout=120)
    assert caught.value.code == CONTENT_MODIFIED


def test_diagnostics_are_of_the_newest_text(editor: ServerProcess, large: Buffer) -> None:
    pending = begin(large, "diagnostic")
    time.sleep(0.2)
    large.send({"text": "\n" + LOOP})
    (item,) = editor.finish(pending, timeout=120)["items"]
    assert item["range"]["start"]["line"] == 2


def test_superseded_versions_are_not_analysed(editor: ServerProcess, tmp_path: Path) -> None:
    """Ten versions of a document that takes a second each: the first and the last are looked at."""
    buffer = open_buffer(editor, LOOP * 250, tmp_path / "typed.c")
    start = time.perf_counter()
    buffer.diagnostics()
    once = time.perf_counter() - start
    pending: list[int] = []
    start = time.perf_counter()
    for _ in range(10):
        buffer.edit(0, 0, "\n")
        pending.append(begin(buffer, "diagnostic"))
    answers = [editor.finish(one) for one in pending]
    assert {item["items"][0]["range"]["start"]["line"] for item in answers} == {11}
    assert time.perf_counter() - start < 5 * once


def test_a_document_over_the_limit_is_left_alone(editor: ServerProcess, tmp_path: Path) -> None:
    text = "/* " + "x" * 2_000_000 + " */\n" + LOOP
    buffer = open_buffer(editor, text, tmp_path / "huge.c")
    editor.received.clear()
    assert buffer.diagnostics()["items"] == []
    assert buffer.ask("hover", 3, 4) is None
    assert "more than 2,000,000 bytes" in editor.wait_for("window/showMessage")["message"]
    assert editor.received == []
    buffer.edit(0, 2_000_006, "")
    assert buffer.servers_text()["text"] == buffer.text
    assert len(buffer.diagnostics()["items"]) == 1
