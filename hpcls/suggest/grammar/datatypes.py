"""The datatype of a call's buffer, where the buffer's declaration is in view."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from hpcls.suggest.grammar.names import Scope
from hpcls.suggest.grammar.slots import slots_of
from hpcls.suggest.mpi.facts.datatypes import datatype

UNTYPED = frozenset({"MPI_BYTE", "MPI_PACKED"})
"""Those that go with every buffer."""
_OPENING, _CLOSING = frozenset("([{"), frozenset(")]}")


def unlike_buffer(words: Sequence[str], scope: Scope) -> frozenset[str]:
    """The datatypes that may not come next in the call that begins with `words`: those of other elements than the
    buffer in front has (MPI 4.0, 3.3.1).  None where no datatype comes next, or that buffer's type is not known.
    """
    if words[-1] != ",":
        return frozenset()  # before anything is looked at: so it is for most words
    slots, given = slots_of(words[0]), list(_arguments(words))
    if len(given) >= len(slots) or slots[len(given)].kind != "datatype":
        return frozenset()
    buffer = next((given[i] for i in reversed(range(len(given))) if slots[i].kind == "buffer"), ())
    own, listed = _held(buffer, scope), slots[len(given)].constants
    return listed - UNTYPED - {own} if own in listed else frozenset()


def _arguments(words: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """The complete arguments of a call that ends behind a comma."""
    depth, found = 0, list[str]()
    for word in words[1:]:
        depth += (word in _OPENING) - (word in _CLOSING)
        if word == "," and depth == 1:
            yield tuple(found)
            found = []
        elif depth > 1 or word != "(":
            found.append(word)


def _held(buffer: Sequence[str], scope: Scope) -> str | None:
    """The datatype of what a variable, an array or an element of one holds; None for any other buffer."""
    is_address = bool(buffer) and buffer[0] == "&"
    symbol, *rest = buffer[is_address:] or ("",)
    name = next((one for one in scope.names if one.symbol == symbol), None)
    is_part = bool(rest) and (rest[0] != "[" or rest[-1] != "]")
    if name is None or is_part or name.pointers + name.dimensions - rest.count("[") + is_address != 1:
        return None
    return datatype(name.c_type)
