"""Grammars over words, as immutable states: the kind of thing that a constraint walks through."""

from __future__ import annotations

from typing import Protocol


class Grammar(Protocol):
    """A place between two words of an answer."""

    @property
    def following(self) -> frozenset[str]:
        """The words that may come next; empty behind the last one, and only there."""
        ...

    def after(self, word: str) -> Grammar:
        """The place behind `word`, which is one of `following`."""
        ...

    def closing(self) -> tuple[str, ...]:
        """The fewest words that complete the answer; none behind the last one."""
        ...
