"""Work beside the event loop that can be stopped."""

from __future__ import annotations

import asyncio
import ctypes
import threading
from collections.abc import Callable
from typing import TypeVar

Result = TypeVar("Result")


class _StopError(BaseException):
    """Ends a thread."""


class _Worker:
    """A thread that can be stopped while it works.

    A daemon, not an executor's: an executor is joined at exit, so that a long analysis would keep a server alive whose
    client is gone.  Starting one costs about 0.1 ms.
    """

    def __init__(self, work: Callable[[], None]) -> None:
        self._work = work
        self._lock = threading.Lock()
        self._works = True
        self._thread = threading.Thread(target=self._run, name="hpcls-work", daemon=True)
        self._thread.start()

    def _run(self) -> None:
        try:
            self._work()
            with self._lock:
                self._works = False
        except _StopError:
            pass

    def stop(self) -> None:
        """Raise _StopError in the thread at its next step of Python; nobody waits for its result any more.

        Never in a thread that has ended: a new one, for which somebody waits, may have its identifier by then.
        """
        with self._lock:
            if self._works:
                identifier = ctypes.c_ulong(self._thread.ident or 0)
                ctypes.pythonapi.PyThreadState_SetAsyncExc(identifier, ctypes.py_object(_StopError))


async def in_thread(work: Callable[[], Result]) -> Result:
    """What `work` returns or raises, computed in a thread of its own; cancelling the caller stops it."""
    loop = asyncio.get_running_loop()
    future: asyncio.Future[Result] = loop.create_future()

    def settle(result: Result | None, error: BaseException | None) -> None:
        if future.done():
            return
        if error is not None:
            future.set_exception(error)
        else:
            future.set_result(result)  # pyright: ignore[reportArgumentType] (no error: `work` returned it)

    def run() -> None:
        try:
            answer = (work(), None)
        except Exception as error:  # noqa: BLE001 (raised again where it is awaited)
            answer = (None, error)
        if not loop.is_closed():
            loop.call_soon_threadsafe(settle, *answer)

    worker = _Worker(run)
    try:
        return await future
    except asyncio.CancelledError:
        worker.stop()
        raise
