"""What expressions read, each looked through once: every loop around one asks again whether it changes that."""

from __future__ import annotations

from collections.abc import Iterator

from hpcls.analysis.effects import is_computation
from hpcls.analysis.places import Place, Places
from hpcls.syntax import expressions
from hpcls.syntax.expressions import AddressOf, Expression, Name
from hpcls.syntax.iterators import begun, ended
from hpcls.syntax.record import record

MEMORY = (expressions.Subscript, expressions.Member, expressions.Dereference, expressions.Call)
"""Expressions whose value depends on more than variables."""
_CHANGING = (expressions.Opaque, expressions.Assign, expressions.Step, expressions.Call)


@record
class Read:
    """Memory that is read."""

    place: Place | None
    """None for what is not known."""
    is_size: bool
    """Only how many elements there are is asked."""


@record
class Mentioned:
    """What one expression reads."""

    keys: frozenset[str]
    """The variables, and the functions."""
    memory: tuple[Read, ...]
    is_plain: bool
    """Whether it has no effects, and calls nothing but for sizes, where elements are, what arguments alone decide."""
    reads_memory: bool
    """Whether its value depends on more than variables."""


class Mentions:
    """Those of one unit."""

    def __init__(self, places: Places) -> None:
        self._places = places
        self._known: dict[int, tuple[Expression, Mentioned]] = {}

    def of(self, expression: Expression) -> Mentioned:
        """What `expression` reads."""
        known = self._known.get(id(expression))
        if known is None:
            known = self._known[id(expression)] = expression, self._found(expression)
        return known[1]

    def _found(self, expression: Expression) -> Mentioned:
        key = self._places.variables.key
        keys: set[str] = set()
        memory: list[Read] = []
        is_plain = True
        for part in _read_for(expression):
            if isinstance(part, Name):
                keys.add(key(part.name, part.start))
            elif isinstance(part, _CHANGING):
                is_plain = is_plain and (_asks_size(part) or self._computes(part))
            elif isinstance(part, MEMORY):
                memory.append(Read(self._places.place(part, ()), _is_size(part)))
        reads_memory = any(isinstance(part, MEMORY) for part in expressions.walk(expression))
        return Mentioned(frozenset(keys), tuple(memory), is_plain, reads_memory)

    def _computes(self, part: Expression) -> bool:
        """Whether it is a call of a library function whose value its arguments alone decide."""
        if not isinstance(part, expressions.Call) or not isinstance(part.function, Name):
            return False
        function, meanings = part.function, self._places.variables.meanings
        return not meanings.is_own_function(function.name, function.start) and is_computation(function.name)


def _read_for(value: Expression) -> Iterator[Expression]:
    """The parts of `value` that are evaluated: of what `&` stands before, only what leads there."""
    pending = [value]
    while pending:
        part = pending.pop()
        if isinstance(part, AddressOf):
            pending += part.operand.operands
        else:
            yield part
            pending += part.operands


def _asks_size(part: Expression) -> bool:
    """Whether it is a call that asks for a size, or where elements are: writing them leaves that alone."""
    is_size = isinstance(part, expressions.Call) and not part.arguments and _is_size(part.function)
    return is_size or begun(part) is not None or ended(part) is not None


def _is_size(function: Expression) -> bool:
    return isinstance(function, expressions.Member) and function.field in ("size", "length", "rows", "cols")
