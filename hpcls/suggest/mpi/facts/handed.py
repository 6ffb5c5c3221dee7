"""The rank and the size in functions that do not ask for them: a variable of the file that another function asks them
into, or a parameter that every call in view hands them in.
"""

from __future__ import annotations

from collections.abc import Iterator

from hpcls.suggest.mpi.facts.pair import known_names
from hpcls.suggest.mpi.facts.program import Function, Program
from hpcls.suggest.mpi.facts.roles import Part
from hpcls.syntax.expressions import Name
from hpcls.syntax.mpi_names import part_of

_DEEPEST = 4
"""Functions that hand the value on, one to the other."""


def handed_name(program: Program, function: Function, part: Part, depth: int = _DEEPEST) -> str | None:
    """The variable of `function` that holds the rank, or the size, though no call there sets it."""
    return _shared(program, function, part) or (_parameter(program, function, part, depth) if depth else None)


def _shared(program: Program, function: Function, part: Part) -> str | None:
    asking = [one for one in program.functions if one is not function]
    symbols = [one.variable(name) for one in asking for name in known_names(program, one, part)]
    set_there = [one.symbol for one in symbols if one and one.symbol]
    return next((one.name for one in function.variables if one.symbol and one.symbol in set_there), None)


def _parameter(program: Program, function: Function, part: Part, depth: int) -> str | None:
    """A parameter of such a name, unless a call in view gives another value for it."""
    for index, name in enumerate(function.parameters):
        found = function.variable(name)
        if found is None or found.symbol is None or found.symbol.type_text != "int" or part_of(name) != part:
            continue
        if found.is_number and all(use.access == "read" for use in found.uses):
            given = list(_given(program, function, index))
            if all(one and one in _names(program, caller, part, depth) for caller, one in given):
                return name
    return None


def _names(program: Program, function: Function, part: Part, depth: int) -> tuple[str, ...]:
    handed = handed_name(program, function, part, depth - 1)
    return (*known_names(program, function, part), *([handed] if handed else ()))


def _given(program: Program, function: Function, index: int) -> Iterator[tuple[Function, str | None]]:
    """(caller, variable) for each call of the function; no variable where another value is given."""
    for caller, call in program.own_calls.get(function.name, ()):
        given = call.arguments[index] if index < len(call.arguments) else None
        yield caller, given.name if isinstance(given, Name) else None
