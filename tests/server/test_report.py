"""hpcls/loops, hpcls/nest and hpcls/sources: what an editor's report on a file or a folder shows."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

import pytest

from .client import LOOP, Message, ServerProcess, open_buffer
from .test_features import DEPENDENT, PROGRAM, SMOOTH, TOTAL

STENCIL = """\
void sweep(int n, double a[n][n])
{
    for (int i = 1; i < n; i++)
        for (int j = 0; j < n - 1; j++)
            a[i][j] = 0.5 * a[i - 1][j + 1];
}
"""


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


def nest(editor: ServerProcess, path: Path, line: int, column: int = 5) -> Message:
    return editor.request("hpcls/nest", {"uri": path.as_uri(), "line": line, "column": column})


def test_a_loop_with_its_nest(editor: ServerProcess, tmp_path: Path) -> None:
    pytest.importorskip("islpy")
    path = tmp_path / "a.c"
    path.write_text(STENCIL)
    found = nest(editor, path, 3)
    assert (found["version"], found["over"], found["left_out"]) == (None, "over (i, j)", None)
    (one,) = found["dependences"]
    assert (one["kind"], one["lines"]) == ("flow", [5])
    assert one["words"].endswith("distance (1, -1), direction (<, >), carried by i")
    assert found["remedies"] == ["make the loop inside it, at line 4, the parallel one: it is independent"]
    assert ElementTree.fromstring(found["svg"]).tag.endswith("svg")
    open_buffer(editor, "\n" + STENCIL, path)
    assert nest(editor, path, 4)["version"] == 1


def test_no_nest_where_no_loop_begins(editor: ServerProcess, tmp_path: Path) -> None:
    path = tmp_path / "a.c"
    path.write_text(STENCIL)
    assert nest(editor, path, 2) is None
    assert nest(editor, path, 900) is None
    assert nest(editor, tmp_path / "none.c", 1) is None


def test_iterations_that_cannot_be_drawn(editor: ServerProcess, tmp_path: Path) -> None:
    path = tmp_path / "a.c"
    path.write_text("void f(int *a) {\n    for (int *p = a; *p; p = p + *p)\n        *p += 1;\n}\n")
    assert nest(editor, path, 2)["svg"] is None


def test_a_folder_behind_a_link_keeps_the_name_by_which_it_was_asked_for(editor: ServerProcess, tmp_path: Path) -> None:
    (tmp_path / "far").mkdir()
    (tmp_path / "far/a.c").write_text(LOOP)
    (tmp_path / "near").symlink_to("far")
    path = tmp_path / "near/a.c"
    assert editor.request("hpcls/sources", {"uri": (tmp_path / "near").as_uri()}) == [path.as_uri()]
    assert [one["line"] for one in loops(editor, path)["suggestions"]] == [2]
