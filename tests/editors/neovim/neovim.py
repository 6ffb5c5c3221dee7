"""A real Neovim with a fresh profile, asked over its own socket."""

from __future__ import annotations

import json
import re
import subprocess
import textwrap
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.editors.driving import PATIENCE, ROOT, eventually, new_user

PLUGIN = ROOT / "editors" / "nvim"


@dataclass(frozen=True)
class Profile:
    """The home of somebody who has just installed Neovim."""

    home: Path

    def init(self, text: str) -> None:
        """Write `init.lua`."""
        path = self.home / "config" / "nvim" / "init.lua"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)

    def environment(self, **more: str) -> dict[str, str]:
        """Where it runs."""
        return new_user(self.home, **more)


class Neovim:
    """One that listens on `socket`."""

    def __init__(self, program: Path, socket: Path, *, answers: bool = True) -> None:
        """`answers`: whether to wait until it does; it does not while it shows what has to be read first."""
        self._program = program
        self._socket = socket
        if answers:
            eventually(self._listens, "Neovim does not listen")

    def _listens(self) -> bool:
        return self._socket.exists() and self._remote("--remote-expr", "1").returncode == 0

    def _remote(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        command = [self._program, "--headless", "--clean", "--server", self._socket, *arguments]
        return subprocess.run(command, capture_output=True, text=True, check=False, timeout=PATIENCE)

    def lua(self, code: str) -> Any:  # noqa: ANN401 (JSON)
        """What the chunk `code` returns."""
        chunk = self._socket.with_suffix(".lua")
        chunk.write_text(code)
        done = self._remote("--remote-expr", f"luaeval('vim.json.encode({{dofile(_A)}})', '{chunk}')")
        assert done.returncode == 0, done.stderr
        values = json.loads(done.stdout or done.stderr)
        return values[0] if values else None

    def type(self, keys: str) -> None:
        """Press `keys`, in Neovim's notation."""
        assert self._remote("--remote-send", keys).returncode == 0

    def text(self) -> str:
        """The buffer."""
        return "\n".join(self.lua("return vim.api.nvim_buf_get_lines(0, 0, -1, true)"))

    def line(self) -> str:
        """The line with the cursor."""
        return self.lua("return vim.api.nvim_get_current_line()")

    def messages(self) -> str:
        """What was said to the user so far."""
        return self.lua("return vim.fn.execute('messages')")

    def findings(self) -> list[list[Any]]:
        """Line, code and first line of each diagnostic of hpcls."""
        found = self.lua("return vim.diagnostic.get(0)")
        ours = [one for one in found if one.get("source") == "hpcls"]
        return sorted([one["lnum"] + 1, one.get("code"), one["message"].split("\n")[0]] for one in ours)

    def clients(self) -> list[str]:
        """The servers at work in this buffer."""
        return self.lua(
            "return vim.tbl_map(function(one) return one.initialized and one.name or '' end,"
            " vim.lsp.get_clients({ bufnr = 0 }))"
        )


@contextmanager
def headless(program: Path, profile: Profile, *files: Path, **environment: str) -> Generator[Neovim]:
    """A Neovim without a screen."""
    socket = profile.home / "socket"
    socket.unlink(missing_ok=True)
    started = subprocess.Popen(
        [program, "--headless", "--listen", socket, *files],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        cwd=profile.home,
        env=profile.environment(**environment),
    )
    try:
        yield Neovim(program, socket)
    finally:
        started.terminate()
        started.wait(PATIENCE)


def code_blocks(page: str) -> Mapping[str, list[str]]:
    """The Lua examples of a help page, by the tag above them."""
    blocks: dict[str, list[str]] = {}
    tag = ""
    for found in re.finditer(r"\*([\w-]+)\*$|>lua\n\n((?: .*\n|\n)+)", page, re.MULTILINE):
        if found[1]:
            tag = found[1]
        else:
            blocks.setdefault(tag, []).append(textwrap.dedent(found[2]).strip())
    return blocks
