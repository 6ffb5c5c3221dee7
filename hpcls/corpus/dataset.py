"""Examples to a dataset: ids, loss weights and starts as arrays that training maps into memory."""

from __future__ import annotations

import gzip
import json
from array import array
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import count, takewhile
from pathlib import Path
from random import Random
from typing import Any, get_args

import numpy as np
import numpy.typing as npt

from hpcls.errors import InputError
from hpcls.suggest.prompt import FORMAT_VERSION
from hpcls.suggest.prompt.words import ANSWER, CODE, FACTS, gap_line
from hpcls.tokens.pieces import Pieces
from hpcls.tokens.symbols import SymbolPrefix

_KINDS = {"text": 0, "omp": 1, "mpi": 2}
_PROMPT_WEIGHT = 5
"""Percent: what predicting a word of the prompt counts."""
_ANSWER_WEIGHT = 100
_WITHOUT_FACTS = 0.1
"""The share of questions about loops in their functions that come without facts; loops alone are asked about both ways,
so that a model can be asked alone too."""
_LONGEST = 2048
"""Ids of one example."""


def write_splits(examples: Path, pieces: Pieces, out: Path) -> Iterator[tuple[str, int, int]]:
    """The dataset for training; yields each split with how many examples and ids it has."""
    for split in ("train", "tune"):
        yield split, *write_dataset(examples / f"{split}.jsonl.gz", pieces, out, split)
    about = {"vocabulary": pieces.size, "hpcls_format": FORMAT_VERSION, "symbols": symbol_ids(pieces)}
    (out / "dataset.json").write_text(json.dumps(about) + "\n", "utf-8")


def symbol_ids(pieces: Pieces) -> dict[str, tuple[int, int]]:
    """Kind of symbol → the id of its number 0, and how many numbers follow each other from there."""
    found: dict[str, tuple[int, int]] = {}
    for kind in get_args(SymbolPrefix):
        if pieces.is_known(f"{kind}_0"):
            first = pieces.id(f"{kind}_0")
            numbers = takewhile(lambda n, k=kind, i=first: _is_id(pieces, f"{k}_{n}", i + n), count())
            found[kind] = first, sum(1 for _ in numbers)
    return found


def _is_id(pieces: Pieces, word: str, token: int) -> bool:
    return pieces.is_known(word) and pieces.id(word) == token


def word_counts(shard: Path) -> Counter[str]:
    """How often each word stands in the examples of a shard."""
    counts: Counter[str] = Counter()
    for prompt, answer, _ in _read(shard):
        counts.update(prompt)
        counts.update(answer)
    return counts


def write_dataset(shard: Path, pieces: Pieces, out: Path, split: str) -> tuple[int, int]:
    """Writes `<split>.{ids,weights,starts,kinds}.npy`; returns how many examples and ids there are."""
    ids, weights, starts, kinds = array("H"), array("B"), array("q", [0]), array("B")
    random = Random(0)
    for prompt, answer, kind in _read(shard):
        for form in _forms(prompt, kind, random):
            asked, answered = pieces.encode(form), pieces.encode(answer)
            if len(asked) + len(answered) > _LONGEST:
                continue
            ids.extend((*asked, *answered))
            weights.extend([_PROMPT_WEIGHT] * len(asked))
            for word, weight in zip(answer, answer_weights(answer, kind), strict=True):
                weights.extend([weight] * len(pieces.spell(word)))
            starts.append(len(ids))
            kinds.append(_KINDS[kind])
    out.mkdir(parents=True, exist_ok=True)
    _save(out, split, "ids", np.asarray(ids, np.uint16))
    _save(out, split, "weights", np.asarray(weights, np.uint8))
    _save(out, split, "starts", np.asarray(starts, np.int64))
    _save(out, split, "kinds", np.asarray(kinds, np.uint8))
    return len(kinds), len(ids)


def _forms(prompt: list[str], kind: str, random: Random) -> Iterator[list[str]]:
    """The ways in which one question is asked."""
    is_loop = kind == "omp"
    is_alone = is_loop and _is_alone(prompt)
    is_bare = is_loop and not is_alone and random.random() < _WITHOUT_FACTS
    if not is_bare:
        yield prompt
    if is_bare or is_alone:
        yield without_facts(prompt)


def answer_weights(answer: Sequence[str], kind: str) -> Iterator[int]:
    """Percent, a word: nothing for what an answer about calls is given, namely the first gap and what stands between a
    gap and `<answer>`."""
    if kind != "mpi":
        yield from [_ANSWER_WEIGHT] * len(answer)
        return
    is_given = False
    for i, word in enumerate(answer):
        is_gap = gap_line(word) is not None
        yield 0 if is_given or (is_gap and i == 0) else _ANSWER_WEIGHT
        is_given = is_gap or (is_given and word != ANSWER)


def _is_alone(prompt: list[str]) -> bool:
    """Whether the code of a prompt is one loop."""
    code = prompt.index(CODE)
    return code == 1 and prompt[code + 2] == "for"


def _save(out: Path, split: str, name: str, values: npt.NDArray[Any]) -> None:
    np.save(out / f"{split}.{name}.npy", values)


def without_facts(prompt: list[str]) -> list[str]:
    """The prompt of a question without what the analysis knows."""
    return [*prompt[: prompt.index(FACTS) + 1], ANSWER]


def _read(shard: Path) -> Iterator[tuple[list[str], list[str], str]]:
    """Prompt, answer, kind.  Raises InputError for a shard that is missing or damaged."""
    try:
        with gzip.open(shard, "rt", encoding="utf-8") as file:
            for line in file:
                example = json.loads(line)
                yield example["prompt"].split(" "), example["answer"].split(" "), example["kind"]
    except (OSError, EOFError, ValueError, KeyError) as error:
        raise InputError(str(shard), getattr(error, "strerror", None) or f"damaged shard: {error}") from error
