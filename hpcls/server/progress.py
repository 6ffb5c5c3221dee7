"""Work that takes long is told of: silence would look like an answer (LSP 3.18, "Server Initiated Progress")."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable
from typing import TypeVar
from uuid import uuid4

from lsprotocol import types
from pygls.lsp.server import LanguageServer

_PATIENCE = 2.0
"""Seconds that work takes before it is told of."""
Result = TypeVar("Result")


async def told_of(server: LanguageServer, title: str, work: Awaitable[Result]) -> Result:
    """What `work` returns or raises; while it goes on for long, the client shows `title`."""
    telling = asyncio.create_task(_tell(server, title))
    telling.add_done_callback(lambda ended: ended.cancelled() or ended.exception())  # a client may refuse to be told
    try:
        return await work
    finally:
        telling.cancel()


async def _tell(server: LanguageServer, title: str) -> None:
    await asyncio.sleep(_PATIENCE)
    token, progress = str(uuid4()), server.work_done_progress
    await progress.create_async(token)  # pyright: ignore[reportUnknownMemberType] (pygls leaves it open)
    progress.begin(token, types.WorkDoneProgressBegin(title))
    try:
        await asyncio.Event().wait()
    finally:
        progress.end(token, types.WorkDoneProgressEnd())
