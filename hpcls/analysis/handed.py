"""Variables that an expression may give a value to without an assignment: what a call may take by reference or as a
macro, what a stream reads into, and whatever text that is not looked into mentions.
"""

from __future__ import annotations

from collections.abc import Iterator

from hpcls.analysis.effects import PURE_METHODS, Effect, effect_of
from hpcls.analysis.variables import Variables
from hpcls.syntax.expressions import Binary, Call, Cast, Expression, Literal, Member, Name, Opaque, Unary

_BY_VALUE = PURE_METHODS | frozenset("at resize reserve assign push_back emplace_back insert fill".split())
"""Member functions that only look at what they are given."""
_LOOKED_INTO = frozenset(("an allocation with new", "a delete"))
_SWAPS = frozenset(("swap", "std::swap", "std::exchange"))


def may_hand_on(part: Expression) -> bool:
    """Whether `part` is one of the only expressions that do so themselves."""
    return isinstance(part, (Call, Opaque)) or (isinstance(part, Binary) and part.operator == ">>")


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


def taken_by_reference(call: Call, variables: Variables) -> Iterator[Name]:
    """The numbers and pointers among its arguments to which the function, as it is declared, may give another value."""
    for index, argument in enumerate(call.arguments):
        if isinstance(argument, Name) and _is_plain(argument, variables):
            taken = _parameter(call.function, index, variables)
            if taken is not None and _is_written_through(taken):
                yield argument


def _is_plain(name: Name, variables: Variables) -> bool:
    key = variables.key(name.name, name.start)
    symbol = variables.symbol(key)
    if symbol is None or symbol.dimensions:
        return False
    return symbol.pointers > 0 or symbol.type_text == "auto" or variables.is_arithmetic(key) is True


def _parameter(function: Expression, index: int, variables: Variables) -> str | None:
    """The parameter number `index` as written; None where it is not in view."""
    if not isinstance(function, Name) or variables.source.language != "cpp":
        return None
    symbol = variables.symbol(variables.key(function.name, function.start))
    if symbol is None:
        return "T &" if function.name in _SWAPS else None
    return symbol.parameters[index] if symbol.kind == "function" and index < len(symbol.parameters) else None


def _is_written_through(taken: str) -> bool:
    """Whether the parameter is a reference to what is not constant: `const double *&` is one, to a pointer."""
    referred = taken.rpartition("*")[2]
    return "&" in referred and "const" not in referred.split()


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
    taken = _parameter(function, index, variables)
    return taken is None or _is_written_through(taken)


def _is_stream(value: Expression, variables: Variables) -> bool:
    """Whether `>>` on it reads, rather than shifts a number."""
    while isinstance(value, Binary) and value.operator == ">>":
        value = value.left
    if variables.source.language != "cpp" or isinstance(value, (Literal, Unary, Binary, Cast)):
        return False
    # `*in >> n` reads, and `x[i] >> n`, which shifts, might
    return not isinstance(value, Name) or variables.is_arithmetic(variables.key(value.name, value.start)) is not True
