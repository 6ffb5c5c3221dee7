"""The vocabulary of a published checkpoint: `tokenizer.json`, or GPT-2's own `vocab.json` and `merges.txt`."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import Any

from hpcls.errors import InputError

_WHOLE = "tokenizer.json"
_PAIRS = (("vocab.json", "merges.txt"), ("gpt2-vocab.json", "gpt2-merges.txt"))


def read_vocabulary(folder: Path) -> bytes:
    """It as one `tokenizer.json`.  Raises InputError where it is missing or broken."""
    whole = folder / _WHOLE
    if whole.is_file():
        try:
            return whole.read_bytes()
        except OSError as error:
            raise InputError(str(whole), error.strerror or str(error)) from error
    pairs = ((folder / vocabulary, folder / merges) for vocabulary, merges in _PAIRS)
    pair = next((pair for pair in pairs if pair[0].is_file() and pair[1].is_file()), None)
    if pair is None:
        wanted = " or ".join([_WHOLE, *(" and ".join(pair) for pair in _PAIRS)])
        raise InputError(str(folder), f"no vocabulary: put {wanted} beside the weights")
    return _joined(*pair)


def _joined(vocabulary: Path, merges: Path) -> bytes:
    """GPT-2 splits text before it joins bytes (openai/gpt-2, encoder.py): `ByteLevel` without a blank in front."""
    library: Any = import_module("tokenizers")
    try:
        model = library.models.BPE.from_file(str(vocabulary), str(merges))
    except Exception as error:  # its own errors are bare exceptions
        raise InputError(str(vocabulary), f"no vocabulary with {merges.name}: {error}") from error
    tokenizer = library.Tokenizer(model)
    tokenizer.pre_tokenizer = library.pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = library.decoders.ByteLevel()
    return str(tokenizer.to_str()).encode()
