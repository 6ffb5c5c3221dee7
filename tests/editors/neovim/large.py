"""How long a file of 50,490 lines takes in Neovim, seen by somebody who types in it at once: `run large` prints it."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.editors.driving import COPIES, REDUCTION, SUM, WAVE, eventually

from .conftest import as_the_page_says
from .neovim import Profile
from .terminal import Terminal, in_terminal

_PATIENCE = 600.0
_PROGRAMS = {"0.11": "HPCLS_NVIM_0_11", "0.12": "HPCLS_NVIM_0_12"}
"""The variable that names each Neovim."""


def main() -> None:
    """Figures for each Neovim there is."""
    for version, variable in _PROGRAMS.items():
        if program := os.environ.get(variable):
            with TemporaryDirectory() as home:
                measure(version, Path(program), Path(home))


def measure(version: str, program: Path, home: Path) -> None:
    """Open the file, type above a loop while it is being analysed, leave insert mode."""
    profile = Profile(home)
    profile.init(as_the_page_says("hpcls-set-up"))
    file = home / "large.c"
    file.write_text(WAVE.read_text() * COPIES)
    start = time.monotonic()
    with in_terminal(program, profile, file) as nvim:
        say(f"Neovim {version}, from its start to `hpcls: analysing large.c`", start, lambda: is_told(nvim))
        nvim.write(f"{SUM}GO#pragma")
        if version != "0.11":  # which shows no ghost text
            say("from `#pragma` to ghost text", time.monotonic(), lambda: REDUCTION in nvim.screen())
        nvim.press("Escape", "u")
        say("from the last change to diagnostics", time.monotonic(), lambda: bool(nvim.findings()))


def is_told(nvim: Terminal) -> bool:
    return "hpcls: analysing large.c" in nvim.screen()


def say(what: str, start: float, look: Callable[[], bool]) -> None:
    """Print the seconds from `start` until `look` sees it."""
    eventually(look, f"not seen: {what}", patience=_PATIENCE)
    sys.stdout.write(f"{what}: {time.monotonic() - start:.1f} s\n")


if __name__ == "__main__":
    main()
