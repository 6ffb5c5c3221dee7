"""The ways in which a model can be broken, and what hpcls says of each."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path

from hpcls.inference.artefact import CONFIG, GRAPHS, SUMS

GRAPH = GRAPHS["cpu"]


def _cut_short(folder: Path) -> None:
    data = (folder / GRAPH).read_bytes()
    (folder / GRAPH).write_bytes(data[: len(data) // 2])


def _damage(folder: Path) -> None:
    data = bytearray((folder / GRAPH).read_bytes())
    data[len(data) // 2] ^= 1
    (folder / GRAPH).write_bytes(data)


def _swap(folder: Path) -> None:
    """The graph of another device in its place."""
    shutil.copy(folder / GRAPHS["cuda"], folder / GRAPH)


def _remove(folder: Path) -> None:
    (folder / GRAPH).unlink()


def _older(folder: Path) -> None:
    """A whole model that learnt other prompts."""
    _write_config(folder, hpcls_format=0)


def _other_words(folder: Path) -> None:
    """A whole model for another tokenizer."""
    _write_config(folder, vocab_size=50_257)


def _write_config(folder: Path, **changed: int) -> None:
    config = {**json.loads((folder / CONFIG).read_bytes()), **changed}
    _write(folder, CONFIG, json.dumps(config).encode())


def _write(folder: Path, name: str, data: bytes) -> None:
    """A file, and its hash among the sums."""
    before = hashlib.sha256((folder / name).read_bytes()).hexdigest()
    (folder / name).write_bytes(data)
    sums = (folder / SUMS).read_text()
    (folder / SUMS).write_text(sums.replace(before, hashlib.sha256(data).hexdigest()))


BREAKERS: Mapping[str, tuple[Callable[[Path], None], str]] = {
    "cut short": (_cut_short, f"{GRAPH}: damaged, cut short or swapped"),
    "damaged": (_damage, f"{GRAPH}: damaged, cut short or swapped"),
    "swapped": (_swap, f"{GRAPH}: damaged, cut short or swapped"),
    "missing": (_remove, f"{GRAPH}: No such file"),
    "older": (_older, "it learnt prompts of format 0"),
    "for another tokenizer": (_other_words, "it knows 50257 ids"),
}


def broken_copy(model: Path, folder: Path, how: str) -> tuple[Path, str]:
    """A copy of `model` in `folder`, broken, and words of what is said about it."""
    breaker, told = BREAKERS[how]
    copy = Path(shutil.copytree(model, folder / "broken"))
    breaker(copy)
    return copy, told
