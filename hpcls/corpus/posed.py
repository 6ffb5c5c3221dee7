"""A question as it is put to a model, and the code that it is about."""

from __future__ import annotations

from typing import NamedTuple


class Posed(NamedTuple):
    """One question with its answer, in words."""

    prompt: tuple[str, ...]
    answer: tuple[str, ...]
    text: str
    """The program text that it is about."""
    tokens: tuple[str, ...]
    """The same in Tokompiler's symbols, numbered from the text's beginning: equal where only names differ."""
    way: str
    """Which of the questions about that text it is."""
