"""What is tested on stands apart from what is learnt: files of tune and test that resemble a training file are marked.

The splits are by repository, and a fork under another name, the work of two students at one task or a file that is
handed on stands in two of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from hpcls.corpus.executors import in_order
from hpcls.corpus.model import Document
from hpcls.corpus.resemblance import Containment, Windows, windows
from hpcls.corpus.shards import Done, Facts, Place, distinct, read, read_marks, write_mark

_SHARE = 0.8
"""Of a file's windows, that stand in one training file: so much, and the file resembles it."""
_AHEAD = 64


class _Text(NamedTuple):
    place: Place
    name: str
    windows: Windows


def keep_apart(folder: Path, workers: Executor | None) -> None:
    """Mark in a corpus which files resemble a training file: C and C++ alone, for nothing is asked about Fortran.

    Raises InputError for a damaged shard, and where a mark cannot be written.
    """
    marks = read_marks(folder)
    held, trained = (
        in_order(workers, _text, read(folder, _chosen(marks, is_trained)), _AHEAD) for is_trained in (False, True)
    )
    found = _resembled(list(held), trained)
    for source, mark in marks.items():
        now = replace(
            mark, files=tuple(_marked(one, found.get(Place(source, i), "")) for i, one in enumerate(mark.files))
        )
        if now != mark:
            write_mark(folder, source, now)


def _marked(one: Facts, resembles: str) -> Facts:
    return one if one.resembles == resembles else replace(one, resembles=resembles)


def _chosen(marks: Mapping[str, Done], is_trained: bool) -> Iterator[tuple[str, tuple[bool, ...]]]:
    for source, wanted in distinct(marks):
        files = zip(marks[source].files, wanted, strict=True)
        yield (
            source,
            tuple(
                is_wanted and one.language != "fortran" and (one.split == "train") == is_trained
                for one, is_wanted in files
            ),
        )


def _text(found: tuple[Place, Document]) -> _Text:
    place, document = found
    assert document.language != "fortran"
    return _Text(place, f"{document.repo}/{document.path}", windows(document.text, document.language))


def _resembled(held: Sequence[_Text], trained: Iterable[_Text]) -> dict[Place, str]:
    """Which training file each of `held` resembles most, of those that resemble one."""
    containment = Containment([one.windows for one in held])
    best: dict[int, tuple[float, str]] = {}
    for text in trained:
        shares = containment.shares(text.windows)
        for i in (shares >= _SHARE).nonzero()[0].tolist():
            best[i] = max(best.get(i, (0.0, "")), (float(shares[i]), text.name))
    return {held[i].place: name for i, (_, name) in best.items()}
