"""All documents to examples: in parallel, at most two alike, none that a test item is found in."""

from __future__ import annotations

import gzip
import json
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from functools import cache, partial
from itertools import islice
from pathlib import Path
from zlib import crc32

from hpcls.corpus.decontamination import Decontamination
from hpcls.corpus.examples import Example, examples_of
from hpcls.corpus.executors import in_order, workers
from hpcls.corpus.model import SPLITS, Document, Split
from hpcls.corpus.shards import corpus_marks, kept, read
from hpcls.corpus.text_examples import loop_texts

_ALIKE = 2
"""How many examples that are alike but for names stay."""
_LONGEST_TEXT = 80_000
"""Bytes of a document: longer ones are generated, or would take minutes."""
_MOST_OF_ONE = 300
"""Documents of one repository, so that none of them is most of what is learnt."""
_BATCH = 24
_AHEAD = 64
"""Batches that may wait for a slow one before them."""


@dataclass(frozen=True)
class _Batch:
    """The examples of some documents, and what was dropped."""

    examples: tuple[tuple[Split, str, Example], ...]
    """Split, repository, example."""
    dropped: Counter[str]


def write_examples(
    corpus: Path, fingerprints: Path, out: Path, jobs: int, scheduler: str | None = None
) -> Counter[str]:
    """Writes `<split>.jsonl.gz` into `out`; returns counts of what was kept, and dropped and why.

    `jobs` and `scheduler` as for `executors.workers`.  Raises InputError where there is no corpus.
    """
    counts: Counter[str] = Counter()
    mined = (one for _, one in read(corpus, kept(corpus_marks(corpus))))
    out.mkdir(parents=True, exist_ok=True)
    alike = _Alike()
    with ExitStack() as stack:
        files = {split: stack.enter_context(gzip.open(_part(out, split), "wt", compresslevel=4)) for split in SPLITS}
        found = stack.enter_context(workers(jobs, scheduler))
        work = partial(_batch, fingerprints=fingerprints.resolve())  # other machines start elsewhere
        for batch in in_order(found, work, _batches(_asked(mined, counts)), _AHEAD):
            counts.update(batch.dropped)
            for split, repo, example in batch.examples:
                why_not = alike.why_not(split, example)
                counts[f"{example.kind}: {why_not or split}"] += 1
                if why_not is None:
                    files[split].write(_line(repo, example))
    for split in SPLITS:
        _part(out, split).rename(out / f"{split}.jsonl.gz")
    (out / "counts.json").write_text(json.dumps(dict(sorted(counts.items())), indent=1) + "\n")
    return counts


class _Alike:
    """What is alike but for names: two stay, of one split, so that nothing is tested on that was learnt."""

    def __init__(self) -> None:
        self._seen: Counter[str] = Counter()
        self._split: dict[str, Split] = {}

    def why_not(self, split: Split, example: Example) -> str | None:
        """None where the example stays."""
        if self._split.setdefault(example.shape, split) != split:
            return "alike in another split"
        self._seen[example.shape] += 1
        return "alike" if self._seen[example.shape] > _ALIKE else None


def _part(out: Path, split: str) -> Path:
    return out / f"{split}.jsonl.gz.part"


def _line(repo: str, example: Example) -> str:
    line = {"repo": repo, "kind": example.kind, "prompt": " ".join(example.prompt), "answer": " ".join(example.answer)}
    return json.dumps(line) + "\n"


def _asked(mined: Iterable[Document], counts: Counter[str]) -> Iterator[Document]:
    """Those of each repository that something can be asked about, up to a number; the rest is counted."""
    seen: Counter[str] = Counter()
    for document in mined:
        if document.language == "fortran" or not (document.has_omp or document.has_mpi):
            continue
        seen[document.repo] += 1
        if seen[document.repo] <= _MOST_OF_ONE:
            yield document
        else:
            counts[f"document: one of more than {_MOST_OF_ONE} of its repository"] += 1


def _batches(documents: Iterable[Document]) -> Iterator[list[Document]]:
    remaining = iter(documents)
    while batch := list(islice(remaining, _BATCH)):
        yield batch


@cache
def _benchmarks(fingerprints: Path) -> Decontamination:
    """Read once in each process."""
    return Decontamination(fingerprints)


def _batch(some: list[Document], fingerprints: Path) -> _Batch:
    benchmarks = _benchmarks(fingerprints)
    kept: list[tuple[Split, str, Example]] = []
    dropped: Counter[str] = Counter()
    for document in some:
        if len(document.text) > _LONGEST_TEXT:
            dropped["document: too long"] += 1
            continue
        try:
            found = list(_examples(document))
        except (RecursionError, ValueError, IndexError, KeyError) as error:
            dropped[f"document: {type(error).__name__}"] += 1
            continue
        for example in found:
            if _is_test_item(example, benchmarks):
                dropped[f"{example.kind}: a test item"] += 1
            else:
                kept.append((document.split, document.repo, example))
    return _Batch(tuple(kept), dropped)


def _is_test_item(example: Example, benchmarks: Decontamination) -> bool:
    """Files with a test program were left out when they were mined."""
    if example.kind == "text":
        return any(benchmarks.loop(loop) for loop in loop_texts(example.text))
    return example.kind == "omp" and benchmarks.loop(example.text)


def _examples(document: Document) -> Iterator[Example]:
    seed = crc32(document.text.encode("utf-8", "replace"))
    assert document.language != "fortran"
    yield from examples_of(document.text, document.language, document.has_omp, document.has_mpi, seed)
