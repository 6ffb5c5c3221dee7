"""Picks the subcommand; the only file that knows both the command line and the server."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Sequence

from hpcls.cli.parser import Command
from hpcls.cli.parser import main as run_command


def main(arguments: Sequence[str] | None = None) -> int:
    """The console script `hpcls`; returns its exit status."""
    others = {"server": ("serve an editor over the Language Server Protocol", _server_command)}
    return run_command(sys.argv[1:] if arguments is None else arguments, others)


class _Server:
    """`hpcls server`."""

    @staticmethod
    def configure(parser: ArgumentParser) -> None:
        """The options of this subcommand."""
        parser.add_argument("--stdio", action="store_true", help="speak over standard input and output (the default)")
        parser.add_argument("--tcp", action="store_true", help="wait for one client on a port")
        parser.add_argument("--host", default="127.0.0.1", help="with --tcp (default: 127.0.0.1)")
        parser.add_argument("--port", type=int, default=8765, help="with --tcp (default: 8765)")

    @staticmethod
    def run(arguments: Namespace) -> int:
        """Serve until the client leaves."""
        from hpcls.server.app import serve  # noqa: PLC0415 (the protocol's libraries are slow to import)

        return serve(tcp=arguments.tcp, host=arguments.host, port=arguments.port)


def _server_command() -> Command:
    return _Server


if __name__ == "__main__":
    sys.exit(main())
