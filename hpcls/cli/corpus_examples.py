"""`hpcls corpus examples`: documents to questions with their answers."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path

from hpcls.cli.options import add_jobs
from hpcls.cli.output import Output
from hpcls.config.cores import cores


def configure(parser: ArgumentParser) -> None:
    """The options of this subcommand."""
    parser.add_argument("corpus", metavar="CORPUS", type=Path, help="the folder that `hpcls corpus build` wrote")
    parser.add_argument("-o", "--output", metavar="FOLDER", type=Path, required=True, help="where the examples go")
    parser.add_argument(
        "--fingerprints", metavar="FOLDER", type=Path, required=True,
        help="fingerprint.py and fingerprints.json of the benchmarks",
    )  # fmt: skip
    parser.add_argument("--scheduler", metavar="ADDRESS", help="of a Dask cluster that sees the same folders: tcp://…")
    add_jobs(parser)


def run(arguments: Namespace) -> int:
    """0: the examples are written, and what was kept and dropped is counted."""
    from hpcls.corpus.example_shards import write_examples  # noqa: PLC0415 (only what is named is imported)

    jobs = arguments.jobs or cores()
    counts = write_examples(arguments.corpus, arguments.fingerprints, arguments.output, jobs, arguments.scheduler)
    Output().write("".join(f"{count:>9}  {what}\n" for what, count in sorted(counts.items())).encode())
    return 0
