"""The part of an array that a loop touches, as a clause names it: an array section (OpenMP 5.2, 3.2.5)."""

from __future__ import annotations

from math import prod

from hpcls.analysis.accesses import Access
from hpcls.analysis.forms import Forms
from hpcls.analysis.model import Sited, UnitModel
from hpcls.analysis.openmp.thread_numbers import ThreadNumbers
from hpcls.analysis.places import Place
from hpcls.syntax import expressions
from hpcls.syntax.expressions import Expression, Name
from hpcls.syntax.loops import induction_of, integer
from hpcls.syntax.statements import Loop

_LARGEST = 65_536
"""Elements of an array that every thread still gets a copy of: the copies lie on the threads' stacks."""


def section_of(model: UnitModel, forms: Forms, key: str, accesses: list[Sited]) -> str | None:
    """The section of the array `key` that holds all of `accesses`: `""` for a whole array, `[:n]`, `[k:1]`; None if
    unknown.
    """
    symbol = model.variables.symbol(key)
    if symbol is not None and symbol.kind == "variable" and symbol.dimensions and not symbol.pointers:
        return "" if _is_small(symbol.dimensions) else None
    if symbol is not None and (symbol.kind not in ("variable", "parameter") or symbol.reference):
        return None
    subscripts = [s for one in accesses if isinstance(one.event, Access) and one.event.place.path for s in [one]]
    elements = {_fixed_element(model, forms, one) for one in subscripts}
    if len(elements) == 1 and (element := elements.pop()):
        return f"[{element}:1]"
    found = {_range(model, forms, one) for one in subscripts}
    if None in found or not found:
        return None
    return _joined([one for one in found if one is not None])


def _is_small(dimensions: tuple[str, ...]) -> bool:
    known = [int(extent) for extent in dimensions if extent.isdigit()]
    return len(known) < len(dimensions) or prod(known) <= _LARGEST


def _fixed_element(model: UnitModel, forms: Forms, sited: Sited) -> str | None:
    """The name that is the only subscript, and in every iteration and thread the same number."""
    match sited.event:
        case Access(place=Place(subscripts=(Name(name=name) as subscript,))) if forms.is_invariant(subscript):
            is_own = ThreadNumbers(model).choose(sited.event) or _is_declared_inside(model, forms, subscript)
            return None if is_own else name
        case _:
            return None


Range = tuple[int, int | str]
"""The first index, and the one behind the last: a number or an expression."""


def _range(model: UnitModel, forms: Forms, sited: Sited) -> Range | None:
    access = sited.event
    if not isinstance(access, Access) or len(access.place.subscripts) != 1:
        return None
    subscript = access.place.subscripts[0]
    number = integer(subscript)
    if number is not None:
        return number, number + 1
    if not isinstance(subscript, Name):
        return None
    key = model.variables.key(subscript.name, subscript.start)
    inside = sited.loops[sited.loops.index(forms.loop) + 1 :]
    counted = [loop for loop in inside if model.definitions.counts(key, loop)]
    return _counted(model, forms, counted[-1]) if counted else None


def _counted(model: UnitModel, forms: Forms, loop: Loop) -> Range | None:
    """The values of the counter of `loop`, where they are the same in every iteration of the outer one."""
    induction = None if loop.form == "range-for" else induction_of(loop)
    if induction is None or induction.step != 1 or induction.relation not in ("<", "<="):
        return None
    first, last = integer(induction.lower), integer(induction.upper)
    behind = 1 if induction.relation == "<=" else 0
    if first is None or first < 0:
        return None
    if last is not None:
        return first, last + behind
    if not forms.is_invariant(induction.upper) or _is_declared_inside(model, forms, induction.upper):
        return None
    text = model.source.slice(induction.upper.start, induction.upper.end)
    return first, f"{text} + 1" if behind else text


def _is_declared_inside(model: UnitModel, forms: Forms, expression: Expression) -> bool:
    names = (part for part in expressions.walk(expression) if isinstance(part, Name))
    keys = (model.variables.key(part.name, part.start) for part in names)
    return any(model.variables.is_declared_in(key, forms.loop.start, forms.loop.end) for key in keys)


def _joined(ranges: list[Range]) -> str | None:
    """One section around all of `ranges`; None where their ends cannot be compared."""
    first = min(start for start, _ in ranges)
    ends = {end for _, end in ranges}
    numbers = [end for end in ends if isinstance(end, int)]
    if len(numbers) == len(ends):
        return _written(first, str(max(numbers) - first))
    if len(ends) > 1:
        return None
    end = str(ends.pop())
    return _written(first, end if first == 0 else f"{end} - {first}")


def _written(first: int, length: str) -> str:
    return f"[{first or ''}:{length}]"
