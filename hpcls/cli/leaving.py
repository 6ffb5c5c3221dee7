"""A process that is told to end leaves nothing behind."""

from __future__ import annotations

import signal


def leave_in_order() -> None:
    """From here on SIGTERM and SIGHUP end this process by way of every `finally`, so that temporary files and the
    processes that it has started go with it.  A signal that is ignored, as under nohup, still is."""
    for number in (signal.SIGTERM, getattr(signal, "SIGHUP", signal.SIGTERM)):  # Windows has no SIGHUP
        if signal.getsignal(number) is signal.SIG_DFL:
            signal.signal(number, _leave)


def _leave(number: int, _: object) -> None:
    raise SystemExit(128 + number)
