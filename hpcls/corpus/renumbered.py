"""Symbols numbered anew by first appearance, once some of the code is gone."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

_SYMBOL = re.compile(r"([a-z]+)_\d+")
_NAMES = frozenset("var arr macro const func struct type field str num".split())
"""Symbols that an answer may hold only where its prompt shows them."""


def mapping(words: Sequence[str], outlined: int) -> Iterator[tuple[str, str]]:
    """Symbol → symbol numbered by first appearance, in the code first and then in the outline."""
    numbers: dict[str, int] = {}
    seen: set[str] = set()
    for word in (*words[outlined:], *words[:outlined]):
        match = _SYMBOL.fullmatch(word)
        if match and word not in seen:
            seen.add(word)
            number = numbers.get(match[1], 0)
            numbers[match[1]] = number + 1
            yield word, f"{match[1]}_{number}"


def is_name(word: str) -> bool:
    """Whether `word` is the symbol of a name or a literal."""
    match = _SYMBOL.fullmatch(word)
    return match is not None and match[1] in _NAMES
