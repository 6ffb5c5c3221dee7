"""A split of a dataset folder, mapped into memory."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray

from hpcls.errors import InputError

KINDS = ("text", "omp", "mpi")
"""The names of the numbers in `<split>.kinds.npy`."""

ANSWER = 100
"""The weight, in percent, of a token that the model has to answer with."""


@dataclass(frozen=True)
class Split:
    """Examples one after another."""

    ids: NDArray[np.uint16]
    """[tokens]"""
    weights: NDArray[np.uint8]
    """[tokens], percent: how much predicting that token counts"""
    starts: NDArray[np.int64]
    """[examples + 1]: where each example begins, and where the last one ends"""
    kinds: NDArray[np.uint8]
    """[examples], numbers of `KINDS`"""

    @cached_property
    def lengths(self) -> NDArray[np.int64]:
        """[examples], tokens."""
        return np.diff(self.starts)

    @cached_property
    def weight_sums(self) -> NDArray[np.float64]:
        """[examples]: the weights of all that is predicted; nothing predicts an example's first token."""
        sums = np.add.reduceat(self.weights, self.starts[:-1], dtype=np.int64)
        return (sums - self.weights[self.starts[:-1]]) / 100.0


@dataclass(frozen=True)
class Dataset:
    """What to train on, and what to look at meanwhile."""

    train: Split
    tune: Split
    vocabulary: int
    """How many ids there are."""
    prompt_format: int
    symbols: tuple[range, ...] = ()
    """The ids of each kind of Tokompiler's symbols, in rising order of their numbers."""


def read_dataset(folder: Path, positions: int) -> Dataset:
    """The dataset in `folder`, with no example longer than `positions`.  Raises InputError.

    `dataset.json` holds `vocabulary`, how many ids there are, `hpcls_format`, the version of the prompts, and
    `symbols`, for each kind of symbol its first id and how many there are.
    """
    if not folder.is_dir():
        raise InputError(str(folder), "no such folder; a dataset holds train.ids.npy and the like")
    told = _told(folder / "dataset.json")
    train, tune = (_split(folder, name, told["vocabulary"], positions) for name in ("train", "tune"))
    return Dataset(train, tune, told["vocabulary"], told["hpcls_format"], told["symbols"])


def _told(path: Path) -> dict[str, Any]:
    try:
        read: Any = json.loads(path.read_text(encoding="utf-8"))
        told: dict[str, Any] = {key: int(read[key]) for key in ("vocabulary", "hpcls_format")}
        symbols = (range(first, first + count) for first, count in read.get("symbols", {}).values())
        return told | {"symbols": tuple(symbols)}
    except OSError as error:
        raise InputError(str(path), error.strerror or str(error)) from error
    except (ValueError, KeyError, TypeError) as error:
        raise InputError(str(path), "expected an object with the numbers vocabulary and hpcls_format") from error


def _split(folder: Path, name: str, vocabulary: int, positions: int) -> Split:
    ids, weights = _array(folder / f"{name}.ids.npy", "uint16"), _array(folder / f"{name}.weights.npy", "uint8")
    starts, kinds = _array(folder / f"{name}.starts.npy", "int64"), _array(folder / f"{name}.kinds.npy", "uint8")
    split = Split(ids, weights, np.asarray(starts), np.asarray(kinds))
    _check(split, str(folder / f"{name}.ids.npy"), vocabulary, positions)
    return split


def _array(path: Path, kind: str) -> NDArray[Any]:
    try:
        array = cast("NDArray[Any]", np.load(path, mmap_mode="r", allow_pickle=False))
    except OSError as error:
        raise InputError(str(path), error.strerror or str(error)) from error
    except (ValueError, EOFError) as error:
        raise InputError(str(path), f"no array: {error}") from error
    if array.dtype != np.dtype(kind) or array.ndim != 1:
        raise InputError(str(path), f"expected {kind} [n], not {array.dtype} {list(array.shape)}")
    return array


def _check(split: Split, told: str, vocabulary: int, positions: int) -> None:
    """Raises InputError where the arrays do not fit each other, the vocabulary or the model."""
    if not len(split.kinds):
        raise InputError(told, "no examples")
    if len(split.ids) != len(split.weights) or len(split.kinds) + 1 != len(split.starts):
        raise InputError(told, "its arrays differ in length")
    if split.starts[0] != 0 or split.starts[-1] != len(split.ids) or split.lengths.min() < 2:
        raise InputError(told, "its starts do not cut it into examples of two tokens or more")
    if split.lengths.max() > positions:
        raise InputError(told, f"an example of {split.lengths.max()} tokens; the model has {positions} positions")
    if split.kinds.max() >= len(KINDS):
        raise InputError(told, f"kind {split.kinds.max()}; there are {len(KINDS)}")
    if split.ids.max() >= vocabulary:
        raise InputError(
            told, f"id {split.ids.max()} in a vocabulary of {vocabulary}; was it made by another tokenizer?"
        )
