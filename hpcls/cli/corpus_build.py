"""`hpcls corpus build`: sources of code to deduplicated, decontaminated, split documents."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from hpcls.cli.output import tell

if TYPE_CHECKING:
    from hpcls.corpus.shards import Done


def configure(build: ArgumentParser) -> None:
    """The options of this subcommand."""
    build.add_argument("sources", metavar="LIST", help="lines of `debian|git|folder<TAB>where[<TAB>name]`")
    build.add_argument("-o", "--output", metavar="FOLDER", required=True, help="the corpus")
    build.add_argument(
        "--fingerprints", metavar="FOLDER", required=True, help="fingerprint.py and fingerprints.json of the benchmarks"
    )
    build.add_argument(
        "--debian-dir", metavar="FOLDER", default="debian", help="where source packages lie, or are downloaded to"
    )


def run(arguments: Namespace) -> int:
    """0: every source is mined; 2: some could not be read, each named in one line."""
    from hpcls.corpus.build import build  # noqa: PLC0415 (only what is named is imported)
    from hpcls.corpus.decontamination import Decontamination  # noqa: PLC0415
    from hpcls.corpus.manifest import write_manifest  # noqa: PLC0415
    from hpcls.corpus.sources import found_sources, read_list  # noqa: PLC0415

    folder, fingerprints = Path(arguments.output), Path(arguments.fingerprints)
    states: Counter[str] = Counter()

    def failed(message: str) -> None:
        states["failed"] += 1
        _show("")
        tell(message)

    version = Decontamination(fingerprints).version
    sources = found_sources(read_list(arguments.sources), Path(arguments.debian_dir), failed)
    for done, outcome in enumerate(build(sources, folder, fingerprints), 1):
        if outcome.state == "failed":
            failed(outcome.message)
        else:
            states[outcome.state] += 1
        _show(f"{done}/{len(sources)} sources")
    _show("")
    marks = write_manifest(folder, version)
    counts = f"{states['mined']} mined, {states['kept']} already there, {states['failed']} failed\n"
    sys.stdout.write(_table(marks) + counts)
    return 2 if states["failed"] else 0


def _show(text: str) -> None:
    """How far it is, on a terminal only."""
    if sys.stderr.isatty():
        sys.stderr.write(f"\r\x1b[K{text}")
        sys.stderr.flush()


def _table(marks: Mapping[str, Done]) -> str:
    from hpcls.corpus.manifest import totals  # noqa: PLC0415

    columns = ("files", "bytes", "with OpenMP", "with MPI", "train", "tune", "test")
    rows = [["", "sources", *columns]]
    kinds = sorted({mark.provenance.kind for mark in marks.values()})
    for kind in [*kinds, None]:
        found = totals(marks, kind)
        rows.append([kind or "all", str(found.sources), *(str(found.taken.get(column, 0)) for column in columns)])
    dropped = totals(marks).dropped
    reasons = "".join(f"  {count:>9}  {reason}\n" for reason, count in sorted(dropped.items()))
    return _aligned(rows) + "dropped files:\n" + reasons


def _aligned(rows: list[list[str]]) -> str:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = ("  ".join(cell.rjust(width) for cell, width in zip(row, widths, strict=True)) for row in rows)
    return "".join(line.rstrip() + "\n" for line in lines)
