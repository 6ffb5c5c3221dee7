"""Words to ids and back: a sentencepiece model in which every frequent word is one piece.

A word of a prompt is a Tokompiler token or a control word, without white space.  Known words are user-defined pieces
of the model (`▁for`); any other word is spelled in smaller pieces, the first of which begins with `▁` too, so that
ids can be read back without knowing where words began.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property
from pathlib import Path

from sentencepiece import SentencePieceProcessor

from hpcls.errors import ModelError

MODEL_FILE = "pieces.model"


class Pieces:
    """One vocabulary."""

    BEGIN = "▁"
    """What the first piece of every word begins with."""

    def __init__(self, processor: SentencePieceProcessor) -> None:
        self._processor = processor
        self._known: dict[str, tuple[int, ...]] = {}

    @staticmethod
    def load(folder: Path) -> Pieces:
        """The vocabulary of a tokenizer folder.  Raises ModelError where it is missing or broken."""
        path = folder / MODEL_FILE
        processor = SentencePieceProcessor()
        try:
            processor.LoadFromSerializedProto(path.read_bytes())
        except (OSError, RuntimeError) as error:
            raise ModelError(str(path), f"no vocabulary: {error}") from error
        return Pieces(processor)

    @property
    def size(self) -> int:
        """How many ids there are: 0 ≤ id < size."""
        return len(self._texts)

    @cached_property
    def _texts(self) -> tuple[str, ...]:
        return tuple(self._processor.IdToPiece(i) for i in range(self._processor.GetPieceSize()))

    @cached_property
    def _ids(self) -> dict[str, int]:
        return {text: i for i, text in enumerate(self._texts)}

    def text(self, token_id: int) -> str:
        """The piece that an id stands for."""
        return self._texts[token_id]

    def id(self, word: str) -> int:
        """The id of a word that is one piece.  Raises ModelError for any other."""
        found = self._ids.get(self.BEGIN + word)
        if found is None:
            raise ModelError("vocabulary", f"{word!r} is no word of it")
        return found

    def is_known(self, word: str) -> bool:
        """Whether `word` is one piece."""
        return self.BEGIN + word in self._ids

    def spell(self, word: str) -> tuple[int, ...]:
        """The ids of one word."""
        ids = self._known.get(word)
        if ids is None:
            known = self._ids.get(self.BEGIN + word)
            ids = (known,) if known is not None else tuple(self._processor.EncodeAsIds(word))
            self._known[word] = ids
        return ids

    def encode(self, words: Iterable[str]) -> list[int]:
        """The ids of some words."""
        return [i for word in words for i in self.spell(word)]

    def decode(self, ids: Sequence[int]) -> list[str]:
        """The words that `ids` stand for."""
        return "".join(self._texts[i] for i in ids).split(self.BEGIN)[1:]
