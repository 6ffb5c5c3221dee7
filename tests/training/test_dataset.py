"""A dataset folder, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from hpcls.errors import InputError
from hpcls.training.dataset import read_dataset


def test_what_is_written_is_read(tmp_path: Path, written: Callable[..., None]) -> None:
    written(tmp_path, "train", [(1, [2, 5, 4, 6, 3], 2), (2, [2, 7, 3], 1)])
    written(tmp_path, "tune", [(0, [2, 5, 3], 0)])
    dataset = read_dataset(tmp_path, positions=5)
    assert (dataset.vocabulary, dataset.prompt_format) == (16, 7)
    assert dataset.train.lengths.tolist() == [5, 3]
    # The first token of an example is not predicted: its 10 % do not count.
    assert dataset.train.weight_sums.tolist() == pytest.approx([2.2, 1.1])
    assert dataset.tune.kinds.tolist() == [0]


def test_a_missing_folder_is_named() -> None:
    with pytest.raises(InputError, match="nowhere: no such folder"):
        read_dataset(Path("nowhere"), positions=64)


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("train.ids.npy", None, "No such file"),
        ("tune.kinds.npy", b"", "no array"),
        ("tune.kinds.npy", b"\x93NUMPY and then nothing", "no array"),
        ("dataset.json", None, "No such file"),
        ("dataset.json", b'{"vocabulary": "many"}', "expected an object with the numbers vocabulary and hpcls_format"),
        ("dataset.json", b'{"vocabulary": 9, "hpcls_format": 1}', "id 15 in a vocabulary of 9; .* another tokenizer"),
        ("train.ids.npy", np.zeros(10, np.int32), "expected uint16 [n], not int32 [10]".replace("[", r"\[")),
        ("train.weights.npy", np.zeros(3, np.uint8), "arrays differ in length"),
        ("train.starts.npy", np.arange(2001, dtype=np.int64), "do not cut it into examples"),
        ("train.kinds.npy", np.full(2000, 3, np.uint8), "kind 3; there are 3"),
    ],
)
def test_what_is_broken_is_named(copying: Path, name: str, content: bytes | np.ndarray | None, told: str) -> None:
    (copying / name).unlink()
    if isinstance(content, bytes):
        (copying / name).write_bytes(content)
    elif content is not None:
        np.save(copying / name, content)
    with pytest.raises(InputError, match=told) as raised:
        read_dataset(copying, positions=64)
    assert Path(raised.value.path).parent == copying


def test_an_example_longer_than_the_model_is_refused(copying: Path) -> None:
    with pytest.raises(InputError, match="an example of 11 tokens; the model has 10 positions"):
        read_dataset(copying, positions=10)
