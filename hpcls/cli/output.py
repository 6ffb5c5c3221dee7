"""Standard output, which may be closed or full, and the lines for standard error."""

from __future__ import annotations

import contextlib
import os
import sys
from pathlib import Path

from hpcls.errors import OutputError


class Output:
    """Bytes to standard output; `closed` once nobody reads it any more."""

    def __init__(self) -> None:
        self.closed = False

    def write(self, data: bytes) -> None:
        """Write and flush; nothing once the reader is gone.  Raises OutputError."""
        if self.closed or not data:
            return
        try:
            sys.stdout.buffer.write(data)
            sys.stdout.buffer.flush()
        except BrokenPipeError:
            self.closed = True
            discard_output()
        except OSError as error:
            discard_output()
            raise OutputError(f"standard output: {error.strerror or error}") from error


def open_missing_streams() -> None:
    """Give a process that was started with a standard stream closed an empty one, so that nobody need ask."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, Path(os.devnull).open(mode, encoding="utf-8"))  # noqa: SIM115 (until the end)


def discard_output() -> None:
    """Let what is still in the buffers of a broken standard output go nowhere when the interpreter flushes it."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())


def tell(message: str) -> None:
    """One line on standard error."""
    line = "hpcls: " + message.replace("\n", "\\n") + "\n"
    with contextlib.suppress(OSError):
        sys.stderr.flush()
        sys.stderr.buffer.write(line.encode("utf-8", "surrogateescape"))
        sys.stderr.buffer.flush()
