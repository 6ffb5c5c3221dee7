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


async def in_thread(work: Callable[[], Result]) -> Result:
    """What `work` returns or raises, computed in a thread of its own; cancelling the caller stops it.

    A daemon thread, not an executor: an executor is joined at exit, so that a long analysis would keep a server
    alive whose client is gone.  Starting one costs about 0.1 ms.
    """
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
        except _StopError:
            return
        except Exception as error:  # noqa: BLE001 (raised again where it is awaited)
            answer = (None, error)
        if not loop.is_closed():
            loop.call_soon_threadsafe(settle, *answer)

    thread = threading.Thread(target=run, name="hpcls-work", daemon=True)
    thread.start()
    try:
        return await future
    except asyncio.CancelledError:
        _stop(thread)
        raise


def _stop(thread: threading.Thread) -> None:
    """Raise _StopError in `thread` at its next step of Python; nobody waits for its result any more."""
    identifier = ctypes.c_ulong(thread.ident or 0)
    ctypes.pythonapi.PyThreadState_SetAsyncExc(identifier, ctypes.py_object(_StopError))
