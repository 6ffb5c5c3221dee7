"""What does hpcls show of MPI in programs that are not finished, and how often is it what the author wrote?

    python -m scripts.half_written CORPUS [--split test] [--most N] [--model FOLDER|none] [-o SHOWN] [-j N]

CORPUS is what `hpcls corpus build` wrote.  Of every C and C++ program of the split that starts MPI (`--most`: so many a
repository) some calls are taken out: none, one, half of those between start and end, all of these, everything; and
`hpcls suggest` is asked about each.  Printed are how many calls were taken out and are shown, and of those shown how
many are in the author's program at all, at their place but for two lines of code, and there with all arguments.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from functools import partial
from pathlib import Path
from zlib import crc32

from hpcls.cli.advice import advisor_for
from hpcls.config import Settings
from hpcls.corpus.executors import in_order, workers
from hpcls.corpus.model import SPLITS, Document, source_of
from hpcls.corpus.shards import documents
from hpcls.errors import HpclsError, UsageError
from hpcls.evaluation.half_written import MASKINGS, HalfWritten, half_written
from hpcls.evaluation.mpi_scores import score_mpi
from hpcls.suggest.model_calls import sure_calls
from scripts.author_rates import some

_NEAR = 2
"""Lines of code that a call may be off its place."""
_AHEAD = 16


def shown(model: str | None, document: Document) -> list[HalfWritten]:
    """What is shown of one document; nothing where it is nested too deeply."""
    advisor = advisor_for(Settings(model=model), threads=1)
    propose = partial(sure_calls, advisor) if advisor else None
    try:
        return list(half_written(source_of(document), crc32(document.sha256.encode()), propose))
    except RecursionError:
        sys.stderr.write(f"{document.repo}/{document.path}: nested too deeply\n")
        return []


def rows(found: Iterable[HalfWritten]) -> Iterator[str]:
    """A line for each way to take calls out."""
    listed = list(found)
    yield f"{'taken out':42} programs   calls   shown  of them anywhere  near  with arguments"
    for masking in MASKINGS:
        scores = score_mpi(one.answer for one in listed if one.masking == masking)
        near, anywhere = scores.within[_NEAR], scores.anywhere
        counts = f"{scores.items:8} {anywhere.wanted:7} {anywhere.answered:7}"
        rates = f"{anywhere.precision:17.3f} {near.calls.precision:5.3f} {near.with_arguments.precision:15.3f}"
        yield f"{masking:42} {counts} {rates}"


def lines(documents_: Iterable[Document], found: Iterable[list[HalfWritten]]) -> Iterator[str]:
    """A JSON line for each program and each way to take calls out."""
    for document, listed in zip(documents_, found, strict=True):
        for one in listed:
            yield json.dumps({"id": f"{document.repo}/{document.path}", **asdict(one)}) + "\n"


def main() -> int:
    """0: the table is printed."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("corpus", type=Path, metavar="CORPUS")
    parser.add_argument("--split", choices=SPLITS, default="test")
    parser.add_argument("--most", type=int, help="programs of a repository")
    parser.add_argument("--model", metavar="FOLDER", default="none")
    parser.add_argument("-o", "--output", type=Path, metavar="SHOWN")
    parser.add_argument("-j", "--jobs", type=int, default=1)
    arguments = parser.parse_args()
    programs = (
        one
        for one in documents(arguments.corpus)
        if one.split == arguments.split and one.has_mpi and one.language in ("c", "cpp") and "MPI_Init" in one.text
    )
    chosen = list(some(programs, arguments.most))
    if not chosen:
        raise UsageError(f"{arguments.corpus}: no MPI programs in its {arguments.split} split")
    with workers(arguments.jobs) as pool:
        found = list(in_order(pool, partial(shown, arguments.model), chosen, _AHEAD))
    if arguments.output:
        arguments.output.write_text("".join(lines(chosen, found)), "utf-8")
    sys.stdout.write("\n".join(rows(one for listed in found for one in listed)) + "\n")
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except HpclsError as error:
        sys.exit(str(error))
