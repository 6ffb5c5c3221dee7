"""Picks the subcommand; the only file that knows both the command line and the server."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Sequence

from hpcls.cli.collector import collect_rarely
from hpcls.cli.parser import Command
from hpcls.cli.parser import main as run_command


def main(arguments: Sequence[str] | None = None) -> int:
    """The console script `hpcls`; returns its exit status."""
    collect_rarely()
    others: dict[str, tuple[str, Callable[[], Command]]] = {
        "bench": ("time a cold run, or a warm server", lambda: _Bench),
        "server": ("serve an editor over the Language Server Protocol", lambda: _Server),
    }
    return run_command(sys.argv[1:] if arguments is None else arguments, others)


class _Bench:
    """`hpcls bench`: that of the command line, and with `--server` that of the server."""

    @staticmethod
    def configure(parser: ArgumentParser) -> None:
        """The options of this subcommand."""
        from hpcls.cli import bench  # noqa: PLC0415 (only what is named is imported)

        bench.configure(parser)
        parser.add_argument("--server", action="store_true", help="time the answers of a warm server after an edit")

    @staticmethod
    def run(arguments: Namespace) -> int:
        """Time what is asked for."""
        from hpcls.cli import bench, bench_server  # noqa: PLC0415

        if not arguments.server:
            return bench.run(arguments)
        from hpcls.server.bench import measure  # noqa: PLC0415

        bench.check(arguments)
        return bench_server.show(arguments, measure(arguments.file, arguments.runs))


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


if __name__ == "__main__":
    sys.exit(main())
