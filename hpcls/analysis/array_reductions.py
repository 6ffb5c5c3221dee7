"""Arrays into whose elements a loop only accumulates: each thread can add into a copy of its own (OpenMP 5.2, 5.5.5 and
3.2.5, array sections in a reduction clause; since OpenMP 4.5).
"""

from __future__ import annotations

from collections.abc import Iterator, Set
from dataclasses import dataclass

from hpcls.analysis.accesses import Access
from hpcls.analysis.forms import Forms
from hpcls.analysis.model import Sited, UnitModel
from hpcls.analysis.reduced_numbers import cut
from hpcls.analysis.reductions import Update, update_of
from hpcls.analysis.sections import section_of
from hpcls.analysis.types import is_integer
from hpcls.analysis.variables import spelling
from hpcls.analysis.verdict import Role, Scalar
from hpcls.syntax import expressions
from hpcls.syntax.expressions import Name
from hpcls.syntax.statements import Evaluate, Statement


@dataclass(frozen=True)
class ArrayReductions:
    """Those of one loop, with the keys of the arrays and what has to hold."""

    scalars: tuple[Scalar, ...] = ()
    keys: frozenset[str] = frozenset()
    assumptions: tuple[str, ...] = ()


def array_reductions(model: UnitModel, forms: Forms, clashing: Set[str]) -> ArrayReductions:
    """The arrays among `clashing` that `forms.loop` only accumulates into, by one operator each."""
    if not clashing:
        return ArrayReductions()
    updates = list(model.found_in(forms.loop.body, _update))
    found: dict[str, Scalar] = {}
    assumptions: list[str] = []
    for key in sorted(clashing):
        scalar = _reduction(model, forms, key, updates)
        if scalar:
            found[key] = scalar
            assumptions += _assumed(model, key, scalar)
    return ArrayReductions(tuple(found.values()), frozenset(found), tuple(assumptions))


def _update(_: UnitModel, statement: Statement) -> Iterator[Update]:
    # a whole statement: what comes of a macro keeps its place, so that no part of it has one of its own
    found = update_of(statement.expression) if isinstance(statement, Evaluate) else None
    if found:
        yield found


def perhaps_reduced(model: UnitModel, forms: Forms, clashing: Set[str]) -> frozenset[str]:
    """Those that are only accumulated into, whatever part of them: an author may know it, or declare a reduction."""
    updates = list(model.found_in(forms.loop.body, _update)) if clashing else []
    return frozenset(key for key in clashing if _operator(model, forms, key, _accesses(model, forms, key), updates))


def _reduction(model: UnitModel, forms: Forms, key: str, updates: list[Update]) -> Scalar | None:
    accesses = _accesses(model, forms, key)
    operator = _operator(model, forms, key, accesses, updates)
    is_array = model.variables.elements(key) is not False
    section = section_of(model, forms, key, accesses) if operator and is_array else None
    if operator is None or section is None:
        return None
    reason = f"its elements are only accumulated with {operator}"
    declared = model.variables.symbol(key) is not None
    first = accesses[0].event.offset
    return Scalar(spelling(key), Role.REDUCTION, first, reason, operator, True, declared, section=section)


def _operator(model: UnitModel, forms: Forms, key: str, accesses: list[Sited], updates: list[Update]) -> str | None:
    """The one operator by which every one of `accesses`, which are to the array, accumulates."""
    mine = [one for one in updates if any(one.start <= sited.event.offset < one.end for sited in accesses)]
    operators = {one.operator for one in mine}
    if len(operators) != 1 or forms.varies(key) or not _is_plain(model, forms, key, accesses, mine):
        return None
    if any(isinstance(one.event, Access) and model.is_synchronised(one.event, forms.loop) for one in accesses):
        return None
    return operators.pop()


def _accesses(model: UnitModel, forms: Forms, key: str) -> list[Sited]:
    control = [s for s in model.control(forms.loop) if isinstance(s.event, Access) and s.event.place.key == key]
    return control + model.touching(forms.loop, key)


def _is_plain(model: UnitModel, forms: Forms, key: str, accesses: list[Sited], updates: list[Update]) -> bool:
    """Whether every access belongs to an update, by the array's own name, and no value is cut."""
    if any(_mentions(model, key, one) for one in updates):
        return False
    symbol = model.variables.symbol(key)
    if symbol and updates and cut(model, symbol, updates[0].operator, [one.value for one in updates]):
        return False
    return all(
        isinstance(sited.event, Access)
        and not sited.event.by_address
        and not sited.event.place.path.replace("[]", "")
        and model.is_by_name(sited.event)
        and any(one.start <= sited.event.offset < one.end for one in updates)
        for sited in accesses
    ) and not model.variables.is_declared_in(key, forms.loop.start, forms.loop.end)


def _mentions(model: UnitModel, key: str, update: Update) -> bool:
    """Whether the value or a subscript reads the array too."""
    asked = [*update.subscripts, *((update.value,) if update.value else ())]
    names = (part for one in asked for part in expressions.walk(one) if isinstance(part, Name))
    return any(model.variables.key(part.name, part.start) == key for part in names)


def _assumed(model: UnitModel, key: str, scalar: Scalar) -> Iterator[str]:
    if scalar.operator in ("+", "*") and not is_integer(model.variables, model.variables.symbol(key)):
        yield f"the order in which the elements of {scalar.name} are accumulated may change (rounding)"
