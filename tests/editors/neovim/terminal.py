"""Neovim in a real terminal: keys go in, and the screen is read."""

from __future__ import annotations

import shlex
import subprocess
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from .neovim import PATIENCE, Neovim, Profile

_WIDTH, _HEIGHT = 110, 40


class Terminal(Neovim):
    """One in tmux."""

    def __init__(self, program: Path, socket: Path, tmux: Path) -> None:
        self._tmux = tmux
        super().__init__(program, socket)

    def press(self, *keys: str) -> None:
        """Press keys by tmux's names: "Escape", "Tab", "C-e"."""
        tmux(self._tmux, "send-keys", *keys)

    def write(self, text: str) -> None:
        """Type `text`, as somebody at the keyboard would."""
        tmux(self._tmux, "send-keys", "-l", text)

    def screen(self) -> str:
        """What is to be seen."""
        return tmux(self._tmux, "capture-pane", "-p")


def tmux(socket: Path, *arguments: str) -> str:
    """What a command of tmux prints."""
    command = ["tmux", "-S", socket, "-f", "/dev/null", *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=True, timeout=PATIENCE).stdout


@contextmanager
def in_terminal(program: Path, profile: Profile, *files: Path, **environment: str) -> Generator[Terminal]:
    """A Neovim on a screen of its own."""
    socket, own = profile.home / "socket", profile.home / "tmux"
    given = {**profile.environment(**environment), "TERM": "screen-256color"}
    command = ["env", "-i", *(f"{name}={value}" for name, value in given.items())]
    command += [str(program), "--listen", str(socket), *map(str, files)]
    size = ("-x", str(_WIDTH), "-y", str(_HEIGHT))
    tmux(own, "new-session", "-d", *size, "-c", str(profile.home), shlex.join(command))
    try:
        yield Terminal(program, socket, own)
    finally:
        tmux(own, "kill-server")
