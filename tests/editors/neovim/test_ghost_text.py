"""Ghost text in Neovim 0.12, typed and seen in a terminal."""

from __future__ import annotations

import contextlib
import os
import signal
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.editors.driving import REDUCTION, SUM, eventually

from .conftest import as_the_page_says
from .neovim import Profile
from .terminal import Terminal, in_terminal

Open = Callable[..., Terminal]
LONG = 3.0
"""Seconds in which a warm server has long answered."""
INIT = 260
"""The line of MPI_Init."""


@pytest.fixture
def opened(nvim_0_12: Path, profile: Profile) -> Iterator[Open]:
    """Opens a file, and waits for the server."""
    with contextlib.ExitStack() as stack:

        def enter(file: Path, **environment: str) -> Terminal:
            nvim = stack.enter_context(in_terminal(nvim_0_12, profile, file, answers=True, **environment))
            eventually(lambda: nvim.clients() == ["hpcls"], "no server")
            return nvim

        yield enter


def sees(nvim: Terminal, text: str) -> None:
    """Wait until a line of the screen is `text`."""
    eventually(nvim.screen, f"no line {text!r}", lambda screen: text in screen.splitlines())


def sees_no_longer(nvim: Terminal, text: str) -> None:
    eventually(nvim.screen, f"{text!r} stays", lambda screen: text not in screen)


def test_the_directive_above_a_loop_is_taken_with_tab(opened: Open, wave: Path) -> None:
    nvim = opened(wave)
    nvim.write(f"{SUM}GO#pragma")
    sees(nvim, REDUCTION)
    assert nvim.line() == "#pragma", "the C indent has moved it to column 0, and the rest is not there yet"
    nvim.press("Tab")
    eventually(nvim.line, "not taken", lambda line: line == REDUCTION)


def test_a_blank_line_above_a_loop_is_enough(opened: Open, wave: Path) -> None:
    nvim = opened(wave)
    nvim.write(f"{SUM}GO")
    sees(nvim, "    " + REDUCTION)
    nvim.press("Tab")
    eventually(nvim.line, "not taken", lambda line: line == "    " + REDUCTION)


def test_typing_on_keeps_what_fits_and_drops_what_does_not(opened: Open, wave: Path) -> None:
    nvim = opened(wave)
    nvim.write(f"{SUM}GO#pragma o")
    sees(nvim, REDUCTION)
    for letter in "mp par":
        nvim.write(letter)
        sees(nvim, REDUCTION)
    nvim.write("t")
    sees_no_longer(nvim, "reduction(+")


def test_what_was_offered_on_another_line_is_gone(opened: Open, wave: Path) -> None:
    """Neovim keeps it until an answer says that there is nothing."""
    nvim = opened(wave)
    nvim.write(f"{SUM}GO#pragma")
    sees(nvim, REDUCTION)
    nvim.press("Down", "Down")
    sees_no_longer(nvim, "reduction(+")


def test_tab_is_a_tab_where_nothing_is_offered(opened: Open, wave: Path) -> None:
    nvim = opened(wave)
    nvim.write("1GO/* a")
    nvim.press("Tab")
    nvim.write("b")
    eventually(nvim.line, "no tab", lambda line: line == "/* a\tb")


def test_a_tab_of_one_s_own_is_left_alone(opened: Open, wave: Path, profile: Profile) -> None:
    own = "vim.keymap.set('i', '<Tab>', 'mine')\n"
    profile.init(as_the_page_says("hpcls-set-up") + own + as_the_page_says("hpcls-ghost-text", 0))
    nvim = opened(wave)
    nvim.write(f"{SUM}GO#pragma")
    sees(nvim, REDUCTION)
    nvim.press("C-f")
    eventually(nvim.line, "not taken", lambda line: line == REDUCTION)
    nvim.press("Tab")
    eventually(nvim.line, "another Tab", lambda line: line.endswith("mine"))


def test_a_started_call_of_mpi(opened: Open, wave: Path, shipped_model: Path) -> None:
    nvim = opened(wave, HPCLS_MODEL=str(shipped_model), HPCLS_DEVICE="cpu")
    nvim.write(f"{INIT}GSMPI_Init")
    sees(nvim, "    MPI_Init(&argc, &argv);")
    nvim.press("Tab")
    eventually(nvim.line, "not taken", lambda line: line == "    MPI_Init(&argc, &argv);")


def test_switched_off_there_is_nothing(opened: Open, wave: Path) -> None:
    nvim = opened(wave)
    nvim.write(":lua vim.lsp.enable('hpcls', false)")
    nvim.press("Enter")
    eventually(nvim.clients, "the server is still there", lambda names: not names)
    nvim.write(f"{SUM}GO#pragma")
    eventually(nvim.line, "not typed", lambda line: line == "#pragma")
    time.sleep(LONG)
    assert "reduction" not in nvim.screen()


def test_a_killed_server_comes_back_when_the_file_is_edited_anew(opened: Open, wave: Path) -> None:
    nvim = opened(wave)
    server = nvim.lua("return vim.api.nvim_get_proc_children(vim.uv.os_getpid())[1]")
    os.kill(server, signal.SIGKILL)
    eventually(nvim.screen, "nothing is said", lambda screen: "Client hpcls quit" in screen)
    nvim.press("Enter")
    nvim.write(":edit")
    nvim.press("Enter")
    eventually(nvim.clients, "it does not come back", lambda names: names == ["hpcls"])
    nvim.write(f"{SUM}GO#pragma")
    sees(nvim, REDUCTION)
