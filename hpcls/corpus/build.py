"""Sources to a corpus: every source once, small ones first, finished ones skipped."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from hpcls.corpus.mine import Mined, mine
from hpcls.corpus.model import Source, source_id
from hpcls.corpus.shards import Done, read_marks, write_shard
from hpcls.corpus.verdicts import Verdicts
from hpcls.errors import InputError

RULES = 2
"""Counts up when other documents would come of the same sources."""


@dataclass(frozen=True)
class Outcome:
    """What came of one source."""

    name: str
    state: Literal["mined", "kept", "failed"]
    message: str = ""


def build(sources: Sequence[Source], folder: Path, fingerprints: Path) -> Iterator[Outcome]:
    """Mine what is not yet done into `folder`; one outcome a source.

    A folder only grows: sources that `sources` no longer names stay.  Raises InputError where nothing can be written.
    """
    marks = read_marks(folder)
    with Verdicts(fingerprints, folder / "verdicts") as verdicts:
        fresh: list[tuple[Source, str]] = []
        for source in sources:
            try:
                inputs = _inputs(source, verdicts.version)
            except InputError as error:
                yield Outcome(source.name, "failed", str(error))
                continue
            mark = marks.get(source_id(source))
            if mark is not None and mark.inputs == inputs:
                yield Outcome(source.name, "kept")
            else:
                marks.pop(source_id(source), None)
                fresh.append((source, inputs))
        known = {key for mark in marks.values() for key in mark.keys}
        for source, inputs in sorted(fresh, key=lambda one: one[0].size()):
            yield _built(source, inputs, folder, known, verdicts)


def _inputs(source: Source, fingerprints: str) -> str:
    return hashlib.sha256(f"{RULES}\n{fingerprints}\n{source.state()}".encode()).hexdigest()


def _built(source: Source, inputs: str, folder: Path, known: set[str], verdicts: Verdicts) -> Outcome:
    try:
        provenance = source.provenance()
        mined = mine(source, provenance, known, verdicts)
    except InputError as error:
        return Outcome(source.name, "failed", str(error))
    known.update(mined.keys)
    done = Done(inputs, provenance, _taken(mined), {**mined.dropped}, mined.keys)
    write_shard(folder, source_id(source), mined.documents, done)
    return Outcome(source.name, "mined")


def _taken(mined: Mined) -> dict[str, int]:
    counts: Counter[str] = Counter()
    for document in mined.documents:
        counts["files"] += 1
        counts["bytes"] += len(document.text.encode())
        counts["with OpenMP"] += document.has_omp
        counts["with MPI"] += document.has_mpi
        counts[document.split] += 1
    return dict(counts)
