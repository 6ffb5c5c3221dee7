"""hpcls/loops and hpcls/sources: what an editor's report on a file or a folder shows."""

from __future__ import annotations

from pathlib import Path

from .client import LOOP, Message, ServerProcess, open_buffer
from .test_features import DEPENDENT, PROGRAM, SMOOTH, TOTAL


def loops(editor: ServerProcess, path: Path) -> Message:
    return editor.request("hpcls/loops", {"uri": path.as_uri()})


def test_every_loop_of_an_open_document(editor: ServerProcess, tmp_path: Path) -> None:
    path = tmp_path / "a.c"
    buffer = open_buffer(editor, PROGRAM, path)
    found = loops(editor, path)
    assert (found["version"], found["lines"], found["errors"]) == (1, 17, [])
    verdicts = [(loop["line"], loop["verdict"], loop["evidence"]) for loop in found["loops"]]
    assert verdicts == [
        (SMOOTH, "independent", "proved"),
        (TOTAL, "independent", "proved"),
        (DEPENDENT, "dependent", "refuted"),
    ]
    assert found["loops"][2]["reasons"][0]["message"]
    suggestion = found["suggestions"][1]
    (fix, _) = buffer.actions(TOTAL, only=["quickfix"])
    assert suggestion["edits"] == fix["edit"]["documentChanges"][0]["edits"]
    buffer.edit(0, 0, "\n")
    moved = loops(editor, path)
    assert (moved["version"], moved["loops"][0]["line"]) == (2, SMOOTH + 1)


def test_a_file_that_is_not_open_is_read_from_the_disk(editor: ServerProcess, tmp_path: Path) -> None:
    path = tmp_path / "ä b.c"
    path.write_text(LOOP)
    found = loops(editor, path)
    assert found["version"] is None
    assert [one["text"] for one in found["suggestions"]] == ["#pragma omp parallel for"]
    assert found["suggestions"][0]["edits"][0]["range"]["start"] == {"line": 1, "character": 0}


def test_a_file_that_cannot_be_read_says_so(editor: ServerProcess, tmp_path: Path) -> None:
    path = tmp_path / "binary.c"
    path.write_bytes(b"int x;\0")
    assert loops(editor, path)["errors"] == [{"line": 1, "message": "a binary file (it holds a zero byte)"}]
    assert "No such file" in loops(editor, tmp_path / "none.c")["errors"][0]["message"]
    assert editor.request("hpcls/loops", {"uri": "untitled:Untitled-1"}) is None


def test_the_files_of_a_folder_without_what_is_ignored(editor: ServerProcess, tmp_path: Path) -> None:
    for name in ("a.c", "sub/b.cpp", "build/c.c", "old/d.c", "e.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(LOOP)
    (tmp_path / ".hpcls.toml").write_text('exclude = ["old"]\n')
    found = editor.request("hpcls/sources", {"uri": tmp_path.as_uri()})
    assert found == [(tmp_path / name).as_uri() for name in ("a.c", "sub/b.cpp")]
    assert editor.request("hpcls/sources", {"uri": (tmp_path / "a.c").as_uri()}) == [(tmp_path / "a.c").as_uri()]
