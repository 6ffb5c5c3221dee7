"""Work beside the event loop."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from typing import TypeVar

Result = TypeVar("Result")


async def in_thread(work: Callable[[], Result]) -> Result:
    """What `work` returns or raises, computed in a thread of its own.

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
        except Exception as error:  # noqa: BLE001 (raised again where it is awaited)
            answer = (None, error)
        if not loop.is_closed():
            loop.call_soon_threadsafe(settle, *answer)

    threading.Thread(target=run, name="hpcls-work", daemon=True).start()
    return await future
