"""What Neovim 0.11 shows of hpcls, set up as the help page says."""

from __future__ import annotations

import os
import shutil
import signal
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.editors.driving import LOOPS, REDUCTION, SUM, eventually

from .conftest import as_the_page_says
from .neovim import PLUGIN, Neovim, Profile

Edit = Callable[..., Neovim]
APPLY = """
vim.lsp.buf.code_action({ apply = true, filter = function(action) return action.title:find('%s', 1, true) end })
"""


def lines_with_findings(nvim: Neovim) -> list[int]:
    return [line for line, _, _ in nvim.findings()]


@pytest.fixture
def nvim(edit: Edit, wave: Path) -> Neovim:
    """The program, opened and answered."""
    opened = edit(wave)
    eventually(opened.findings, "no diagnostics")
    return opened


def test_diagnostics_at_the_loops(nvim: Neovim) -> None:
    assert lines_with_findings(nvim) == LOOPS
    assert {code for _, code, _ in nvim.findings()} == {"OMP001"}
    assert nvim.messages() == "", "nothing is said where nothing is wrong"


def test_a_quick_fix_is_one_step_to_undo(nvim: Neovim) -> None:
    before = nvim.text()
    nvim.lua(f"vim.api.nvim_win_set_cursor(0, {{ {SUM}, 4 }})" + APPLY % "Add")
    eventually(lambda: REDUCTION in nvim.text(), "no pragma")
    assert nvim.text().splitlines()[SUM - 1] == f"    {REDUCTION}"
    eventually(lambda: lines_with_findings(nvim), "the diagnostic stays", lambda lines: SUM + 1 not in lines)
    nvim.lua("vim.cmd.undo()")
    assert nvim.text() == before


def test_everything_that_is_proved_at_once(nvim: Neovim) -> None:
    nvim.lua(
        "vim.lsp.buf.code_action({ apply = true, context = { only = { 'source.fixAll.hpcls' }, diagnostics = {} } })"
    )
    eventually(lambda: nvim.text().count("#pragma omp"), "not all are there", lambda count: count == len(LOOPS))
    eventually(nvim.findings, "findings stay", lambda found: not found)


def test_hover_explains_a_loop(nvim: Neovim) -> None:
    nvim.lua(f"vim.api.nvim_win_set_cursor(0, {{ {SUM}, 4 }}) vim.lsp.buf.hover()")
    floating = """
    local shown = {}
    for _, window in ipairs(vim.api.nvim_list_wins()) do
      if vim.api.nvim_win_get_config(window).relative ~= '' then
        vim.list_extend(shown, vim.api.nvim_buf_get_lines(vim.api.nvim_win_get_buf(window), 0, -1, true))
      end
    end
    return table.concat(shown, '\\n')
    """
    shown = eventually(lambda: nvim.lua(floating), "no window")
    assert REDUCTION in shown
    assert "**Independent** (proved)" in shown


def offered(nvim: Neovim, keys: str) -> list[str]:
    """The completions after `keys`."""
    nvim.type(keys + "<C-X><C-O>")
    found = eventually(lambda: nvim.lua("return vim.fn.complete_info({ 'items' }).items"), "no completions")
    return [item["word"] for item in found]


def test_completion_inside_a_clause(nvim: Neovim) -> None:
    assert offered(nvim, f"{SUM}GO#pragma omp parallel for reduction(+:su") == ["sum"]


def test_a_typed_pragma_lands_in_column_0_and_is_completed_there(nvim: Neovim) -> None:
    """The C indent moves a `#` to the start of its line."""
    words = offered(nvim, f"{SUM}GO#pragma omp par")
    assert nvim.line().startswith("#pragma omp par")
    assert {"parallel", "parallel for", "parallel for simd"} <= set(words)


def test_ghost_text_at_the_column_where_the_c_indent_puts_the_pragma(nvim: Neovim) -> None:
    """This Neovim shows none: its place and text are what is asked for here."""
    nvim.type(f"{SUM}GO#pragma")
    assert nvim.line() == "#pragma"
    answer = nvim.lua("""
      local place = vim.lsp.util.make_position_params(0, 'utf-8')
      place.context = { triggerKind = 2 }
      local answers = vim.lsp.buf_request_sync(0, 'textDocument/inlineCompletion', place, 20000)
      for _, answer in pairs(answers) do return answer.result end
    """)
    (item,) = answer["items"]
    assert item["insertText"] == REDUCTION
    assert (item["range"]["start"]["character"], item["range"]["end"]["character"]) == (0, 7)


def test_a_server_that_is_killed(nvim: Neovim) -> None:
    """Neovim says so and takes away what is no longer known; editing the file again starts a new one."""
    os.kill(server_process(nvim), signal.SIGKILL)
    eventually(nvim.clients, "the server is still there", lambda names: not names)
    assert "Client hpcls quit with exit code 0 and signal 9" in nvim.messages()
    assert nvim.findings() == []
    nvim.lua("vim.cmd.edit()")
    eventually(nvim.findings, "it does not come back")


def server_process(nvim: Neovim) -> int:
    """The process of the only server."""
    children: list[int] = nvim.lua("return vim.api.nvim_get_proc_children(vim.uv.os_getpid())")
    (child,) = children
    return child


def test_switched_off_there_is_nothing(nvim: Neovim) -> None:
    nvim.lua("vim.lsp.enable('hpcls', false)")
    eventually(nvim.clients, "the server is still there", lambda names: not names)
    assert nvim.findings() == []
    nvim.lua("vim.cmd.edit()")
    assert nvim.clients() == []
    nvim.lua("vim.lsp.enable('hpcls')")
    eventually(nvim.findings, "it does not come back")


def test_settings_in_init_lua(edit: Edit, wave: Path, profile: Profile) -> None:
    choose = "vim.lsp.config('hpcls', { settings = { hpcls = { select = { 'OMP020' } } } })\n"
    profile.init(as_the_page_says("hpcls-set-up") + choose)
    opened = edit(wave)
    eventually(opened.findings, "other codes", lambda found: {code for _, code, _ in found} == {"OMP020"})


def test_the_settings_of_the_help_page_are_taken(edit: Edit, wave: Path, profile: Profile) -> None:
    profile.init(as_the_page_says("hpcls-set-up") + as_the_page_says("hpcls-settings", 0))
    opened = edit(wave)
    eventually(opened.findings, "no diagnostics")
    assert opened.messages() == ""


def test_a_copied_file_is_enough(edit: Edit, wave: Path, profile: Profile) -> None:
    """The first way of the help page: `lsp/hpcls.lua` beside init.lua."""
    profile.init(as_the_page_says("hpcls-set-up", 0))
    shutil.copytree(PLUGIN / "lsp", profile.home / "config" / "nvim" / "lsp")
    eventually(edit(wave).findings, "no diagnostics")


def test_the_help_page_is_found(edit: Edit, wave: Path, profile: Profile) -> None:
    shutil.copytree(PLUGIN / "doc", profile.home / "config" / "nvim" / "doc")
    opened = edit(wave)
    opened.lua("vim.cmd('helptags ALL') vim.cmd.help('hpcls-ghost-text')")
    assert "Neovim 0.12" in opened.text()
