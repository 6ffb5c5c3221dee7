"""Verdicts on whole files, taken in two processes and remembered by content: a second run asks nothing twice."""

from __future__ import annotations

import signal
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from functools import cache
from pathlib import Path
from types import FrameType, TracebackType

from hpcls.corpus.decontamination import Decontamination
from hpcls.errors import HpclsError

_PROCESSES = 2
_SECONDS = 60
"""A file that takes longer is no ordinary program: it counts as holding an item."""


class Verdicts:
    """Whether files hold benchmark items; use it in `with`."""

    def __init__(self, fingerprints: Path, memory: Path) -> None:
        self._fingerprints = fingerprints
        self.version = Decontamination(fingerprints).version
        self._path = memory / f"{self.version[:16]}.txt"
        self._known = _remembered(self._path)
        self._pool: ProcessPoolExecutor | None = None

    def __enter__(self) -> Verdicts:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)

    def of(self, texts: Mapping[str, str]) -> Mapping[str, bool]:
        """SHA-256 → whether the text holds an item, for every text of `texts` (by its SHA-256)."""
        new = [sha for sha in texts if sha not in self._known]
        if new:
            self._remember(zip(new, self._judged([texts[sha] for sha in new]), strict=True))
        return {sha: self._known[sha] for sha in texts}

    def _judged(self, texts: Sequence[str]) -> Iterator[bool]:
        given = (str(self._fingerprints), self.version)
        _loaded(*given).loop("")  # a module that cannot be used is told of here, not from another process
        self._pool = self._pool or ProcessPoolExecutor(_PROCESSES, initializer=_leave_interrupts_to_the_parent)
        try:
            yield from self._pool.map(_holds, [given] * len(texts), texts)
        except BrokenProcessPool as error:
            raise HpclsError("decontamination: a process died (out of memory?); run again to go on") from error

    def _remember(self, judged: Iterator[tuple[str, bool]]) -> None:
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            with self._path.open("a", encoding="ascii") as file:
                for sha, holds in judged:
                    self._known[sha] = holds
                    file.write(f"{sha} {int(holds)}\n")
                    file.flush()
        except OSError as error:
            raise HpclsError(f"{self._path}: not written: {error.strerror or error}") from error


def _remembered(path: Path) -> dict[str, bool]:
    """What an earlier run found; a line that was cut off counts as never written."""
    if not path.exists():
        return {}
    lines = path.read_text("ascii").split("\n")[:-1]
    return {line[:64]: line[65] == "1" for line in lines if len(line) == 66}


@cache
def _loaded(folder: str, _version: str) -> Decontamination:
    return Decontamination(folder)


def _leave_interrupts_to_the_parent() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)


class _TooSlowError(Exception):
    pass


def _holds(given: tuple[str, str], text: str) -> bool:
    def stop(_number: int, _frame: FrameType | None) -> None:
        raise _TooSlowError

    decontamination = _loaded(*given)
    decontamination.loop("")  # the fingerprints are read outside the time limit
    signal.signal(signal.SIGALRM, stop)
    signal.alarm(_SECONDS)
    try:
        return decontamination.program(text)
    except _TooSlowError:
        return True
    finally:
        signal.alarm(0)
