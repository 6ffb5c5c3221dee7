"""A document rests on the other files of its project: on the disk, and open with changes that nobody has saved."""

from __future__ import annotations

from pathlib import Path

from .client import EVERYTHING, Connection, Message, ServerProcess, open_buffer

CALLS = """double scale(double);
void f(double *a, int n) {
  for (int i = 0; i < n; i++)
    a[i] = scale(a[i]) * scale(a[i]) + scale(2 * a[i]);
}
"""
SCALE = "double scale(double x) { return 2 * x; }\n"
COUNTS = "static int calls;\ndouble scale(double x) { calls++; return calls * x; }\n"


def project(folder: Path, **texts: str) -> Path:
    """Files ending in `.c` in a repository."""
    (folder / ".git").mkdir()
    for name, text in texts.items():
        (folder / f"{name}.c").write_text(text)
    return folder


def codes(diagnostics: Message) -> list[str]:
    """What was found."""
    return [one["code"] for one in diagnostics["items"]]


def changed_on_disk(client: Connection, path: Path, text: str) -> None:
    """The file is written, and the server is told."""
    path.write_text(text)
    client.notify("workspace/didChangeWatchedFiles", {"changes": [{"uri": path.as_uri(), "type": 2}]})


def test_text_that_is_not_saved_wins_over_the_disk(tmp_path: Path) -> None:
    folder = project(tmp_path, a=CALLS, b=COUNTS)
    with ServerProcess() as client:
        client.initialize(EVERYTHING)
        buffer = open_buffer(client, CALLS, folder / "a.c")
        assert codes(buffer.diagnostics()) == []
        other = open_buffer(client, SCALE, folder / "b.c")
        assert codes(buffer.diagnostics()) == ["OMP001"]
        other.edit(0, len(other.text), COUNTS)
        assert codes(buffer.diagnostics()) == []
        other.edit(0, len(other.text), SCALE)
        assert codes(buffer.diagnostics()) == ["OMP001"]
        other.close()
        assert codes(buffer.diagnostics()) == []


def test_a_client_that_asks_for_nothing_is_told_of_it(tmp_path: Path) -> None:
    folder = project(tmp_path, a=CALLS, b=SCALE)
    with ServerProcess() as client:
        client.initialize({})
        open_buffer(client, CALLS, folder / "a.c")
        assert len(client.wait_for("textDocument/publishDiagnostics")["diagnostics"]) == 1
        other = open_buffer(client, SCALE, folder / "b.c")
        other.edit(0, len(other.text), COUNTS)
        told: dict[str, int] = {}
        while told.get("a.c") != 0:
            published = client.wait_for("textDocument/publishDiagnostics")
            told[published["uri"].rpartition("/")[2]] = len(published["diagnostics"])


def test_a_file_that_changes_on_the_disk_is_read_again(tmp_path: Path) -> None:
    folder = project(tmp_path, a=CALLS, b=SCALE)
    with ServerProcess() as client:
        client.initialize(EVERYTHING)
        buffer = open_buffer(client, CALLS, folder / "a.c")
        assert codes(buffer.diagnostics()) == ["OMP001"]
        assert "defined in b.c:1" in buffer.ask("hover", 3, 3)["contents"]["value"]
        changed_on_disk(client, folder / "b.c", COUNTS)
        assert codes(buffer.diagnostics()) == []
        changed_on_disk(client, folder / "b.c", "")
        changed_on_disk(client, folder / "c.c", SCALE)
        assert codes(buffer.diagnostics()) == ["OMP001"]
