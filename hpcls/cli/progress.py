"""A bar on standard error, on a terminal only."""

from __future__ import annotations

import sys
import time

_WIDTH = 30
_EVERY = 0.1
_SHORT = 0.5
"""Seconds that nobody minds waiting."""


class Progress:
    """How far a run over `total` files is."""

    def __init__(self, total: int) -> None:
        self._total = total
        self._done = 0
        self._shown = False
        self._next = time.monotonic() + _SHORT
        self._wanted = sys.stderr.isatty()

    def step(self) -> None:
        """One more file is done."""
        self._done += 1
        if self._wanted and time.monotonic() >= self._next:
            full = _WIDTH * self._done // self._total
            bar = "█" * full + "░" * (_WIDTH - full)
            self._write(f"\r\x1b[K{bar} {self._done}/{self._total} files")
            self._shown = True
            self._next = time.monotonic() + _EVERY

    def clear(self) -> None:
        """Take the bar away, before something else is written."""
        if self._shown:
            self._write("\r\x1b[K")
            self._shown = False

    @staticmethod
    def _write(text: str) -> None:
        sys.stderr.write(text)
        sys.stderr.flush()
