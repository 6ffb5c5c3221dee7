"""Which variables' memory a pointer is visibly given: two that lead to the same one are not assumed to be apart."""

from __future__ import annotations

from hpcls.analysis.definitions import Definition, Definitions, allocates
from hpcls.analysis.variables import Variables
from hpcls.syntax.expressions import (
    AddressOf,
    Binary,
    Call,
    Cast,
    Conditional,
    Dereference,
    Expression,
    Items,
    Member,
    Name,
    Opaque,
    Subscript,
)
from hpcls.syntax.iterators import unmoved
from hpcls.syntax.loops import induction_of

_LEADING = frozenset(
    "begin end cbegin cend rbegin rend crbegin crend data c_str front back at get subspan first last".split()
)
"""Member functions whose result leads into the object."""


class Roots:
    """The roots of the pointers of one unit."""

    def __init__(self, variables: Variables, definitions: Definitions) -> None:
        self._variables = variables
        self._definitions = definitions
        self._known: dict[str, frozenset[str]] = {}

    def of(self, key: str) -> frozenset[str]:
        """The variables at the start of what `key` is given.

        One that is given several values, such as two grids that change places, is no way to its values' roots.
        """
        known = self._known.get(key)
        if known is None:
            known = self._known[key] = frozenset(self._find(key))
        return known

    def _find(self, key: str) -> set[str]:
        found: set[str] = set()
        seen: set[str] = set()
        pending = [key]
        while pending:
            current = pending.pop()
            seen.add(current)
            given = () if self._holds_copies(current) else self._definitions.of(current)
            values = [v for d in given if (v := _given(d)) is not None]
            values += filter(self._is_address, (one.value for one in self._definitions.stored.get(current, ())))
            bases = {base for value in values for base in self._bases(value)} - seen
            pending.extend(base for base in bases if len(self._definitions.of(base)) <= 1)
            if not bases:
                found.add(current)
        return found

    def _bases(self, value: Expression) -> set[str]:
        found: set[str] = set()
        pending = [value]
        while pending:
            part = pending.pop()
            match part:
                case Name(name=name, start=start):
                    found.add(self._variables.key(name, start))
                case AddressOf(operand=inner) | Dereference(operand=inner) | Cast(operand=inner):
                    pending.append(inner)
                case Member(base=Name(name="this"), field=field, start=start):
                    found.add(self._variables.key(field, start))
                case Subscript(base=inner) | Member(base=inner):
                    pending.append(inner)
                case Call(function=Member(base=inner, field=field)) if field in _LEADING:
                    pending.append(inner)
                case Call(function=Name(name=name), arguments=arguments) if name.startswith("std::"):
                    pending += arguments
                case Binary(operator="+" | "-", left=left, right=right):
                    pending += [left, right]
                case Conditional(yes=yes, no=no):
                    pending += [yes, no]
                case Items(items=items):
                    pending += items
                case Opaque(names=names) if not allocates(part):
                    found.update(self._variables.key(name, part.start) for name in names)
                case _:
                    pass
        return {base for base in found if self._leads_somewhere(base)}

    def _is_address(self, value: Expression) -> bool:
        """Whether what is stored in a part of a variable is visibly an address."""
        start = unmoved(value)
        if isinstance(start, Name):
            return self._variables.is_address(self._variables.key(start.name, start.start), "")
        return isinstance(start, AddressOf)

    def _holds_copies(self, key: str) -> bool:
        """Whether the variable is storage of its own, whose first values are copies: of an array, or of a container
        that `auto` is made of.
        """
        symbol = self._variables.symbol(key)
        if symbol is None or symbol.pointers or symbol.reference:
            return False
        if symbol.type_text != "auto":
            is_array = bool(symbol.dimensions) and bool(self._variables.elements(key))
            return is_array or self._variables.owns_numbers(key)
        values = [one.value for one in self._definitions.of(key)]
        names = [one for one in values if isinstance(one, Name)]
        wholes = (self._variables.owns_numbers(self._variables.key(one.name, one.start)) for one in names)
        return len(names) == len(values) > 0 and all(wholes)

    def _leads_somewhere(self, key: str) -> bool:
        """Whether the variable may be an array or a pointer, no index."""
        symbol = self._variables.symbol(key)
        return self._variables.is_arithmetic(key) is not True and (symbol is None or symbol.kind != "macro")


def _given(definition: Definition) -> Expression | None:
    """What the definition gives its variable; to one that counts a loop, its first value."""
    induction = induction_of(definition.header) if definition.header else None
    return induction.lower if induction else definition.value
