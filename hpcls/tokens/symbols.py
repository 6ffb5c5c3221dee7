"""Numbered symbols and the user's own spellings, both ways."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType
from typing import Literal

SymbolPrefix = Literal[
    "var", "arr", "func", "type", "struct", "enum", "const", "field", "macro", "ns", "label", "word", "num",
    "str", "chr", "hdr", "txt",
]  # fmt: skip
"""What a symbol stands for: `const` an enumerator, `word` a word of a pragma, `hdr` a header, `txt` no C."""


def _family(prefix: str) -> str:
    """A variable keeps its symbol when it becomes an array and the other way round."""
    return "var" if prefix == "arr" else prefix


@dataclass(frozen=True)
class SymbolTable:
    """The symbols of one version of one document."""

    spellings: Mapping[str, str] = field(default_factory=lambda: MappingProxyType(dict[str, str]()))
    """`var_3` → `particleCount`."""

    @cached_property
    def symbols(self) -> Mapping[tuple[str, str], str]:
        """Family and spelling → symbol."""
        return {(_family(symbol.partition("_")[0]), spelling): symbol for symbol, spelling in self.spellings.items()}

    def symbol(self, prefix: SymbolPrefix, spelling: str) -> str | None:
        """The symbol that stands for `spelling`, if there is one."""
        return self.symbols.get((_family(prefix), spelling))

    def spelled(self, token: str) -> str:
        """What `token` stands for; anything but one of these symbols stands for itself."""
        return self.spellings.get(token, token)


class Numbering:
    """Gives out symbols while one version is encoded."""

    def __init__(self, previous: SymbolTable, still_there: frozenset[str] | None) -> None:
        """Symbols of `previous` keep their number where their spelling is `still_there`; all of them for None."""
        self._spellings = {
            symbol: spelling
            for symbol, spelling in previous.spellings.items()
            if still_there is None or spelling in still_there
        }
        self._symbols = dict(SymbolTable(self._spellings).symbols)
        self._next: dict[str, int] = {}

    def symbol(self, prefix: SymbolPrefix, spelling: str) -> str:
        """The symbol for `spelling`, a new one where there is none; numbers begin with 0 and leave no gaps."""
        key = (_family(prefix), spelling)
        found = self._symbols.get(key)
        if found is None:
            found = self._symbols[key] = self._new(prefix)
            self._spellings[found] = spelling
        return found

    def table(self) -> SymbolTable:
        """All symbols so far."""
        return SymbolTable(MappingProxyType(dict(self._spellings)))

    def _new(self, prefix: str) -> str:
        number = self._next.get(prefix, 0)
        while (symbol := f"{prefix}_{number}") in self._spellings:
            number += 1
        self._next[prefix] = number + 1
        return symbol
