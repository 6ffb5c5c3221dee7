"""The client's process: a server outlives it by seconds only (LSP 3.18, InitializeParams.processId)."""

from __future__ import annotations

import asyncio
import os
import sys

_PERIOD = 2.0


def watch(process_id: int) -> asyncio.Task[None] | None:
    """Leave when the process is gone.

    Not on Windows, where asking would end it (standard input closes there as everywhere), and not for a process that
    cannot be seen from here, such as one outside this container.
    """
    if sys.platform == "win32" or not _lives(process_id):
        return None
    return asyncio.get_running_loop().create_task(_until_gone(process_id))


async def _until_gone(process_id: int) -> None:
    while _lives(process_id):
        await asyncio.sleep(_PERIOD)
    raise SystemExit(1)


def _lives(process_id: int) -> bool:
    try:
        os.kill(process_id, 0)
    except PermissionError:
        return True
    except (ProcessLookupError, OverflowError):
        return False
    return True
