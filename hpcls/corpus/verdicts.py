"""Verdicts on the whole files of one source, remembered by content: a run that was stopped asks nothing twice."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from hpcls.corpus.judge import Judge
from hpcls.errors import HpclsError


class Verdicts:
    """Whether files hold benchmark items.  `memory` is the file of what is known; no other process writes it."""

    def __init__(self, judge: Judge, memory: Path) -> None:
        self._judge = judge
        self._path = memory
        self._known = _remembered(memory)

    def of(self, texts: Mapping[str, str]) -> Mapping[str, bool]:
        """SHA-256 → whether the text holds an item, for every text of `texts` (by its SHA-256)."""
        new = {sha: text for sha, text in texts.items() if sha not in self._known}
        if new:
            self._remember(new)
        return {sha: self._known[sha] for sha in texts}

    def _remember(self, texts: Mapping[str, str]) -> None:
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            with self._path.open("a", encoding="ascii") as file:
                for sha, text in texts.items():
                    self._known[sha] = self._judge.holds(text)
                    file.write(f"{sha} {int(self._known[sha])}\n")
                    file.flush()
        except OSError as error:
            raise HpclsError(f"{self._path}: not written: {error.strerror or error}") from error


def _remembered(path: Path) -> dict[str, bool]:
    """What an earlier run found; a line that was cut off counts as never written."""
    if not path.exists():
        return {}
    lines = path.read_text("ascii").split("\n")
    return {line[:64]: line[65] == "1" for line in lines[:-1] if len(line) == 66}
