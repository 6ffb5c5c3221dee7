"""Calls in view that give a function one address twice, as `shift(n, x, x + 1)` does: its parameters are not assumed to
be apart then.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from tree_sitter import Node

from hpcls.analysis.model import UnitModel
from hpcls.syntax.expressions import AddressOf, Binary, Call, Cast, Expression, Literal, Name, Subscript
from hpcls.syntax.loops import integer
from hpcls.syntax.lower_expressions import lower_expression


def given_alike(model: UnitModel, left: str, right: str) -> tuple[int, int] | None:
    """Where a call gives two parameters of the unit addresses of one array, and how many elements the second is behind
    the first; None where none does, or variables tell the two apart.
    """
    symbols = [model.variables.symbol(key) for key in (left, right)]
    name = model.unit.name
    if name is None or any(one is None or one.kind != "parameter" for one in symbols):
        return None
    declared = model.variables.symbol(model.variables.key(name, model.unit.body.start))
    texts = declared.parameters if declared else ()
    places = [_place(texts, symbol.name) for symbol in symbols if symbol]
    for call in model.once((_calls, name), lambda: tuple(_calls(model, name))):
        if len(call.arguments) == len(texts) and None not in places:
            first, second = (_address(model, call.arguments[place or 0]) for place in places)
            if first and second and first[0] == second[0]:
                return call.start, second[1] - first[1]
    return None


def _place(texts: tuple[str, ...], name: str) -> int | None:
    """Which of the parameters, as written, is called so."""
    found = [index for index, text in enumerate(texts) if re.search(rf"\b{re.escape(name)}\b", text)]
    return found[0] if len(found) == 1 else None


def _calls(model: UnitModel, name: str) -> Iterator[Call]:
    """Those of the function called `name` in the file."""
    root = model.source.tree.root_node
    for start in model.source.openings.get(name, ()):
        node = root.descendant_for_byte_range(start, start + len(name))
        call = lower_expression(node.parent) if node and node.parent and _is_called(node, node.parent) else None
        if isinstance(call, Call):
            yield call


def _is_called(node: Node, around: Node) -> bool:
    return node.type == "identifier" and around.type == "call_expression"


def _address(model: UnitModel, argument: Expression) -> tuple[str, int] | None:
    """A pointer or an array, and a number of elements behind where it leads."""
    match argument:
        case Name(name=name, start=start):
            key = model.variables.key(name, start)
            symbol = model.variables.symbol(key)
            return (key, 0) if symbol and (symbol.pointers or symbol.dimensions) else None
        case Cast(operand=inner):
            return _address(model, inner)
        case AddressOf(operand=Subscript(base=base, index=Literal() as index)):
            return _moved(_address(model, base), integer(index))
        case Binary(operator="+" | "-" as operator, left=base, right=Literal() as index):
            number = integer(index)
            return _moved(_address(model, base), -number if number and operator == "-" else number)
        case _:
            return None


def _moved(place: tuple[str, int] | None, by: int | None) -> tuple[str, int] | None:
    return None if place is None or by is None else (place[0], place[1] + by)
