"""`hpcls corpus build`: a manifest of sources to deduplicated, decontaminated, split documents."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from collections import Counter
from pathlib import Path

from hpcls.cli.options import add_jobs
from hpcls.cli.output import Output, tell
from hpcls.config.cores import cores


def configure(build: ArgumentParser) -> None:
    """The options of this subcommand."""
    build.add_argument("manifest", metavar="MANIFEST", help="lines of `debian|git|folder<TAB>name[<TAB>version…]`")
    build.add_argument("-o", "--output", metavar="FOLDER", required=True, help="the corpus")
    build.add_argument(
        "--fingerprints", metavar="FOLDER", required=True, help="fingerprint.py and fingerprints.json of the benchmarks"
    )
    build.add_argument(
        "--debian-dir", metavar="FOLDER", default="debian", help="where source packages lie, or are downloaded to"
    )
    build.add_argument(
        "--git-dir", metavar="PATTERN", default="git/{owner}+{name}", help="where clones lie (default: %(default)s)"
    )
    build.add_argument(
        "--folder-dir", metavar="PATTERN", default="folders/{owner}+{name}",
        help="where folders of files lie (default: %(default)s)",
    )  # fmt: skip
    build.add_argument("--all-text", action="store_true", help="keep C and C++ that uses neither OpenMP nor MPI, too")
    add_jobs(build)
    build.add_argument("--scheduler", metavar="ADDRESS", help="of a Dask cluster that sees the same folders: tcp://…")


def run(arguments: Namespace) -> int:
    """0: every source is mined; 2: some could not be read, each named in one line."""
    from hpcls.corpus.build import build  # noqa: PLC0415 (only what is named is imported)
    from hpcls.corpus.executors import workers  # noqa: PLC0415
    from hpcls.corpus.manifest import read_manifest, write_manifest  # noqa: PLC0415
    from hpcls.corpus.shards import read_marks  # noqa: PLC0415
    from hpcls.corpus.sources import Places, found_sources  # noqa: PLC0415

    folder, fingerprints = Path(arguments.output), Path(arguments.fingerprints)
    states: Counter[str] = Counter()

    def failed(message: str) -> None:
        states["failed"] += 1
        _show("")
        tell(message)

    places = Places(Path(arguments.debian_dir).resolve(), _absolute(arguments.git_dir), _absolute(arguments.folder_dir))
    sources = found_sources(read_manifest(arguments.manifest), places, failed)
    with workers(arguments.jobs or cores(), arguments.scheduler) as found:
        for done, outcome in enumerate(build(sources, folder, fingerprints, found, all_text=arguments.all_text), 1):
            if outcome.state == "failed":
                failed(outcome.message)
            else:
                states[outcome.state] += 1
            _show(f"{done}/{len(sources)} sources")
    _show("")
    write_manifest(folder / "sources.tsv", read_marks(folder))
    Output().write(f"{states['mined']} mined, {states['kept']} already there, {states['failed']} failed\n".encode())
    return 2 if states["failed"] else 0


def _absolute(pattern: str) -> str:
    """Other machines start elsewhere."""
    return str(Path(pattern).absolute())


def _show(text: str) -> None:
    """How far it is, on a terminal only."""
    if sys.stderr.isatty():
        sys.stderr.write(f"\r\x1b[K{text}")
        sys.stderr.flush()
