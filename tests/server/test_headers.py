"""Headers change on the disk while the server lives."""

from __future__ import annotations

from pathlib import Path

from .client import EVERYTHING, ServerProcess, open_buffer

CALLS = """#include "kernel.h"
void f(double *a, int n) {
  for (int i = 0; i < n; i++)
    a[i] = scale(a[i]) * scale(a[i]) + scale(2 * a[i]);
}
"""
SCALE = "static inline double scale(double x) { return 2 * x; }\n"
COUNTS = "static int calls;\nstatic inline double scale(double x) { calls++; return calls * x; }\n"


def test_a_header_that_changes_is_read_again(tmp_path: Path) -> None:
    header = tmp_path / "kernel.h"
    header.write_text(SCALE)
    with ServerProcess() as client:
        client.initialize(EVERYTHING)
        buffer = open_buffer(client, CALLS, tmp_path / "a.c")
        assert [one["code"] for one in buffer.diagnostics()["items"]] == ["OMP001"]
        header.write_text(COUNTS)
        changes = [{"uri": header.as_uri(), "type": 2}]
        client.notify("workspace/didChangeWatchedFiles", {"changes": changes})
        assert buffer.diagnostics()["items"] == []
        assert "calls" in buffer.ask("hover", 3, 3)["contents"]["value"]
