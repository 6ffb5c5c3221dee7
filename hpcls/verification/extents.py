"""How large the inputs of a function have to be: the values of its integers, and the elements that it reaches."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from hpcls.analysis.accesses import Access
from hpcls.analysis.definitions import with_loops
from hpcls.analysis.model import UnitModel
from hpcls.syntax import expressions
from hpcls.syntax.expressions import AddressOf, Binary, Call, Expression, Name
from hpcls.syntax.loops import induction_of
from hpcls.syntax.statements import Loop, expressions_of
from hpcls.verification.inputs import Input, Signature
from hpcls.verification.intervals import Interval, Intervals

SMALL: Interval = (1, 3)
"""Values of an integer that bounds no loop."""
LOW: Interval = (0, 1)
"""Values of an integer that a loop starts from."""
ELEMENTS: Interval = (0, 6)
"""Values of the elements of integer arrays: they may be subscripts."""
_DEEPEST = 4
"""Definitions, one in another, that are followed."""


@dataclass(frozen=True)
class Extent:
    """The elements of one pointer, both ends inside; `row` the same for the rows of `T **`."""

    low: int
    high: int
    row: int = 0

    @property
    def count(self) -> int:
        """The number of elements."""
        return self.high - self.low + 1


@dataclass(frozen=True)
class Roles:
    """The integers among the inputs, by what the function uses them for; the others are small numbers."""

    sizes: frozenset[str]
    """Keys: they end loops, or measure rows."""
    starts: frozenset[str]

    def interval(self, key: str, size: int) -> Interval:
        """The values that the driver gives it, in runs with sizes up to `size`."""
        return (1, size) if key in self.sizes else LOW if key in self.starts else SMALL


def roles(model: UnitModel, called: Signature) -> Roles:
    """What the integers among the inputs are for."""
    sizes: set[str] = set()
    starts: set[str] = set()
    for statement, _ in with_loops(model.unit.body):
        if isinstance(statement, Loop):
            near, far = _ends(statement)
            sizes |= _keys(model, far)
            starts |= _keys(model, near)
    sizes |= {key for access, _ in _accesses(model) for one in access.place.subscripts for key in _factors(model, one)}
    names = {one.name: one.key for one in (*called.parameters, *called.globals)}
    for one in called.parameters:
        written = re.findall(r"[A-Za-z_]\w*", " ".join((*one.inner, *one.symbol.dimensions)))
        sizes |= {names[name] for name in written if name in names}
    return Roles(frozenset(sizes), frozenset(starts - sizes))


def _ends(loop: Loop) -> tuple[Expression | None, Expression | None]:
    """The lower and the upper end of a loop's variable."""
    found = induction_of(loop)
    if found is None:
        return None, loop.test
    return (found.upper, found.lower) if found.relation in (">", ">=") else (found.lower, found.upper)


def _keys(model: UnitModel, expression: Expression | None, depth: int = 0) -> set[str]:
    """The variables in `expression`, and in what they were given."""
    if expression is None or depth > _DEEPEST:
        return set()
    found: set[str] = set()
    for part in expressions.walk(expression):
        if isinstance(part, Name):
            key = model.variables.key(part.name, part.start)
            found.add(key)
            for definition in model.definitions.of(key):
                found |= _keys(model, definition.value, depth + 1)
    return found


def _factors(model: UnitModel, subscript: Expression) -> set[str]:
    """The variables that a subscript multiplies: the lengths of rows."""
    products = [p for p in expressions.walk(subscript) if isinstance(p, Binary) and p.operator == "*"]
    return {key for product in products for key in _keys(model, product)}


def _accesses(model: UnitModel) -> Iterator[tuple[Access, tuple[Loop, ...]]]:
    for statement, loops in with_loops(model.unit.body):
        inside = (*loops, statement) if isinstance(statement, Loop) else loops
        for expression in expressions_of(statement):
            for event in model.events(expression, statement):
                if isinstance(event, Access):
                    yield event, inside


def extents(model: UnitModel, called: Signature, chosen: Roles, size: int) -> dict[str, Extent]:
    """What every pointer among the inputs has to lead to, by key, in runs with sizes up to `size`.

    Where the analysis does not see through a subscript it is a square of the size: a check of the run has to show
    whether that is enough.
    """
    inputs = (*called.parameters, *called.globals)
    made = [one for one in inputs if not one.keeps_its_value]
    given = {one.key: chosen.interval(one.key, size) for one in made if one.form == "value"}
    given |= {one.key + _PATHS[one.form]: ELEMENTS for one in made if one.form in _PATHS}
    values = Intervals(model, given)
    passed = _passed(model)
    found: dict[str, Extent] = {}
    for one in inputs:
        if one.form in _PATHS and one.form != "array":
            found[one.key] = _extent(one, model, values, size, is_passed=one.key in passed)
    return found


_PATHS = {"pointer": "[]", "rows": "[][]", "vector": "[]", "array": "[]"}


def _extent(one: Input, model: UnitModel, values: Intervals, size: int, *, is_passed: bool) -> Extent:
    unknown = (0, size - 1) if one.form == "vector" else (0, size * size - 1)
    firsts: list[Interval] = [unknown] if is_passed else [(0, 0)]
    seconds: list[Interval] = [(0, size - 1)] if is_passed else [(0, 0)]
    for access, loops in _accesses(model):
        place = access.place
        if place.key == one.key and place.path.startswith("[]"):
            firsts.append(values.of(place.subscripts[0], loops) or unknown)
            if one.form == "rows" and len(place.subscripts) > 1:
                seconds.append(values.of(place.subscripts[1], loops) or (0, size - 1))
    low = min(0, *(first for first, _ in firsts))
    return Extent(low, max(last for _, last in firsts), max(last for _, last in seconds))


def _passed(model: UnitModel) -> frozenset[str]:
    """The variables that are given to other functions as a whole."""
    found: set[str] = set()
    for statement, _ in with_loops(model.unit.body):
        for whole in expressions_of(statement):
            calls = (part for part in expressions.walk(whole) if isinstance(part, Call))
            given = (argument for call in calls for argument in call.arguments)
            found |= {key for argument in given for key in _leads_to(model, argument)}
    return frozenset(found)


def _leads_to(model: UnitModel, value: Expression | None, depth: int = 0) -> set[str]:
    """The variables whose memory a value gives away: `a + n` that of `a`, the number `2 * a[i]` none."""
    match value:
        case AddressOf():
            return _keys(model, value)
        case Binary(operator="+" | "-"):
            return _leads_to(model, value.left, depth) | _leads_to(model, value.right, depth)
        case Name() if depth <= _DEEPEST:
            key = model.variables.key(value.name, value.start)
            return {key}.union(*(_leads_to(model, one.value, depth + 1) for one in model.definitions.of(key)))
        case _:
            return set()
