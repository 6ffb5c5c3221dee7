"""What the tests of every editor share: a new user's home, a screen, patience."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
import time
from collections.abc import Callable, Generator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

import pytest

from hpcls.config import Settings
from hpcls.suggest.files import report
from hpcls.syntax.source import read_source

ROOT = Path(__file__).parents[2]
PATIENCE = 60.0
"""Seconds; a test machine may be busy."""
WAVE = ROOT / "examples" / "wave.c"
"""A real program of 300 lines."""
COPIES = 170
"""How often it stands in a file of 50,490 lines."""
SUM = 145
"""The line of a loop in it that sums."""
REDUCTION = "#pragma omp parallel for reduction(+:sum)"
LOOPS = [one.line for one in report(read_source(str(WAVE)), Settings()).suggestions]
"""The lines of its loops that are offered a directive, as the command line has them."""
_WIDTH, _HEIGHT = 110, 40
Answer = TypeVar("Answer")


def program(name: str, variable: str) -> Path:
    """The program that `variable` names; skips where there is none."""
    path = os.environ.get(variable)
    if not path:
        pytest.skip(f"no {name}: the script `run` beside this test fetches one, and says why where it cannot")
    return Path(path)


def new_user(home: Path, **more: str) -> dict[str, str]:
    """An environment with nothing of the user who runs the tests, and `hpcls` of this Python on the PATH."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("XDG_", "NVIM"))}
    folders = {f"XDG_{name.upper()}_HOME": str(home / name) for name in ("config", "data", "state", "cache")}
    path = os.pathsep.join([str(Path(sys.executable).parent), kept["PATH"]])
    return {**kept, **folders, "HOME": str(home), "PATH": path, "PYTHONPATH": str(ROOT), **more}


def eventually(
    look: Callable[[], Answer], otherwise: str, wanted: Callable[[Answer], bool] = bool, patience: float = PATIENCE
) -> Answer:
    """What `look` returns, once it is as `wanted`, which may take `patience` seconds."""
    end = time.monotonic() + patience
    while not wanted(found := look()):
        assert time.monotonic() < end, f"{otherwise}: {found!r}"
        time.sleep(0.1)
    return found


class Screen:
    """A terminal of tmux: keys go in, and what is to be seen comes out."""

    def __init__(self, socket: Path) -> None:
        self._socket = socket

    def press(self, *keys: str) -> None:
        """Press keys by tmux's names: "Escape", "Tab", "C-f"."""
        self.command("send-keys", *keys)

    def write(self, text: str) -> None:
        """Type `text`, as somebody at the keyboard would."""
        self.command("send-keys", "-l", text)

    def seen(self) -> str:
        """What is to be seen."""
        return self.command("capture-pane", "-p")

    def command(self, *arguments: str) -> str:
        """What a command of tmux prints."""
        command = ["tmux", "-S", self._socket, "-f", "/dev/null", *arguments]
        return subprocess.run(command, capture_output=True, text=True, check=True, timeout=PATIENCE).stdout


@contextmanager
def on_a_screen(command: Sequence[str | Path], home: Path, environment: Mapping[str, str]) -> Generator[Screen]:
    """`command`, running in a terminal of its own."""
    screen = Screen(home / "tmux")
    given = {**environment, "TERM": "screen-256color", "LANG": "C.UTF-8"}
    clean = ["env", "-i", *(f"{name}={value}" for name, value in given.items()), *map(str, command)]
    size = ("-x", str(_WIDTH), "-y", str(_HEIGHT))
    screen.command("new-session", "-d", *size, "-c", str(home), shlex.join(clean))
    try:
        yield screen
    finally:
        screen.command("kill-server")
