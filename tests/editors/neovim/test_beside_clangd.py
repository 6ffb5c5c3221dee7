"""hpcls and clangd in one buffer, in either Neovim, as the help page sets them up."""

from __future__ import annotations

import shutil
import subprocess
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.editors.driving import SUM, eventually

from .conftest import as_the_page_says
from .neovim import Neovim, Profile, headless

INIT = 260


@pytest.fixture(params=["nvim_0_11", "nvim_0_12"])
def nvim(request: pytest.FixtureRequest, profile: Profile, wave: Path, clangd: Path) -> Iterator[Neovim]:
    """Both servers on the program, which clangd can compile where there is MPI."""
    program: Path = request.getfixturevalue(request.param)
    configured = f"vim.lsp.config('clangd', {{ cmd = {{ '{clangd}' }}, filetypes = {{ 'c', 'cpp' }} }})\n"
    profile.init(as_the_page_says("hpcls-set-up") + configured + as_the_page_says("hpcls-clangd"))
    (wave.parent / "compile_flags.txt").write_text("\n".join([*mpi_flags(), "-fopenmp", "-Wall"]))
    with headless(program, profile, wave) as opened:
        eventually(lambda: sorted(opened.clients()) == ["clangd", "hpcls"], "not both serve")
        eventually(opened.findings, "no diagnostics of hpcls")
        yield opened


def mpi_flags() -> list[str]:
    compiler = shutil.which("mpicc")
    if compiler is None:
        pytest.skip("no mpicc: clangd finds no mpi.h")
    shown = subprocess.run([compiler, "-show"], capture_output=True, text=True, check=True).stdout
    return [flag for flag in shown.split() if flag.startswith("-I")]


def offered(nvim: Neovim, line: int, text: str) -> Counter[str]:
    """How often each word is offered behind `text`, above `line`, once clangd has read the headers."""
    nvim.type(f"{line}GO{text}")
    eventually(nvim.line, "not typed", lambda found: found.endswith(text))
    asked = """
    local place = vim.lsp.util.make_position_params(0, 'utf-8')
    place.context = { triggerKind = 1 }
    local words = {}
    for _, client in ipairs(vim.lsp.get_clients({ bufnr = 0 })) do
      local answer, done
      client:request('textDocument/completion', place, function(_, result)
        answer, done = result, true
      end, vim.api.nvim_get_current_buf())  -- for buffer 0 Neovim does not send what was just typed
      vim.wait(20000, function() return done end)
      for _, item in ipairs(answer and answer.items or {}) do
        table.insert(words, item.filterText or item.label)
      end
    end
    return words
    """
    words: list[str] = eventually(lambda: nvim.lua(asked), "no completions")
    return Counter(words)


def test_names_of_mpi_are_offered_once(nvim: Neovim) -> None:
    words = offered(nvim, INIT, "MPI_Comm_r")
    assert words["MPI_Comm_rank"] == 1
    assert set(words.values()) == {1}


def test_clauses_are_offered_once(nvim: Neovim) -> None:
    assert offered(nvim, SUM, "#pragma omp parallel for redu")["reduction"] == 1


def test_a_directive_that_clangd_has_moved_is_known(nvim: Neovim) -> None:
    """clang-format puts every `#` in column 0; hpcls neither moves it back nor offers the loop again."""
    before = len(nvim.findings())
    nvim.lua(f"""
      vim.api.nvim_win_set_cursor(0, {{ {SUM}, 4 }})
      vim.lsp.buf.code_action({{ apply = true, filter = function(one) return vim.startswith(one.title, 'Add') end }})
    """)
    eventually(lambda: "    #pragma omp" in nvim.text(), "no pragma")
    nvim.lua("vim.lsp.buf.format({ timeout_ms = 30000, name = 'clangd' })")
    formatted = eventually(nvim.text, "not formatted", lambda text: "\n#pragma omp" in text)
    eventually(nvim.findings, "offered again", lambda found: len(found) == before - 1)
    nvim.lua("vim.lsp.buf.format({ timeout_ms = 30000 })")
    assert nvim.text() == formatted, "who formats is clangd alone"


def test_only_clangd_formats(nvim: Neovim) -> None:
    formatting: list[Any] = nvim.lua(
        "return vim.tbl_map(function(one) return one.name end,"
        " vim.lsp.get_clients({ bufnr = 0, method = 'textDocument/formatting' }))"
    )
    assert formatting == ["clangd"]


def test_nobody_complains(nvim: Neovim) -> None:
    assert nvim.messages() == ""
    found: list[dict[str, Any]] = nvim.lua("return vim.diagnostic.get(0)")
    assert {one["source"] for one in found} == {"hpcls"}, "the program is right, and clangd says so"
