"""A program of the user's, run as a child that can do little harm: limits of time, memory, files and processes."""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import tempfile
import threading
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import IO

from hpcls.verification.isolation import STRONGEST_FIRST, Isolation, give_away, isolation, nobody
from hpcls.verification.model import Unverifiable
from hpcls.verification.written import empty, size, take

_LOOK = 0.05
"""Seconds between two looks at what a program has written."""
_SIGNALLED = 128
_KEPT = ("PATH", "LD_LIBRARY_PATH", "LIBRARY_PATH")


@dataclass(frozen=True)
class Limits:
    """What one program may use."""

    seconds: float = 30
    memory: int | None = 4 << 30
    """Bytes of address space; None for a program that reserves it in terabytes and watches its own use."""
    written: int = 64 << 20
    """Bytes in files and on the standard streams."""
    processes: int = 64
    """Threads among them."""


@dataclass(frozen=True)
class Run:
    """How a program ended."""

    status: int
    """The exit status; negative: the signal that ended it."""
    stdout: bytes
    stderr: bytes
    seconds: float
    """Wall clock."""
    stopped: str | None
    """What the sandbox ended it for."""
    files: Mapping[str, bytes] = field(default_factory=dict[str, bytes])
    """What it left in its folder, by name."""

    @property
    def trouble(self) -> str | None:
        """Why the run says nothing, where it does not: it was stopped, or it crashed."""
        if self.stopped:
            return self.stopped
        return f"it ended with {signal.Signals(-self.status).name}" if self.status < 0 else None


class Sandbox:
    """A temporary folder of its own, and programs that run in it."""

    def __init__(self, folder: Path, candidates: Sequence[Isolation] = STRONGEST_FIRST) -> None:
        """`folder` is for this sandbox alone; the first of `candidates` that works here keeps programs in it."""
        folder.chmod(0o755)
        self.build = folder / "build"
        """For what is compiled: programs may read it."""
        self._own = folder / "own"
        """Programs may write there, and nowhere else."""
        self.files = self._own / "run"
        """Where programs run."""
        self._scratch = self._own / "tmp"
        """For what libraries keep besides, under names of their own choice."""
        for place in (self.build, self._own, self.files, self._scratch):
            place.mkdir(mode=0o755)
        for place in (self.files, self._scratch):
            give_away(place)
        self.isolation: Isolation = isolation(self.files, candidates)

    def run(self, command: tuple[str, ...], limits: Limits, environment: Mapping[str, str]) -> Run:
        """Run `command` with no input in an empty folder; `environment` is added to a nearly empty one.

        Raises Unverifiable where it cannot even be started.
        """
        with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
            started = time.monotonic()
            process = self._started(command, limits, environment, (out, err))
            stopped, seconds = _supervised(process, self._own, limits, started)
            status = _status(process.returncode)
            if stopped is None and status == -signal.SIGXFSZ:
                stopped = _too_much(limits)
            empty(self._scratch)
            return Run(status, _read(out), _read(err), seconds, stopped, take(self.files))

    def _started(
        self,
        command: tuple[str, ...],
        limits: Limits,
        environment: Mapping[str, str],
        streams: tuple[IO[bytes], IO[bytes]],
    ) -> subprocess.Popen[bytes]:
        kept = {name: os.environ[name] for name in _KEPT if name in os.environ}
        home = {"HOME": str(self._scratch), "TMPDIR": str(self._scratch), "LC_ALL": "C"}
        try:
            return subprocess.Popen(
                self.isolation.command(command, self._own, limits.processes),
                cwd=self.files,
                env={**kept, **home, **environment},
                stdin=subprocess.DEVNULL,
                stdout=streams[0],
                stderr=streams[1],
                start_new_session=True,
                preexec_fn=partial(_limit, limits),  # noqa: PLW1509 (no other thread runs yet)
                user=nobody(),
                group=nobody(),
                extra_groups=None if nobody() is None else [],
            )
        except (OSError, subprocess.SubprocessError) as error:
            raise Unverifiable(f"no program can be started in {self.files}: {error}") from error


def _limit(limits: Limits) -> None:
    """In the child: what the kernel keeps it to."""
    for what, most in (
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, limits.written),
        (resource.RLIMIT_NOFILE, 256),
        (resource.RLIMIT_AS, limits.memory),
    ):
        if most is not None:
            resource.setrlimit(what, (most, most))


def _supervised(
    process: subprocess.Popen[bytes], files: Path, limits: Limits, started: float
) -> tuple[str | None, float]:
    """Wait for the end, in time or not, and leave nothing of it running: (why it was stopped, seconds)."""
    reasons: list[str] = []
    over = threading.Event()
    watcher = threading.Thread(target=_watch, args=(process.pid, files, limits, over, reasons))
    watcher.start()
    try:
        process.wait()
        seconds = time.monotonic() - started
    finally:
        over.set()
        watcher.join()
        _kill(process.pid)
    return (reasons[0] if reasons else None), seconds


def _watch(group: int, files: Path, limits: Limits, over: threading.Event, reasons: list[str]) -> None:
    end = time.monotonic() + limits.seconds
    while not over.wait(_LOOK):
        if time.monotonic() > end:
            reasons.append(f"it ran longer than {limits.seconds:g} s")
        elif size(files) > limits.written:
            reasons.append(_too_much(limits))
        if reasons:
            _kill(group)
            return


def _kill(group: int) -> None:
    with suppress(ProcessLookupError):
        os.killpg(group, signal.SIGKILL)


def _too_much(limits: Limits) -> str:
    return f"it wrote more than {limits.written >> 20} MiB"


def _read(stream: IO[bytes]) -> bytes:
    stream.seek(0)
    return stream.read()


def _status(status: int) -> int:
    # A signal that ends a program inside a namespace is told as a shell tells it.
    return _SIGNALLED - status if status - _SIGNALLED in set(signal.Signals) else status
