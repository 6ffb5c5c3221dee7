"""hpcls in Emacs, through eglot, set up by editors/emacs/hpcls.el."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

from tests.editors.driving import LOOPS, REDUCTION, ROOT, SUM, WAVE, new_user, program


def test_diagnostics_and_a_quick_fix(tmp_path: Path) -> None:
    emacs = program("Emacs 29 or newer", "HPCLS_EMACS")
    file = shutil.copy(WAVE, tmp_path)
    script, setup = Path(__file__).parent / "eglot.el", ROOT / "editors" / "emacs" / "hpcls.el"
    command = [emacs, "--batch", "-l", script, setup, file, str(SUM)]
    done = subprocess.run(
        command, cwd=tmp_path, env=new_user(tmp_path), capture_output=True, text=True, check=False, timeout=200
    )
    assert done.returncode == 0, done.stderr
    lines, fixed = done.stdout.splitlines()
    assert lines == f"lines ({' '.join(map(str, LOOPS))})"
    assert fixed == f"fixed     {REDUCTION}"
