"""The measurement behind `hpcls bench --server`."""

from __future__ import annotations

from pathlib import Path

import pytest

from hpcls.errors import InputError
from hpcls.server.bench import measure

from .client import LOOP


def test_every_question_is_answered_after_every_edit(tmp_path: Path) -> None:
    file = tmp_path / "a.c"
    file.write_text(LOOP)
    found = measure(str(file), 10)
    assert set(found) == {"hover", "diagnostics", "ghost text"}
    for times in found.values():
        assert 0 < times["p50"] <= times["p95"]
        assert times["answered"] == 1


def test_a_file_without_a_loop(tmp_path: Path) -> None:
    file = tmp_path / "a.c"
    file.write_text("int x;\n")
    with pytest.raises(InputError, match="holds no loop"):
        measure(str(file), 1)
