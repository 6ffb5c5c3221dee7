"""The name that a program has for the root of its collectives.  Only for answers that are forced."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from hpcls.suggest.mpi.facts.draft import Draft
from hpcls.suggest.mpi.facts.uses import Variable
from hpcls.suggest.mpi.placed import PlacedCall
from hpcls.syntax.expressions import Assign, Literal, Name
from hpcls.syntax.mpi import mpi_function
from hpcls.syntax.mpi_names import part_of


def with_own_root(draft: Draft, calls: Iterable[PlacedCall]) -> Iterator[PlacedCall]:
    """`calls` with the variable that is called so and holds the root, as far as nothing else is read from it."""
    named = [(one.name, value) for one in draft.function.variables if (value := _value(draft, one))]
    for call in calls:
        function = mpi_function(call.function)
        at = [i for i, one in enumerate(function.parameters) if one.name == "root"] if function else []
        if named and at and call.arguments[at[0]] == named[0][1]:
            arguments = (*call.arguments[: at[0]], named[0][0], *call.arguments[at[0] + 1 :])
            yield replace(call, arguments=arguments)
        else:
            yield call


def _value(draft: Draft, one: Variable) -> str | None:
    """The number that its declaration, or one assignment, gives a variable for the root that is not read."""
    if one.symbol is None or one.is_read or part_of(one.name) != "root":
        return None
    value = draft.values.initial.get(one.symbol.start)
    given = (part for part in draft.values.expressions if isinstance(part, Assign) and _is_to(part, one.name))
    values = [value] if value else [part.value for part in given]
    return values[0].text if len(values) == 1 and isinstance(values[0], Literal) else None


def _is_to(part: Assign, name: str) -> bool:
    return part.operator == "=" and isinstance(part.target, Name) and part.target.name == name
