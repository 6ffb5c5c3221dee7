"""The vocabulary: sentencepiece over the words of examples (Kudo and Richardson, arXiv:1808.06226)."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from sentencepiece import SentencePieceTrainer

from hpcls.corpus.dataset import word_counts
from hpcls.suggest.prompt.words import CONTROL_WORDS, FACT_WORDS, LINES, line_marker
from hpcls.syntax.mpi import mpi_constants, mpi_functions, mpi_types
from hpcls.tokens.pieces import MODEL_FILE
from hpcls.tokens.vocabulary import keywords, openmp_words

_SYMBOLS = {
    "var": 96, "arr": 48, "func": 32, "type": 16, "struct": 8, "enum": 2, "const": 24, "field": 48, "macro": 32,
    "ns": 4, "label": 4, "word": 2, "num": 32, "str": 48, "chr": 4, "hdr": 2, "txt": 2,
}  # fmt: skip
"""How many symbols of a kind are one piece; higher numbers are spelled."""
_LEAST = 30
"""A word that is seen so often is one piece."""
_SPELLING = 256
"""Pieces for the rest, the single characters among them."""


def learn_vocabulary(examples: Path, folder: Path) -> None:
    """Writes the vocabulary of the training examples into a tokenizer folder."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / MODEL_FILE).write_bytes(train_vocabulary(word_counts(examples / "train.jsonl.gz")))


def whole_words(counts: Counter[str]) -> list[str]:
    """The words that are one piece each, in a fixed order."""
    symbols = [f"{prefix}_{number}" for prefix, most in _SYMBOLS.items() for number in range(most)]
    markers = [line_marker(number) for number in range(LINES)]
    mpi = sorted({*(one.name for one in (*mpi_functions(), *mpi_constants())), *mpi_types()})
    frequent = sorted(word for word, count in counts.items() if count >= _LEAST)
    listed = [*CONTROL_WORDS, *markers, *FACT_WORDS, *symbols, *map(str, range(33)), *_operators()]
    listed += [
        *sorted(keywords("c")),
        *sorted(openmp_words()),
        *(word for word in mpi if counts[word] or word[-2:] != "_c"),
    ]
    return list(dict.fromkeys([*listed, *frequent]))


def _operators() -> Iterator[str]:
    yield from "( ) [ ] { } ; , : ? + - * / % & | ^ ~ ! < > = . -> ++ -- << >> <= >= == != && || += -= *= /= ::".split()


def train_vocabulary(counts: Counter[str]) -> bytes:
    """A sentencepiece model whose user-defined pieces are the frequent words."""
    words = whole_words(counts)
    rest = [word for word in counts if word not in set(words)]
    model = io.BytesIO()
    SentencePieceTrainer.Train(  # pyright: ignore[reportUnknownMemberType]
        sentence_iterator=iter(_sentences(rest, counts)),
        model_writer=model,
        model_type="bpe",
        vocab_size=len(words) + _SPELLING + 4,
        user_defined_symbols=["▁" + word for word in words],
        character_coverage=1.0,
        byte_fallback=False,
        hard_vocab_limit=False,
        pad_id=0,
        unk_id=1,
        bos_id=-1,
        eos_id=-1,
        normalization_rule_name="identity",
        minloglevel=2,
    )
    return model.getvalue()


def _sentences(rest: Iterable[str], counts: Counter[str]) -> Iterator[str]:
    """Every character that a word can hold, and the rare words, each about as often as it is seen."""
    # Behind a letter: at the beginning of a word most of them are whole words already.
    yield from (f"{letter}{chr(code)}" for letter in "QZ" for code in range(0x21, 0x7F))
    for word in rest:
        for _ in range(min(5, counts[word])):
            yield word
