"""Which variables' memory a pointer is visibly given: two that lead to the same one are not assumed to be apart."""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence

from hpcls.analysis.accesses import SummaryOf
from hpcls.analysis.definitions import Definition, Definitions
from hpcls.analysis.initial_values import initial_addresses
from hpcls.analysis.stored_values import allocates
from hpcls.analysis.summaries import Leads
from hpcls.analysis.told import addressed_by, may_be_kept
from hpcls.analysis.variables import Variables
from hpcls.syntax.expressions import (
    AddressOf,
    Assign,
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
from hpcls.syntax.iterators import origin, unmoved
from hpcls.syntax.loops import induction_of

_LEADING = frozenset(
    "begin end cbegin cend rbegin rend crbegin crend data c_str front back at get subspan first last".split()
)
"""Member functions whose result leads into the object."""


class Roots:
    """The roots of the pointers of one unit."""

    def __init__(self, variables: Variables, definitions: Definitions, summary_of: SummaryOf) -> None:
        self._variables = variables
        self._definitions = definitions
        self._summary_of = summary_of
        self._known: dict[str, frozenset[str]] = {}

    def of(self, key: str) -> frozenset[str]:
        """The variables at the start of what `key` is given.

        One that is given several values, such as two grids that change places, is no way to its values' roots, and is
        one itself.
        """
        known = self._known.get(key)
        if known is None:
            known = self._known[key] = frozenset(self._find(key))
        return known

    def of_value(self, value: Expression) -> frozenset[str]:
        """The variables at the start of the address `value`."""
        return frozenset(root for base in self._bases(value) for root in self.of(base))

    def up_to(self, ends: Container[str | None], value: Expression) -> Iterator[str]:
        """The variables that the address `value` comes from by what is assigned on the way; none of `ends` is asked
        where it comes from.
        """
        seen: set[str] = set()
        pending = list(self._bases(value))
        while pending:
            base = pending.pop()
            seen.add(base)
            given = () if base in ends else (v for d in self._definitions.of(base) if (v := _given(d)) is not None)
            inside = {one for each in given for one in self._bases(each)}
            pending += inside - seen
            if not inside:
                yield base

    def _find(self, key: str) -> set[str]:
        is_single = len(self._definitions.of(key)) <= 1
        found = set[str]() if is_single else {key}
        seen: set[str] = set()
        pending = [key]
        while pending:
            current = pending.pop()
            seen.add(current)
            given = () if self._holds_copies(current) else self._definitions.of(current)
            values = [v for d in given if (v := _given(d)) is not None]
            values += [one for d in given for one in d.beside if may_be_kept(self._variables, current, one)]
            values += self._definitions.copied.get(current, ())
            values += initial_addresses(self._variables, self._definitions, current)
            values += filter(self._is_address, (one.value for one in self._definitions.stored.get(current, ())))
            bases = {base for value in values for base in self._bases(value)}
            bases = (bases | set(self._given_by_calls(current))) - seen
            several = {base for base in bases if len(self._definitions.of(base)) > 1}
            pending.extend(bases - several)
            if is_single:
                # what is read from behind such a pointer, `p->x` and `p->y`, may well be apart
                found |= several & {key for value in values for key in self._started(value)}
            if not bases:
                found.add(current)
        return found

    def _given_by_calls(self, key: str) -> Iterator[str]:
        """The variables at the start of what calls give the pointer, or one behind it."""
        for call, index in self._definitions.passed.get(key, ()):
            summary = self._summary_of(call.function.name, call.start) if isinstance(call.function, Name) else None
            for gives in summary.gives if summary and summary.arity == len(call.arguments) else ():
                if gives.parameter == index:
                    yield from gives.leads.keys
                    yield from (f"{call.start}:{one}" for one in gives.own)
                    for other in gives.leads.parameters:
                        yield from self._bases(call.arguments[other])

    def _started(self, value: Expression) -> Iterator[str]:
        """The variable that `value` is an address near to, such as p of `p + 1`."""
        start = origin(value)
        while isinstance(start, Cast):
            start = origin(start.operand)
        if isinstance(start, Name):
            yield self._variables.key(start.name, start.start)

    def _bases(self, value: Expression) -> set[str]:
        found: set[str] = set()
        pending = [value]
        while pending:
            part = pending.pop()
            found.update(self._named(part))
            pending += self._inside(part)
        return found

    def _named(self, part: Expression) -> Iterator[str]:
        """The variables that `part` itself names, and that may be arrays or pointers."""
        match part:
            case Cast(operand=Name(name=name, start=start), type_text=kind) if "*" in kind:
                yield self._variables.key(name, start)  # a number may hold an address
            case Cast(operand=Binary() as moved, type_text=kind) if "*" in kind:
                yield from filter(self._holds_address, self._keys(moved))
            case Name(name=name, start=start) | Member(base=Name(name="this"), field=name, start=start):
                yield from filter(self._leads_somewhere, [self._variables.key(name, start)])
            case Opaque(names=names, start=start) if not allocates(part):
                yield from filter(self._leads_somewhere, [self._variables.key(name, start) for name in names])
            case Call(function=Name() as function):
                yield from self._leads(function).keys
            case _:
                pass

    def _keys(self, value: Expression) -> Iterator[str]:
        yield from (self._variables.key(one.name, one.start) for one in addressed_by(value))

    def _holds_address(self, key: str) -> bool:
        """Whether a number is given an address: `uintptr_t q = (uintptr_t)a;`."""
        given = (one.value for one in self._definitions.of(key) if one.value is not None)
        values = (one.operand for one in given if isinstance(one, Cast))
        return self._variables.is_arithmetic(key) is True and any(self._bases(one) for one in values)

    def _inside(self, part: Expression) -> Sequence[Expression]:
        """The operands of `part` that may be where it leads."""
        match part:
            case Member(base=Name(name="this")):
                return ()
            case AddressOf(operand=inner) | Dereference(operand=inner) | Cast(operand=inner):
                return (inner,)
            case Subscript(base=inner) | Member(base=inner):
                return (inner,)
            case Call(function=Member(base=inner, field=field)) if field in _LEADING:
                return (inner,)
            case Call(function=Opaque() as lambda_, arguments=arguments):
                return (lambda_, *arguments)
            case Call(function=Name(name=name), arguments=arguments) if name.startswith("std::"):
                return arguments
            case Call(function=Name() as function, arguments=arguments):
                return [arguments[one] for one in self._leads(function).parameters if one < len(arguments)]
            case Assign(operator="=", value=inner) | Binary(operator=",", right=inner):
                return (inner,)
            case Binary(operator="+" | "-" | "&", left=left, right=right) | Conditional(yes=left, no=right):
                return (left, right)
            case Items(items=items):
                return items
            case _:
                return ()

    def _leads(self, function: Name) -> Leads:
        """Where the result of the function leads, as far as its body is in view; nowhere if it is a number."""
        symbol = self._variables.symbol(self._variables.key(function.name, function.start))
        summary = self._summary_of(function.name, function.start)
        is_number = (
            symbol is not None
            and not (symbol.pointers or symbol.reference)
            and self._variables.number_types.named(symbol.type_text, symbol.start) is not None
        )
        return summary.leads if summary and not is_number else Leads()

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
