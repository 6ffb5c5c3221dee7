"""Small datasets and trainings: copying four letters, which a model of two thin layers learns in seconds."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pytest

Examples = Sequence[tuple[int, Sequence[int], int]]
"""(kind, ids, how many of them are the answer)"""

VOCABULARY = 16
BEGIN, END, ANSWER = 2, 3, 4
LETTERS = range(5, VOCABULARY)

SETTINGS = """
[model]
hidden-size = 32
num-hidden-layers = 2
num-attention-heads = 2
intermediate-size = 64
max-position-embeddings = 64
[schedule]
learning-rate = 1e-2
warmup-steps = 10
{end}
[batches]
tokens-per-step = 512
tokens-per-batch = {tokens_per_batch}
[keeping]
log-steps = 1
tune-batches = 4
{keeping}
"""


@pytest.fixture(autouse=True)
def one_thread() -> None:
    try:
        import torch
    except ModuleNotFoundError:
        return
    torch.set_num_threads(1)


@pytest.fixture
def written() -> Callable[[Path, str, Examples], None]:
    """Writes a split of a dataset folder."""

    def write(folder: Path, split: str, examples: Examples) -> None:
        weights = [[10] * (len(ids) - answer) + [100] * answer for _, ids, answer in examples]
        arrays = {
            "ids": np.array([one for _, ids, _ in examples for one in ids], np.uint16),
            "weights": np.array([one for row in weights for one in row], np.uint8),
            "starts": np.cumsum([0, *(len(ids) for _, ids, _ in examples)], dtype=np.int64),
            "kinds": np.array([kind for kind, _, _ in examples], np.uint8),
        }
        folder.mkdir(exist_ok=True)
        for name, array in arrays.items():
            np.save(folder / f"{split}.{name}.npy", array)
        (folder / "dataset.json").write_text(json.dumps({"vocabulary": VOCABULARY, "hpcls_format": 7}))

    return write


@pytest.fixture
def copying(tmp_path: Path, written: Callable[[Path, str, Examples], None]) -> Path:
    """A dataset: `<s> a b c d <answer> a b c d <end>`, half of it called OpenMP and half MPI."""
    generator = np.random.default_rng(0)
    for split, count in (("train", 2000), ("tune", 100)):
        letters = [list(map(int, generator.choice(LETTERS, 4))) for _ in range(count)]
        examples = [(1 + number % 2, [BEGIN, *one, ANSWER, *one, END], 5) for number, one in enumerate(letters)]
        written(tmp_path / "copying", split, examples)
    return tmp_path / "copying"


@pytest.fixture
def settings(tmp_path: Path) -> Callable[..., Path]:
    """Writes a small training's settings."""

    def write(end: str, tokens_per_batch: int = 256, keeping: str = "") -> Path:
        path = tmp_path / "settings.toml"
        path.write_text(SETTINGS.format(end=end, tokens_per_batch=tokens_per_batch, keeping=keeping))
        return path

    return write
