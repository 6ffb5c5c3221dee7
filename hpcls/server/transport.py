"""Bytes to messages: the base protocol of LSP 3.18 ("Base Protocol") over stdio and TCP."""

from __future__ import annotations

import asyncio
import os
import re
import sys
import threading
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import BinaryIO

from hpcls.errors import UsageError

_LENGTH = re.compile(rb"content-length:[ \t]*(\d+)[ \t]*\r?\n$", re.IGNORECASE)
_LARGEST = 64 * 1024 * 1024
"""A longer message is taken for a wrong length: waiting for it would swallow every message after it."""


async def frames(stream: asyncio.StreamReader) -> AsyncIterator[bytes]:
    """The bodies of the messages in `stream`, until it ends.

    After a message with a wrong length the next header stands behind other text on its line: it is found there.
    """
    length = 0
    while line := await _line(stream):
        if header := _LENGTH.search(line):
            length = int(header[1])
        elif length and not line.strip():
            if length <= _LARGEST:
                yield await stream.readexactly(length)
            length = 0


async def _line(stream: asyncio.StreamReader) -> bytes:
    """The next line; white space for one that is longer than any header."""
    try:
        return await stream.readline()
    except ValueError:
        return b" \n"


async def over_stdio(answer: Callable[[asyncio.StreamReader, BinaryIO], Awaitable[None]]) -> None:
    """Run `answer` on standard input and output until either ends.

    From here on, whatever else writes to standard output lands on standard error: a stray line would break the
    protocol.
    """
    stream = asyncio.StreamReader(limit=_LARGEST)
    loop = asyncio.get_running_loop()
    source, sink = os.dup(sys.stdin.fileno()), os.dup(sys.stdout.fileno())
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())

    def pump() -> None:
        while chunk := os.read(source, 1 << 16):
            loop.call_soon_threadsafe(stream.feed_data, chunk)
        loop.call_soon_threadsafe(stream.feed_eof)

    # A thread, since asyncio reads no pipes on Windows; raw reads, since a buffered one holds a lock at exit.
    threading.Thread(target=pump, name="hpcls-stdin", daemon=True).start()
    with os.fdopen(sink, "wb") as output:
        await answer(stream, output)


async def over_tcp(
    host: str, port: int, answer: Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]
) -> None:
    """Run `answer` on the first connection to `host`:`port`; says on standard error where it listens.

    Raises UsageError where nobody can listen there.
    """
    finished: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    async def connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if not listener.is_serving():  # it came together with the first
            writer.close()
            return
        listener.close()
        try:
            await answer(reader, writer)
            finished.set_result(None)
        except BaseException as error:  # noqa: BLE001 (raised again where the server waits, the exit among them)
            finished.set_exception(error)
        finally:
            writer.close()

    try:
        listener = await asyncio.start_server(connected, host, port, limit=_LARGEST)
    except (OSError, OverflowError) as error:
        raise UsageError(f"--tcp: cannot listen on {host}:{port}: {error}") from error
    address = listener.sockets[0].getsockname()
    print(f"hpcls: listening on {address[0]}:{address[1]}", file=sys.stderr, flush=True)  # noqa: T201
    await finished
