"""Globals and members that another function of the file gives the address of one another: `p = a.data();` in a
constructor, `next = grid;` where everything is set up.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from tree_sitter import Node

from hpcls.analysis.model import UnitModel
from hpcls.analysis.tables import fixed
from hpcls.analysis.variables import spelling
from hpcls.syntax.declarations import Symbol
from hpcls.syntax.expressions import Assign, Expression, Name
from hpcls.syntax.iterators import begun
from hpcls.syntax.lower_expressions import lower_expression

_MOST = 100
"""Places where a name is given something that are looked at."""


def given_elsewhere(model: UnitModel, left: str, right: str) -> int | None:
    """Where one of two variables that outlive the unit is given the other's address; None where nowhere in view.

    What is a variable distance behind it may be apart, and so are two that change places.
    """
    symbols = [model.variables.symbol(key) for key in (left, right)]
    if not all(one and _lasts(model, one) for one in symbols):
        return None
    for symbol, key, other in zip(symbols, (left, right), (right, left), strict=True):
        for node, value in model.once((given_elsewhere, key), lambda s=symbol, k=key: tuple(_given(model, s, k))):
            if other in _leading(model, value) and not _changes(model, node, spelling(other)):
                return node.start_byte
    return None


def _lasts(model: UnitModel, symbol: Symbol) -> bool:
    body = model.unit.body
    is_outside = symbol.kind == "variable" and not body.start <= symbol.start < body.end
    return is_outside or symbol.kind == "field"


def _given(model: UnitModel, symbol: Symbol | None, key: str) -> Iterator[tuple[Node, Expression]]:
    """What a pointer is given by its name outside of the unit, and the assignments."""
    root, body = model.source.tree.root_node, model.unit.body
    if symbol is None or not symbol.pointers:
        return
    for at in model.source.assigned.get(symbol.name, ())[:_MOST]:
        node = root.descendant_for_byte_range(at, at + len(symbol.name))
        around = node.parent if node else None
        if around is None or around.type != "assignment_expression" or body.start <= at < body.end:
            continue
        found = lower_expression(around)
        if isinstance(found, Assign) and model.variables.key(symbol.name, at) == key:
            yield around, found.value


def _leading(model: UnitModel, value: Expression) -> Iterator[str]:
    """The variables whose address `value` is."""
    while isinstance(value, Assign):
        yield from _leading(model, value.target)
        value = value.value
    start = fixed(value)
    start = begun(start) or start
    if isinstance(start, Name):
        yield model.variables.key(start.name, start.start)


def _changes(model: UnitModel, assignment: Node, name: str) -> bool:
    """Whether the function goes on to give the variable another value."""
    function: Node | None = assignment
    while function is not None and function.type != "function_definition":
        function = function.parent
    end = function.end_byte if function else assignment.end_byte
    text = model.source.data[assignment.end_byte : end]
    return re.search(rf"\b{re.escape(name)}\s*=(?!=)".encode(), text) is not None
