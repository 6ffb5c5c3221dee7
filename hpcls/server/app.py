"""The server, put together and running."""

from __future__ import annotations

import asyncio
import logging
import os
import sys
from typing import TYPE_CHECKING, BinaryIO

from pygls.io_ import StdoutWriter
from pygls.lsp.server import LanguageServer

from hpcls import __version__
from hpcls.server.features import register
from hpcls.server.handlers import FEATURES, TEST_FEATURES
from hpcls.server.parsing import load_grammars
from hpcls.server.protocol import Protocol
from hpcls.server.session import Session
from hpcls.server.transport import frames, over_stdio, over_tcp

if TYPE_CHECKING:
    from pygls.io_ import AsyncWriter, Writer

_SWITCH_INTERVAL = 0.001
"""Seconds after which a thread that analyses lets the event loop run; Python's own 0.005 is felt in every answer."""


class Server(LanguageServer):
    """pygls's server without its pop-ups: what goes wrong is logged where it happens."""

    protocol: Protocol  # pyright: ignore[reportIncompatibleVariableOverride] (made by this class alone)

    def __init__(self) -> None:
        super().__init__("hpcls", __version__, protocol_cls=Protocol)  # pyright: ignore[reportUnknownMemberType]
        session = Session(self)
        test_features = TEST_FEATURES if os.environ.get("HPCLS_TEST") == "1" else ()
        for feature in (*FEATURES, *test_features):
            register(self, session, feature)

    def report_server_error(self, error: Exception, source: object) -> None:
        """Called by pygls for what its handlers raise."""
        logging.getLogger(__name__).debug("%s: %s", source, error)


class _Output(StdoutWriter):
    """Standard output; a server whose client has closed it has nobody left."""

    def write(self, data: bytes) -> None:
        try:
            super().write(data)
        except OSError:
            raise SystemExit(1) from None


def serve(*, tcp: bool, host: str, port: int) -> int:
    """Serve one client on stdio, or on the first connection to `host`:`port`, until it leaves; the exit status.

    0 after `shutdown` (LSP 3.18, "Exit Notification"), else 1.
    """
    logging.basicConfig(stream=sys.stderr, level=logging.WARNING, format="hpcls: %(levelname)s: %(message)s")
    logging.getLogger("pygls").setLevel(logging.CRITICAL)
    sys.setswitchinterval(_SWITCH_INTERVAL)
    load_grammars()
    server = Server()

    async def over_pipe(stream: asyncio.StreamReader, output: BinaryIO) -> None:
        await _converse(server, stream, _Output(output))

    async def over_socket(stream: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await _converse(server, stream, writer)

    try:
        asyncio.run(over_tcp(host, port, over_socket) if tcp else over_stdio(over_pipe))
    except SystemExit as leaving:
        return int(leaving.code or 0)
    except (KeyboardInterrupt, asyncio.IncompleteReadError, ConnectionError):
        pass
    return 0 if server.protocol.is_shut_down else 1


async def _converse(server: Server, stream: asyncio.StreamReader, writer: AsyncWriter | Writer) -> None:
    server.protocol.set_writer(writer)
    async for body in frames(stream):
        server.protocol.receive(body)
        await asyncio.sleep(0)  # an asynchronous handler takes its snapshot before the next message is read
