"""Variables that a program declares, or gives a value, and does not use: calls that are gone must have been given them.

Only for answers that are forced.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import takewhile

from hpcls.suggest.mpi.facts.datatypes import datatype_of
from hpcls.suggest.mpi.facts.draft import Draft, called_in
from hpcls.suggest.mpi.facts.program import Step, line_before, way_to
from hpcls.suggest.mpi.facts.uses import Variable
from hpcls.suggest.mpi.rules.skeleton import index_behind
from hpcls.syntax.statements import Statement

_FREES = re.compile(r"free", re.IGNORECASE)
_COUNTED = re.compile(r"count|amount|^len$|length", re.IGNORECASE)


def idle_handles(draft: Draft, type_text: str) -> Iterator[Variable]:
    """The handles of that type that the function declares and nothing uses."""
    for one in draft.function.variables:
        if one.symbol and one.symbol.type_text == type_text and one.is_number and not one.uses:
            yield one


def unset_handles(draft: Draft, type_text: str) -> list[Variable]:
    """The handles of that type that the function declares and that nothing sets."""
    of_type = (one for one in draft.function.variables if one.symbol and one.symbol.type_text == type_text)
    return [one for one in of_type if one.is_number and one.is_never_set]


def arrays_named(draft: Draft, pattern: re.Pattern[str], types: tuple[str, ...] = ("int",)) -> list[Variable]:
    """The arrays of such a name and type, in the order of their declarations."""
    found = (one for one in draft.function.variables if one.symbol and not one.is_number)
    return [one for one in found if one.symbol and one.symbol.type_text in types and pattern.search(one.name)]


def numbers_named(draft: Draft, pattern: re.Pattern[str]) -> list[Variable]:
    """The whole numbers of such a name, apart from the rank and the size of all processes."""
    known = (draft.flow.rank, draft.flow.size)
    found = (one for one in draft.function.variables if one.symbol and one.is_number and one.name not in known)
    return [one for one in found if one.symbol and one.symbol.type_text == "int" and pattern.search(one.name)]


def unread_named(draft: Draft, pattern: re.Pattern[str]) -> Variable | None:
    """The first number of such a name that nothing reads."""
    numbers = (one for one in draft.function.variables if one.is_number and one.symbol and not one.is_read)
    return next((one for one in numbers if pattern.search(one.name)), None)


def line_behind(draft: Draft, variables: Iterable[Variable]) -> int:
    """The line behind the start and behind all that declares the variables and gives them values; it is in `main`, or
    in an inner block that declares one of them.
    """
    index, inner = draft.start_index, 0
    for one in variables:
        offsets = [use.offset for use in one.uses if use.access != "read"]
        held = (i + 1 for i, item in enumerate(draft.function.items) if any(map(item.holds, offsets)))
        index = max(index, index_behind(draft, one.name), *held, 0)
        inner = max(inner, _line_inside(draft, one))
    return max(draft.function.line_before(index), inner)


def _line_inside(draft: Draft, one: Variable) -> int:
    """The line behind its declaration where that stands in an inner block; else 0."""
    step = inner_declaration(draft, one)
    return line_before(step.block, step.index + 1, draft.function.source) if step else 0


def inner_declaration(draft: Draft, one: Variable) -> Step | None:
    """The declaration of a variable that belongs to an inner block of `main`."""
    way = way_to(draft.function.body, one.symbol.start, draft.function.source) if one.symbol else ()
    return way[-1] if len(way) > 1 and way[-1].item.is_declaration else None


def line_in_front(draft: Draft, end: int, is_passed: Callable[[Statement], bool]) -> int:
    """The line in front of the last statements before `end` that the call may pass."""
    items = [item for item in draft.function.items if item.last <= end]
    passed = list(takewhile(lambda item: is_passed(item.statement), reversed(items)))
    return draft.function.line_before(len(items) - len(passed)) if passed else end


def only_frees(statement: Statement) -> bool:
    """Whether it only frees memory."""
    called = called_in(statement)
    return bool(called) and all(map(_FREES.search, called))


def counted(draft: Draft) -> tuple[Variable, ...]:
    """The numbers that nothing sets and that are called a count, where there is a status to ask."""
    known = (draft.flow.rank, draft.flow.size, *draft.gap_targets)
    numbers = (one for one in draft.function.variables if one.is_number and one.is_never_set and one.is_read)
    named = (one for one in numbers if one.name not in known and datatype_of(one.symbol) == "MPI_INT")
    return tuple(one for one in named if statuses(draft) and _COUNTED.search(one.name))


def statuses(draft: Draft) -> list[Variable]:
    """Every status of the function."""
    return [one for one in draft.function.variables if one.symbol and one.symbol.type_text == "MPI_Status"]
