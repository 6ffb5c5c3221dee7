"""Work in threads: stopped where nobody waits for it any more, and never elsewhere."""

from __future__ import annotations

import asyncio
import time

import pytest

from hpcls.server.background import in_thread


def spin(seconds: float) -> str:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        pass
    return "done"


def test_a_stopped_thread_ends() -> None:
    reached: list[str] = []

    async def main() -> None:
        task = asyncio.create_task(in_thread(lambda: reached.append(spin(0.5))))
        await asyncio.sleep(0.05)
        task.cancel()
        await asyncio.sleep(1)

    asyncio.run(main())
    assert reached == []


def test_what_work_raises_is_raised() -> None:
    with pytest.raises(ZeroDivisionError):
        asyncio.run(in_thread(lambda: 1 / 0))


def test_stopping_one_that_has_just_ended_stops_no_other() -> None:
    """Threads that follow each other have the same identifier."""

    async def main() -> None:
        for _ in range(300):
            task = asyncio.create_task(in_thread(lambda: None))
            await asyncio.sleep(0)  # it has begun
            time.sleep(0.001)  # it has ended, and the event loop has not heard of that yet
            next_one = asyncio.create_task(in_thread(lambda: spin(0.002)))
            task.cancel()  # heard after the next one has begun
            assert await asyncio.wait_for(next_one, 10) == "done"

    asyncio.run(main())
