"""Sources to a corpus: every source once, finished ones skipped, each on its own and in any order."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Literal

from hpcls.corpus.apart import keep_apart
from hpcls.corpus.decontamination import Decontamination
from hpcls.corpus.executors import in_order
from hpcls.corpus.judge import Judge
from hpcls.corpus.mine import mine
from hpcls.corpus.model import Source, source_id
from hpcls.corpus.shards import Done, read_marks, write_shard
from hpcls.corpus.verdicts import Verdicts
from hpcls.errors import InputError

RULES = 3
"""Counts up when other documents would come of the same sources."""


@dataclass(frozen=True)
class Outcome:
    """What came of one source."""

    name: str
    state: Literal["mined", "kept", "failed"]
    message: str = ""


@dataclass(frozen=True)
class _Task:
    """A source to mine, and where to."""

    source: Source
    inputs: str
    folder: Path
    fingerprints: Path
    version: str
    """Of the fingerprints."""
    all_text: bool


def build(
    sources: Sequence[Source], folder: Path, fingerprints: Path, workers: Executor | None, *, all_text: bool = False
) -> Iterator[Outcome]:
    """Mine what is not yet done into `folder`; one outcome a source.

    C and C++ that uses neither OpenMP nor MPI is kept with `all_text`: each file is compared with the benchmarks, which
    takes a second for half a megabyte.

    A folder only grows: sources that `sources` no longer names stay.  Raises InputError where the fingerprints are not
    there, HpclsError where they cannot be used.
    """
    known = Decontamination(fingerprints)
    known.loop("")
    folder, fingerprints = folder.resolve(), fingerprints.resolve()  # other machines start elsewhere
    marks = read_marks(folder)
    fresh: list[_Task] = []
    for source in sources:
        try:
            inputs = _inputs(source, known.version, all_text=all_text)
        except InputError as error:
            yield Outcome(source.name, "failed", str(error))
            continue
        mark = marks.get(source_id(source.kind, source.name))
        if mark is not None and mark.inputs == inputs:
            yield Outcome(source.name, "kept")
        else:
            fresh.append(_Task(source, inputs, folder, fingerprints, known.version, all_text))
    fresh.sort(key=lambda one: one.source.size(), reverse=True)
    yield from in_order(workers, _mined, fresh, len(fresh))
    keep_apart(folder, workers)


def _inputs(source: Source, fingerprints: str, *, all_text: bool) -> str:
    told = f"{RULES}\n{all_text}\n{fingerprints}\n{source.state()}{source.split or ''}"
    return hashlib.sha256(told.encode()).hexdigest()


def _mined(task: _Task) -> Outcome:
    source, name = task.source, source_id(task.source.kind, task.source.name)
    memory = task.folder / "verdicts" / task.version[:16] / f"{name}.txt"
    try:
        provenance = source.provenance()
        verdicts = Verdicts(_judge(str(task.fingerprints), task.version), memory)
        mined = mine(source, provenance, verdicts, all_text=task.all_text)
    except InputError as error:
        return Outcome(source.name, "failed", str(error))
    done = Done(task.inputs, provenance, {**mined.dropped}, mined.facts)
    write_shard(task.folder, name, mined.documents, done)
    return Outcome(source.name, "mined")


@lru_cache(maxsize=1)
def _judge(fingerprints: str, _version: str) -> Judge:
    """One for all the sources that a process mines."""
    return Judge(fingerprints)
