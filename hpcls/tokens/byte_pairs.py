"""Plain text to ids and back: GPT-2's byte-level pieces (Radford et al. 2019, §2.2), by Hugging Face's `tokenizers`.

A piece is a run of bytes, each written as one printable character, so that any text can be spelled.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

from hpcls.errors import ModelError

END = "<|endoftext|>"
"""The piece that ends a text."""
_PROBE = "".join(map(chr, range(1, 256))) + " for (int i = 0; i < n; i++)\n\n\t  s += a[i];"


def _byte_characters() -> tuple[str, ...]:
    """Byte → its character: itself where that prints, else the next one from 256 on (openai/gpt-2, encoder.py)."""
    printable = {*range(ord("!"), ord("~") + 1), *range(ord("¡"), ord("¬") + 1), *range(ord("®"), ord("ÿ") + 1)}
    others = iter(range(256, 512))
    return tuple(chr(byte) if byte in printable else chr(next(others)) for byte in range(256))


_CHARACTERS = _byte_characters()


_BYTES = {character: byte for byte, character in enumerate(_CHARACTERS)}


def in_bytes(text: str) -> str:
    """The bytes of `text` in UTF-8, each as its character."""
    return "".join(_CHARACTERS[byte] for byte in text.encode("utf-8", "surrogatepass"))


def from_bytes(characters: str) -> str:
    """The text whose bytes these are."""
    return bytes(_BYTES[one] for one in characters).decode("utf-8", "replace")


class BytePairs:
    """One vocabulary."""

    def __init__(self, tokenizer: Any) -> None:  # noqa: ANN401 (tokenizers has no types)
        self._tokenizer = tokenizer
        self.end: int = tokenizer.token_to_id(END)
        """The id that ends a text."""
        special = {self.end, *tokenizer.get_added_tokens_decoder()}
        texts = (None if i in special else tokenizer.id_to_token(i) for i in range(self.size))
        self.pieces: tuple[str, ...] = tuple(text or "" for text in texts)
        """Id → its bytes, as characters; nothing for ids that stand for no text."""

    @staticmethod
    def read(data: bytes, name: str) -> BytePairs:
        """The vocabulary of a `tokenizer.json`.  Raises ModelError, which names `name`."""
        try:
            library: Any = import_module("tokenizers")
        except ModuleNotFoundError as error:
            told = "a published model needs the package tokenizers (pip install 'hpcls[published]')"
            raise ModelError(name, told) from error
        try:
            tokenizer = library.Tokenizer.from_str(data.decode("utf-8"))
        except Exception as error:  # its own errors are bare exceptions
            raise ModelError(name, f"no vocabulary: {error}") from error
        if tokenizer.token_to_id(END) is None:
            raise ModelError(name, f"no vocabulary of this family: it has no {END}")
        tokenizer.no_truncation()
        tokenizer.no_padding()
        tokenizer.encode_special_tokens = True  # in a program they are text like any other
        found = BytePairs(tokenizer)
        if "".join(found.pieces[i] for i in found.encode(_PROBE)) != in_bytes(_PROBE):
            raise ModelError(name, "no vocabulary of this family: its pieces are not runs of bytes")
        return found

    @property
    def size(self) -> int:
        """How many ids there are: 0 ≤ id < size."""
        return int(self._tokenizer.get_vocab_size(with_added_tokens=True))

    def encode(self, text: str) -> list[int]:
        """The ids of some text."""
        return list(self._tokenizer.encode(text, add_special_tokens=False).ids)

    def spelled(self, characters: str) -> list[int]:
        """The ids of bytes that `in_bytes` gave."""
        return self.encode(from_bytes(characters))

    def spell(self, word: str) -> tuple[int, ...]:
        """The ids of a word behind a blank."""
        return tuple(self.encode(f" {word}"))
