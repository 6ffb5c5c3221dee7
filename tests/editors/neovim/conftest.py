"""The Neovims that `tests/editors/neovim/run` has fetched."""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.editors.driving import WAVE, program

from .neovim import PLUGIN, Neovim, Profile, code_blocks, headless

PAGE = (PLUGIN / "doc" / "hpcls.txt").read_text()


@pytest.fixture(scope="session")
def nvim_0_11() -> Path:
    return program("Neovim 0.11", "HPCLS_NVIM_0_11")


@pytest.fixture(scope="session")
def nvim_0_12() -> Path:
    return program("Neovim 0.12", "HPCLS_NVIM_0_12")


@pytest.fixture(scope="session")
def clangd() -> Path:
    return program("clangd", "HPCLS_CLANGD")


def as_the_page_says(tag: str, number: int = -1) -> str:
    """An example of the help page, with this clone's place in it."""
    return code_blocks(PAGE)[tag][number].replace("/path/to/hpcls/editors/nvim", str(PLUGIN)) + "\n"


@pytest.fixture
def profile(tmp_path: Path) -> Profile:
    """A new user's, set up as the help page says."""
    fresh = Profile(tmp_path)
    fresh.init(as_the_page_says("hpcls-set-up"))
    return fresh


@pytest.fixture
def wave(tmp_path: Path) -> Path:
    """A real program of 300 lines, in a folder that is no project."""
    return Path(shutil.copy(WAVE, tmp_path / "wave.c"))


@pytest.fixture
def edit(nvim_0_11: Path, profile: Profile) -> Iterator[Callable[..., Neovim]]:
    """Opens files in a Neovim 0.11 without a screen."""
    with contextlib.ExitStack() as stack:
        yield lambda *files, **more: stack.enter_context(headless(nvim_0_11, profile, *files, **more))
