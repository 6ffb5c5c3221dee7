"""How much of one text stands in another, whatever its names: forks under other names, course work, code handed on.

Texts are compared by their windows of 12 tokens, as sets (the containment of Broder, "On the resemblance and
containment of documents", 1997).  Within a window a name is how far back it stood last (Baker, "A theory of
parameterized pattern matching", STOC 1993), so that renaming hides nothing; literals are all alike, and what a file
includes is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from zlib import crc32

import numpy as np
import numpy.typing as npt

from hpcls.corpus.duplicates import tokens
from hpcls.syntax.languages import LanguageName
from hpcls.tokens.vocabulary import is_reserved, keywords

Windows = npt.NDArray[np.uint64]
"""A number for each window of a text, rising, each once."""

_WINDOW = 12
_WORD = 1 << 32
"""Codes of words that stay begin here; below it lie names: how many tokens back they stood, or 0."""
_LITERAL = _WORD << 1
_FACTORS = tuple(np.uint64(pow(0x9E3779B97F4A7C15, power, 1 << 64)) for power in range(1, _WINDOW + 1))
_INCLUDE = re.compile(rb"^[ \t]*#[ \t]*include\b[^\n]*", re.MULTILINE)
_NAME = re.compile(rb"[^\W\d]\w*")


def windows(text: str, language: LanguageName) -> Windows:
    """Those of a text; none where it is shorter than one.  The same in every process."""
    words = tokens(_INCLUDE.sub(b"", text.encode("utf-8", "replace")), language)
    codes = np.fromiter(_codes(words), np.int64, len(words))
    count = max(0, len(codes) - _WINDOW + 1)
    found = np.zeros(count, np.uint64)
    for at, factor in enumerate(_FACTORS):
        code = codes[at : at + count]
        is_new = (code > at) & (code < _WORD)  # it stood before the window alone
        found += np.where(is_new, 0, code).astype(np.uint64) * factor
    return np.unique(found)


def _codes(words: Sequence[bytes]) -> Iterator[int]:
    last: dict[bytes, int] = {}
    for at, word in enumerate(words):
        code = _stays(word)
        yield at - last.get(word, at) if code is None else code
        last[word] = at


@lru_cache(maxsize=1 << 16)
def _stays(word: bytes) -> int | None:
    """The code of what every program shares; None for a name."""
    if word[:1].isdigit() or word[:1] == b'"':
        return _LITERAL
    spelled = word.decode("utf-8", "replace")
    is_name = _NAME.fullmatch(word) and spelled not in keywords("cpp") and not is_reserved(spelled)
    return None if is_name else _WORD + crc32(word)


class Containment:
    """How much of some texts, given by their windows, stands in others."""

    def __init__(self, texts: Sequence[Windows]) -> None:
        sizes = [len(text) for text in texts]
        found = np.concatenate([*texts, np.zeros(0, np.uint64)])
        order = np.argsort(found, kind="stable")
        self._windows = found[order]
        self._owners = np.repeat(np.arange(len(texts)), sizes)[order]
        self._sizes = np.maximum(1, np.asarray(sizes, np.int64))

    def shares(self, other: Windows) -> npt.NDArray[np.float64]:
        """Of each text the share of its windows, 0 to 1, that `other` has."""
        first = np.searchsorted(self._windows, other, "left")
        counts = np.searchsorted(self._windows, other, "right") - first
        before = np.repeat(np.cumsum(counts) - counts, counts)
        places = np.repeat(first, counts) + np.arange(len(before)) - before
        return np.bincount(self._owners[places], minlength=len(self._sizes)) / self._sizes
