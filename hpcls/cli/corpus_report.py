"""`hpcls corpus report`: what a corpus holds, as a table, as JSON and as a picture."""

from __future__ import annotations

import json
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from hpcls.cli.options import add_jobs
from hpcls.cli.output import Output
from hpcls.config.cores import cores

if TYPE_CHECKING:
    from hpcls.corpus.report import Loops, Report

Row = tuple[str, ...]
_MOST = 20
"""Rows of a part of the table; JSON has all of them."""


def configure(parser: ArgumentParser) -> None:
    """The options of this subcommand."""
    parser.add_argument("corpus", metavar="CORPUS", type=Path, help="the folder that `hpcls corpus build` wrote")
    parser.add_argument(
        "examples", metavar="EXAMPLES", type=Path, nargs="?", help="the folder of `hpcls corpus examples`"
    )
    parser.add_argument("--output-format", choices=("text", "json"), default="text")
    parser.add_argument("--plot", metavar="PNG", type=Path, help="draw it, too (needs matplotlib)")
    add_jobs(parser)


def run(arguments: Namespace) -> int:
    """0: the figures are printed."""
    from hpcls.corpus.executors import workers  # noqa: PLC0415 (only what is named is imported)
    from hpcls.corpus.report import report  # noqa: PLC0415

    with workers(arguments.jobs or cores()) as found:
        figures = report(arguments.corpus, arguments.examples, found)
    if arguments.plot:
        from hpcls.corpus.report_plot import draw  # noqa: PLC0415

        draw(figures, arguments.plot)
    is_json = arguments.output_format == "json"
    Output().write((json.dumps(asdict(figures), indent=1) + "\n" if is_json else _text(figures)).encode())
    return 0


def _text(figures: Report) -> str:
    sizes = [(name, *map(_number, (one.files, one.bytes, one.tokens))) for name, one in figures.sizes.items()]
    loops = [
        (language, *(_number(value) if value else "-" for value in _loops(one)))
        for language, one in figures.loops.items()
    ]
    licences = [
        (name, _number(sources), _number(figures.files.get(name, 0))) for name, sources in figures.sources.items()
    ]
    parts = [
        _table(("text", "files", "bytes", "tokens"), sizes),
        _table(("loops", "with a directive", "distinct", "without", "distinct"), loops),
        _by_language("directives on loops", {name: one.directives for name, one in figures.loops.items()}),
        _by_language("clauses of directives on loops", {name: one.clauses for name, one in figures.loops.items()}),
        _table(("MPI", "files"), [("whole programs", _number(figures.mpi_programs))]),
        _counts("MPI calls", figures.mpi_calls),
        _counts("examples", figures.examples),
        _counts("dropped", figures.dropped),
        _table(("licences", "sources", "files"), licences),
    ]
    return "\n".join(part for part in parts if part)


def _loops(one: Loops) -> tuple[int, ...]:
    return one.annotated, one.annotated_distinct, one.bare, one.bare_distinct


def _by_language(title: str, counts: Mapping[str, Mapping[str, int]]) -> str:
    totals = {name: sum(one.get(name, 0) for one in counts.values()) for of_one in counts.values() for name in of_one}
    names = sorted(totals, key=lambda name: -totals[name])[:_MOST]
    return _table((title, *counts), [(name, *(_number(one.get(name, 0)) for one in counts.values())) for name in names])


def _counts(title: str, counts: Mapping[str, int]) -> str:
    return _table((title, ""), [(name, _number(count)) for name, count in islice(counts.items(), _MOST)])


def _number(value: int) -> str:
    return f"{value:,}"


def _table(head: Row, rows: Sequence[Row]) -> str:
    """Nothing where there are no rows."""
    return "".join(_lines([head, *rows])) if rows else ""


def _lines(rows: Sequence[Row]) -> Iterator[str]:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for first, *rest in rows:
        cells = [first.ljust(widths[0]), *(cell.rjust(width) for cell, width in zip(rest, widths[1:], strict=True))]
        yield "  ".join(cells).rstrip() + "\n"
