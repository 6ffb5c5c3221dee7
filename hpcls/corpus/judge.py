"""A process of its own that says of texts whether they hold a benchmark item: one that takes too long can be ended.

It reads a JSON string a line and answers a line each, after one line that says whether it can.
"""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from threading import Timer
from typing import IO

from hpcls.corpus.decontamination import Decontamination
from hpcls.errors import HpclsError

_READY = "ready"
_SECONDS = 60
"""A file that takes longer is no ordinary program: it counts as holding an item."""


class Judge:
    """Asks such a process, started at the first question; it ends when nobody is left to ask."""

    def __init__(self, fingerprints: str) -> None:
        self._fingerprints = fingerprints
        self._process: subprocess.Popen[str] | None = None

    def holds(self, text: str) -> bool:
        """Whether `text` holds a benchmark's item.  Raises HpclsError where the fingerprints cannot be used."""
        process = self._process = self._process or self._start()
        timer = Timer(_SECONDS, process.kill)
        timer.start()
        try:
            answer = _asked(process, json.dumps(text))
        finally:
            timer.cancel()
        if not answer:
            self._end()
        return answer != "0"

    def _start(self) -> subprocess.Popen[str]:
        command = [sys.executable, "-m", "hpcls.corpus.judge", self._fingerprints]
        process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8")
        told = _pipe(process.stdout).readline().strip()
        if told != _READY:
            process.kill()
            process.wait()
            raise HpclsError(told or "decontamination: the process that judges texts ended early")
        return process

    def _end(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.communicate()
            self._process = None


def _asked(process: subprocess.Popen[str], question: str) -> str:
    """The answer; nothing where the process has ended."""
    try:
        _pipe(process.stdin).write(question + "\n")
        _pipe(process.stdin).flush()
        return _pipe(process.stdout).readline().strip()
    except OSError:
        return ""


def _pipe(pipe: IO[str] | None) -> IO[str]:
    assert pipe is not None
    return pipe


def _serve(fingerprints: str) -> None:
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # whoever interrupts all of them hears of it once
    try:
        decontamination = Decontamination(fingerprints)
        decontamination.loop("")
    except HpclsError as error:
        sys.stdout.write(f"{error}\n")
        return
    sys.stdout.write(f"{_READY}\n")
    sys.stdout.flush()
    for line in sys.stdin:
        sys.stdout.write(f"{int(decontamination.program(json.loads(line)))}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    _serve(sys.argv[1])
