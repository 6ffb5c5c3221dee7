"""What Neovim tells a new user when something is not as it should be."""

from __future__ import annotations

import contextlib
import shutil
import stat
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.editors.driving import COPIES, PATIENCE, ROOT, SUM, eventually

from .conftest import as_the_page_says
from .neovim import Profile
from .terminal import Terminal, in_terminal

Open = Callable[..., Terminal]


@pytest.fixture(params=["nvim_0_11", "nvim_0_12"])
def opened(request: pytest.FixtureRequest, profile: Profile) -> Iterator[Open]:
    """Opens a file, whatever is wrong."""
    program: Path = request.getfixturevalue(request.param)
    with contextlib.ExitStack() as stack:
        yield lambda *files, **more: stack.enter_context(in_terminal(program, profile, *files, **more))


def shows(nvim: Terminal, text: str) -> None:
    """Wait until `text` is on the screen, whichever way its lines are broken."""
    eventually(lambda: "".join(nvim.screen().split()), f"no {text!r}", lambda seen: "".join(text.split()) in seen)


def test_without_hpcls(opened: Open, wave: Path) -> None:
    shows(opened(wave, PATH="/usr/bin:/bin", answers=False), "either not installed, missing from PATH")


def test_with_a_python_that_is_gone(opened: Open, wave: Path) -> None:
    program(wave.parent / "bin" / "hpcls", "#!/no/such/python\n")
    shows(
        opened(wave, PATH=f"{wave.parent}/bin:/usr/bin:/bin", answers=False), "either not installed, missing from PATH"
    )


def test_with_a_python_that_has_not_its_packages(opened: Open, wave: Path) -> None:
    program(wave.parent / "bin" / "hpcls", "#!/usr/bin/env -S python3 -S\nimport pygls\n")
    nvim = opened(wave, PATH=f"{wave.parent}/bin:/usr/bin:/bin", PYTHONPATH="", answers=False)
    shows(nvim, "Client hpcls quit with exit code 1")
    shows(nvim, "Check log for errors")
    assert "No module named 'pygls'" in (wave.parent / "state" / "nvim" / "lsp.log").read_text()


def program(path: Path, text: str) -> None:
    path.parent.mkdir()
    path.write_text(text)
    path.chmod(path.stat().st_mode | stat.S_IXUSR)


def test_a_misspelt_setting_of_the_editor(opened: Open, wave: Path, profile: Profile) -> None:
    misspelt = "vim.lsp.config('hpcls', { settings = { hpcls = { evidense = 'proved' } } })\n"
    profile.init(as_the_page_says("hpcls-set-up") + misspelt)
    shows(opened(wave, answers=False), "did you mean")


def test_a_misspelt_setting_of_the_project(opened: Open, wave: Path) -> None:
    (wave.parent / ".hpcls.toml").write_text('evidense = "proved"\n')
    shows(opened(wave, answers=False), ".hpcls.toml:1: unknown setting 'evidense'; did you mean 'evidence'?")


def test_a_model_that_is_not_there(opened: Open, wave: Path) -> None:
    shows(opened(wave, HPCLS_MODEL="smal", answers=False), "smal: neither a folder nor a model that is here")


def test_without_any_model_the_analysis_answers(opened: Open, wave: Path) -> None:
    bare = wave.parent / "bare"
    for part in ("hpcls", "tokenizer"):
        shutil.copytree(ROOT / part, bare / part, ignore=shutil.ignore_patterns("__pycache__"))
    nvim = opened(wave, PYTHONPATH=str(bare))
    eventually(nvim.findings, "no diagnostics")
    assert nvim.messages() == ""
    asked = (
        "for _, one in pairs(vim.lsp.buf_request_sync(0, 'hpcls/status', {}, 20000)) do return one.result.models end"
    )
    assert not nvim.lua(asked)


def test_line_endings_of_dos_are_kept(opened: Open, wave: Path) -> None:
    wave.write_bytes(wave.read_bytes().replace(b"\n", b"\r\n"))
    nvim = opened(wave)
    eventually(nvim.findings, "no diagnostics")
    fix(nvim)
    nvim.lua("vim.cmd.write()")
    text = wave.read_bytes()
    assert text.count(b"\n") == text.count(b"\r\n")
    assert b"    #pragma omp parallel for reduction(+:sum)\r\n" in text


def test_a_file_that_may_only_be_read(opened: Open, wave: Path) -> None:
    wave.chmod(0o444)
    nvim = opened(wave)
    eventually(nvim.findings, "no diagnostics")
    fix(nvim)
    nvim.write(":write")
    nvim.press("Enter")
    shows(nvim, "'readonly' option is set (add ! to override)")


def fix(nvim: Terminal) -> None:
    """Take the quick fix."""
    nvim.lua(f"""
      vim.api.nvim_win_set_cursor(0, {{ {SUM}, 4 }})
      vim.lsp.buf.code_action({{ apply = true, filter = function(one) return vim.startswith(one.title, 'Add') end }})
    """)
    eventually(lambda: "#pragma omp parallel for reduction(+:sum)" in nvim.text(), "no pragma")


def test_a_file_that_is_too_large(opened: Open, wave: Path) -> None:
    wave.write_bytes(wave.read_bytes() * 250)
    shows(opened(wave, answers=False), "more than 2,000,000 bytes: left alone here; try `hpcls suggest` in a shell")


@pytest.fixture
def large_program(wave: Path) -> Path:
    """One of 50,490 lines."""
    wave.write_text(wave.read_text() * COPIES)
    return wave


def test_an_analysis_that_takes_long_is_told_of_until_it_ends(opened: Open, large_program: Path) -> None:
    nvim = opened(large_program)
    shows(nvim, "hpcls: analysing wave.c")
    eventually(nvim.findings, "no diagnostics", patience=5 * PATIENCE)
    eventually(nvim.screen, "it is told of still", lambda screen: "analysing" not in screen)


def test_who_types_meanwhile_is_told_on_leaving_insert_mode(opened: Open, large_program: Path) -> None:
    nvim = opened(large_program)
    eventually(nvim.clients, "no server")
    nvim.write("GO")
    eventually(lambda: nvim.lua("return vim.lsp.status()"), "nothing takes long")
    assert "-- INSERT --" in nvim.screen()
    nvim.press("Escape")
    shows(nvim, "hpcls: analysing wave.c")
