"""The only importer of islpy (integer sets; Verdoolaege, isl: An Integer Set Library for the Polyhedral Model, ICMS
2010), loaded when the first question is put to it: most files need none.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import reduce
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    import islpy

T = TypeVar("T")
_MOST_OPERATIONS = 200_000
"""isl's own count of steps for one question that somebody waits for."""
QUICK = 20_000
"""The same for one of many questions: some 5 ms."""


@dataclass(frozen=True)
class Row:
    """A sum of coefficients times names, "" for the constant: it is 0, or it is 0 or more."""

    coefficients: Mapping[str, int]
    is_equation: bool


@dataclass(frozen=True)
class Rows:
    """Points for which, of every group, one case or another holds with all its rows."""

    parameters: tuple[str, ...]
    dimensions: tuple[str, ...]
    groups: tuple[list[tuple[Row, ...]], ...]


class IntegerSet:
    """A set of integer points, with parameters."""

    def __init__(self, wrapped: islpy.Set) -> None:
        self._set = wrapped

    @property
    def is_empty(self) -> bool:
        """Whether it has no point, whatever the parameters."""
        return self._set.is_empty()

    @property
    def size(self) -> int:
        """The number of dimensions."""
        return self._set.n_dim()

    def meets(self, other: IntegerSet) -> bool:
        """Whether some point, for some parameters, is in both."""
        return not self._set.intersect(other._set).is_empty()

    def intersect(self, other: IntegerSet) -> IntegerSet:
        """The points of both."""
        return IntegerSet(self._set.intersect(other._set))

    def constant(self, dimension: int) -> int | None:
        """The only value of a dimension; None if it has several."""
        low, high = self._set.dim_min_val(dimension), self._set.dim_max_val(dimension)
        return int(low.to_python()) if low.is_int() and high.is_int() and low.eq(high) else None

    def exists_for_all(self, given: frozenset[str], at_least: int, sizes: frozenset[str]) -> bool:
        """Whether it has a point for every value of the parameters `given`, those that are `sizes` being `at_least` so
        large, if the other parameters are chosen well.
        """
        parameters, kind = self._set.params(), _islpy().dim_type.param
        for index in reversed(range(parameters.dim(kind))):
            if parameters.get_dim_name(kind, index) not in given:
                parameters = parameters.project_out(kind, index, 1)
        everything = _islpy().Set.universe(parameters.get_space())
        for index in range(parameters.dim(kind)):
            if parameters.get_dim_name(kind, index) in sizes:
                everything = everything.lower_bound_val(kind, index, at_least)
        return everything.is_subset(parameters)

    def points(self) -> list[tuple[int, ...]]:
        """Every point, in order; the set must be bounded and without parameters."""
        found: list[tuple[int, ...]] = []
        given_up: list[islpy.Error] = []
        kind = _islpy().dim_type.set

        def keep(point: islpy.Point) -> None:
            try:  # islpy prints what a callback raises
                found.append(tuple(int(point.get_coordinate_val(kind, k).to_python()) for k in range(self.size)))
            except _islpy().Error as error:
                given_up.append(error)

        self._set.foreach_point(keep)
        if given_up:
            raise given_up[0]
        return sorted(found)


class Solver:
    """Reads sets in isl's notation; a question that takes too many steps is given up."""

    def __init__(self, operations: int) -> None:
        self._context = _islpy().Context()
        self._context.set_max_operations(operations)

    def read(self, text: str) -> IntegerSet:
        """The set that `text` describes."""
        return IntegerSet(_islpy().Set.read_from_str(self._context, text))

    def build(self, rows: Rows) -> IntegerSet:
        """The set of `rows`, which is ten times as fast as to have text read."""
        isl = _islpy()
        space = isl.Space.set_alloc(self._context, len(rows.parameters), len(rows.dimensions))
        for index, name in enumerate(rows.parameters):
            space = space.set_dim_name(isl.dim_type.param, index, name)
        builder = _Builder(self._context, space, rows)
        sets = [builder.group(cases) for cases in rows.groups]
        return IntegerSet(reduce(lambda one, other: one.intersect(other), sets))


class _Builder:
    """Basic sets of one space."""

    def __init__(self, context: islpy.Context, space: islpy.Space, rows: Rows) -> None:
        self._context = context
        self._space = space
        kinds = _islpy().dim_type
        self._places = {name: (kinds.set, index) for index, name in enumerate(rows.dimensions)}
        self._places |= {name: (kinds.param, index) for index, name in enumerate(rows.parameters)}

    def group(self, cases: list[tuple[Row, ...]]) -> islpy.Set:
        """Where one of them holds."""
        sets = [_islpy().Set.from_basic_set(self._case(case)) for case in cases]
        return reduce(lambda one, other: one.union(other), sets, _islpy().Set.empty(self._space))

    def _case(self, rows: tuple[Row, ...]) -> islpy.BasicSet:
        found = _islpy().BasicSet.universe(self._space)
        around = _islpy().LocalSpace.from_space(self._space)
        for row in rows:
            found = found.add_constraint(self._constraint(around, row))
        return found

    def _constraint(self, around: islpy.LocalSpace, row: Row) -> islpy.Constraint:
        kind = _islpy().Constraint
        made = kind.alloc_equality(around) if row.is_equation else kind.alloc_inequality(around)
        for name, coefficient in row.coefficients.items():
            value = self._value(coefficient)
            made = made.set_coefficient_val(*self._places[name], value) if name else made.set_constant_val(value)
        return made

    def _value(self, number: int) -> islpy.Val:
        if abs(number) < 1 << 31:
            return _islpy().Val.int_from_si(self._context, number)
        return _islpy().Val.read_from_str(self._context, str(number))


def answer(question: Callable[[Solver], T], operations: int = _MOST_OPERATIONS) -> T | None:
    """What `question` finds out; None where it takes too long, or isl is not installed."""
    try:
        return question(Solver(operations))
    except ImportError:
        return None
    except _islpy().Error:
        return None


def _islpy():  # noqa: ANN202 (a module)
    import islpy  # noqa: PLC0415 (90 ms that most files do without)

    return islpy
