"""Programs of the project's own corpus without their MPI calls, to tune rules on.

    python -m scripts.own_programs CORPUS -o ITEMS [--split train|tune|test] [--sources LIST] [--count 300]
        [--seed 1] [--without ITEMS]
    hpcls evaluate mpi ITEMS -o PREDICTIONS --by analysis --score
    python -m scripts.errors mpi ITEMS PREDICTIONS

CORPUS is what `hpcls corpus build` wrote.  Each item is the `main` of one C program, as in MPIrigen's test set; the
published items themselves are for measuring only.  No more than five programs are of one repository; `--sources` is a
manifest: those of its sources alone; `--without` leaves out those of another sample.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from itertools import islice
from pathlib import Path
from random import Random

from hpcls.cli.evaluate_tasks import read_items
from hpcls.corpus.model import SPLITS, Document, source_of
from hpcls.errors import HpclsError, UsageError
from hpcls.evaluation.asked import asked
from hpcls.evaluation.own_programs import bare_program

_LONGEST = 132
"""Lines of the longest program of MPIrigen's set."""
_PER_REPOSITORY = 5


def drawn(found: Iterable[Document], seed: int) -> Iterator[Document]:
    """In random order, few of each repository."""
    listed = sorted(found, key=lambda one: one.sha256)
    Random(seed).shuffle(listed)
    taken: Counter[str] = Counter()
    for document in listed:
        if taken[document.repo] < _PER_REPOSITORY:
            taken[document.repo] += 1
            yield document


def _name(document: Document) -> str:
    return f"{document.repo}/{document.path}"


def items(found: Iterable[Document]) -> Iterator[dict[str, object]]:
    """Those documents that are a program of the published kind."""
    for document in found:
        program = bare_program(source_of(document))
        if program and program.code.count("\n") <= _LONGEST:
            yield {"id": _name(document), "code": program.code, "calls": [asdict(call) for call in program.calls]}


def main() -> int:
    """0: the items are written."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("corpus", type=Path, metavar="CORPUS")
    parser.add_argument("-o", "--output", type=Path, metavar="ITEMS", required=True)
    parser.add_argument("--split", choices=SPLITS, default="train")
    parser.add_argument("--sources", metavar="LIST", help="ask about repositories of these alone")
    parser.add_argument("--count", type=int, default=300, help="programs (default: 300)")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--without", type=Path, metavar="ITEMS")
    arguments = parser.parse_args()
    known = {item.id for item in read_items(str(arguments.without), "mpi")} if arguments.without else set[str]()
    wanted = (
        one
        for one in asked(arguments.corpus, arguments.split, sources=arguments.sources)
        if one.has_mpi and one.language == "c" and "MPI_Init" in one.text
        if _name(one) not in known
    )
    lines = [json.dumps(item) + "\n" for item in islice(items(drawn(wanted, arguments.seed)), arguments.count)]
    if not lines:
        raise UsageError(f"{arguments.corpus}: no MPI programs in its {arguments.split} split")
    arguments.output.write_text("".join(lines), "utf-8")
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except HpclsError as error:
        sys.exit(str(error))
