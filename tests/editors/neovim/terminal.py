"""Neovim in a real terminal: keys go in, and the screen is read."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from tests.editors.driving import Screen, on_a_screen

from .neovim import Neovim, Profile


class Terminal(Neovim):
    """One on a screen."""

    def __init__(self, program: Path, socket: Path, screen: Screen, *, answers: bool = True) -> None:
        self.press = screen.press
        self.write = screen.write
        self.screen = screen.seen
        super().__init__(program, socket, answers=answers)


@contextmanager
def in_terminal(
    program: Path, profile: Profile, *files: Path, answers: bool = True, **environment: str
) -> Generator[Terminal]:
    """A Neovim on a screen of its own."""
    socket = profile.home / "socket"
    command = [program, "--listen", socket, *files]
    with on_a_screen(command, profile.home, profile.environment(**environment)) as screen:
        yield Terminal(program, socket, screen, answers=answers)
