"""What a declaration says that a name stands for: the text of a macro, the number of an enumerator or of a constant."""

from __future__ import annotations

from collections import Counter
from functools import cached_property

from hpcls.analysis.meanings import Meanings
from hpcls.analysis.number_types import NumberTypes
from hpcls.syntax.declarations import Symbol
from hpcls.syntax.expressions import Literal
from hpcls.syntax.loops import integer
from hpcls.syntax.scopes import ScopeTree
from hpcls.syntax.source import Source


class WrittenValues:
    """Those of one file."""

    def __init__(self, source: Source, scopes: ScopeTree, meanings: Meanings, number_types: NumberTypes) -> None:
        self._source = source
        self._scopes = scopes
        self._meanings = meanings
        self._number_types = number_types

    def of(self, symbol: Symbol) -> str | None:
        """The text of the value that the name always has; None where another may be meant."""
        if symbol.kind == "macro":
            is_settled = not symbol.parameters and self._meanings.macro_values.is_settled(symbol)
            return symbol.value if is_settled else None
        if symbol.kind == "enumerator":
            return self._enumerated(symbol)
        is_constant = "const" in symbol.storage and "volatile" not in symbol.storage and symbol.kind == "variable"
        is_narrow = self._number_types.is_narrow(symbol.type_text, symbol.start)
        is_plain = not (symbol.pointers or symbol.reference or symbol.dimensions or is_narrow)
        return self._initial(symbol) if is_constant and is_plain else None

    def _enumerated(self, symbol: Symbol) -> str | None:
        if symbol.initializer is not None:
            return self._initial(symbol)
        return symbol.value if self._enumerators[symbol.name] == 1 else None

    def _initial(self, symbol: Symbol) -> str | None:
        return None if symbol.initializer is None else self._source.slice(*symbol.initializer)

    @cached_property
    def _enumerators(self) -> Counter[str]:
        """How often each is in a list: an `#else` may have a longer one."""
        return Counter(one.name for one in self._scopes.symbols if one.kind == "enumerator")


def literal_of(symbol: Symbol, text: str) -> Literal | None:
    """The value `text` of a symbol, if it is a whole number."""
    literal = Literal(symbol.start, symbol.end, text.strip().strip("()"))
    return None if integer(literal) is None else literal
