"""How far what is left by a program with suggestions may be from what it leaves as it is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from hpcls.analysis.variables import Variables
from hpcls.suggest.report import Suggestion
from hpcls.syntax.scopes import ScopeTree
from hpcls.syntax.source import Source

RELATIVE = {4: 1e-3, 8: 1e-6, 16: 1e-6}
"""Tolerances by size in bytes, for sums in another order: of 2 elements or of a million, of either sign."""
_ROUNDED = frozenset(("+", "-", "*"))
"""Operators whose reductions are rounded in another order."""
_NAME = re.compile(r"\w+")


def tolerance(source: Source, scopes: ScopeTree, suggestions: Iterable[Suggestion]) -> float | None:
    """Relative, for floating values; None where no sum is taken in another order.

    Nothing tells which of the numbers that a program prints come of a sum of `float`: where there is one, all may.
    """
    sizes = {4 if _is_float(Variables(source, scopes), *one) else 8 for one in _reduced(source, suggestions)}
    return RELATIVE[min(sizes)] if sizes else None


def _reduced(source: Source, suggestions: Iterable[Suggestion]) -> Iterator[tuple[str, int]]:
    """The names of the variables, and where they have these."""
    for one in suggestions:
        for clause in one.clauses:
            if clause.name == "reduction" and clause.modifier in _ROUNDED:
                names = (_NAME.match(argument) for argument in clause.arguments)
                yield from ((name[0], source.line_starts[one.line - 1]) for name in names if name)


def _is_float(variables: Variables, name: str, offset: int) -> bool:
    symbol = variables.symbol(variables.key(name, offset))
    if symbol is None:
        return False
    kind = variables.number_named(symbol.type_text, symbol.start) or symbol.type_text
    return "float" in kind.split()
