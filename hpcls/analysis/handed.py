"""Variables that an expression may give a value to without an assignment: what a call may take by reference or as a
macro, what a stream reads into, and whatever text that is not looked into mentions.
"""

from __future__ import annotations

from collections.abc import Iterator

from hpcls.analysis.effects import PURE_METHODS, Effect, effect_of
from hpcls.analysis.variables import Variables
from hpcls.syntax.expressions import Binary, Call, Expression, Member, Name, Opaque

_BY_VALUE = PURE_METHODS | frozenset("at resize reserve assign push_back emplace_back insert fill".split())
"""Member functions that only look at what they are given."""
_LOOKED_INTO = frozenset(("an allocation with new", "a delete"))


def handed_on(part: Expression, variables: Variables) -> Iterator[str]:
    """The keys of the variables that `part` itself, without its operands, may change so."""
    match part:
        case Call(function=function, arguments=arguments):
            for index, argument in enumerate(arguments):
                if isinstance(argument, Name) and _may_change(function, index, variables):
                    yield from _number(argument, variables)
        case Binary(operator=">>", left=left, right=Name() as target) if _is_stream(left, variables):
            yield from _number(target, variables)
        case Opaque(what=what, names=names, start=start) if what not in _LOOKED_INTO:
            for name in names:
                yield from _number(Name(start, start, name), variables)
        case _:
            pass


def _number(name: Name, variables: Variables) -> Iterator[str]:
    """The variable, if it holds no pointer: what pointers lead to is a matter of accesses."""
    key = variables.key(name.name, name.start)
    symbol = variables.symbol(key)
    if symbol is not None and not symbol.pointers and not symbol.dimensions:
        yield key


def _may_change(function: Expression, index: int, variables: Variables) -> bool:
    """Whether a call of `function` may give its argument number `index` another value."""
    if isinstance(function, Member):
        return variables.source.language == "cpp" and function.field not in _BY_VALUE
    if not isinstance(function, Name):
        return variables.source.language == "cpp"
    symbol = variables.symbol(variables.key(function.name, function.start))
    if symbol is not None and symbol.kind == "macro":
        return True
    plain = function.name.partition("<")[0]
    if effect_of(plain) is not Effect.UNKNOWN and symbol is None:
        return False
    if variables.source.language == "c":
        # by convention what is spelled in capitals is a macro, of a header
        return symbol is None and plain.isupper()
    if symbol is None or symbol.kind != "function" or index >= len(symbol.parameters):
        return True
    taken = symbol.parameters[index]
    return "&" in taken and "const" not in taken.split()


def _is_stream(value: Expression, variables: Variables) -> bool:
    """Whether `>>` on it reads, rather than shifts a number."""
    while isinstance(value, Binary) and value.operator == ">>":
        value = value.left
    key = variables.key(value.name, value.start) if isinstance(value, Name) else None
    return variables.source.language == "cpp" and key is not None and variables.is_arithmetic(key) is not True
