"""hpcls in Helix, configured by editors/helix/languages.toml."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.editors.driving import REDUCTION, ROOT, SUM, WAVE, Screen, eventually, new_user, on_a_screen, program


@pytest.fixture
def helix(tmp_path: Path) -> Iterator[Screen]:
    """The program, opened at the loop that sums."""
    own = program("Helix", "HPCLS_HELIX")
    (tmp_path / "config" / "helix").mkdir(parents=True)
    shutil.copy(ROOT / "editors" / "helix" / "languages.toml", tmp_path / "config" / "helix")
    file = shutil.copy(WAVE, tmp_path)
    with on_a_screen([own, f"{file}:{SUM}"], tmp_path, new_user(tmp_path)) as screen:
        eventually(screen.seen, "no mark at the loop", lambda seen: f"● {SUM}" in seen)
        yield screen


def test_a_quick_fix(helix: Screen) -> None:
    helix.write(" a")
    eventually(helix.seen, "no menu", lambda seen: f"Add `{REDUCTION}` (proved)" in seen)
    helix.press("Enter")
    eventually(helix.seen, "no pragma", lambda seen: f"  {SUM}      {REDUCTION}\n" in seen)
    eventually(helix.seen, "the mark stays", lambda seen: f"● {SUM + 1}" not in seen)


def test_hover(helix: Screen) -> None:
    helix.press("f")
    helix.press("r")
    helix.write(" k")
    eventually(helix.seen, "no explanation", lambda seen: "Independent (proved)" in seen)
