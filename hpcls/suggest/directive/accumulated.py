"""What a loop of a parallel region accumulates, once `for` has shared it out.

A variable that the threads share has a `reduction` clause on the loop (OpenMP 5.2, 5.5.8): without it all of them add
the whole sum to it.  Of one that each thread has for itself the parts have to come together: by the `reduction` of the
region, or where a shared variable is updated from it under `critical` or `atomic`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from hpcls.analysis.verdict import Role, Scalar
from hpcls.suggest.directive.own import is_own, is_waited_for
from hpcls.suggest.legality import Site
from hpcls.suggest.regions import Region
from hpcls.syntax import expressions
from hpcls.syntax.expressions import Assign, Binary, Expression, Literal, Name
from hpcls.syntax.loops import integer
from hpcls.syntax.statements import Statement, expressions_of, walk

_ONE_AT_A_TIME = ("critical", "atomic")
_NEUTRAL = {"+": 0, "|": 0, "^": 0, "||": 0, "*": 1, "&&": 1}
"""What changes nothing where it is accumulated; minima and maxima may begin with anything twice."""


def why_not_accumulated(site: Site, region: Region) -> str | None:
    """Why the parts of what the loop accumulates would not come together; None if they would, or there are none."""
    own = own_accumulators(site, region)
    for scalar in _accumulated(site):
        if scalar.name in own:
            continue
        if _Accumulator(site, region, scalar).is_own:
            return "every thread accumulates for itself in it"
        if _is_set_by_all(site, region, scalar):
            return f"every thread of the region at line {region.directive.line} sets {scalar.name}"
    return None


def own_accumulators(site: Site, region: Region) -> frozenset[str]:
    """Those that each thread has for itself, and whose parts come together behind the loop: they need no clause."""
    found = (_Accumulator(site, region, scalar) for scalar in _accumulated(site))
    return frozenset(one.scalar.name for one in found if one.is_own and one.comes_together)


def _accumulated(site: Site) -> Iterator[Scalar]:
    return (one for one in site.verdict.scalars if one.needs_clause and one.role is Role.REDUCTION)


def _is_set_by_all(site: Site, region: Region, scalar: Scalar) -> bool:
    """Whether a thread may still set a shared variable when others have added their parts: no barrier is between."""
    loop = site.verdict.loop.statement
    key = site.variables.key(scalar.name, scalar.offset)
    places = (one.offset for one in site.model.definitions.of(key) if region.start <= one.offset < region.end)
    return any(not loop.start <= at < loop.end and not is_waited_for(site, at) for at in places)


@dataclass(frozen=True)
class _Accumulator:
    """One of them, and what the region does with it outside of the loop."""

    site: Site
    region: Region
    scalar: Scalar

    @property
    def is_own(self) -> bool:
        """Whether each thread has its own."""
        return is_own(self.site, self.region, Name(self.scalar.offset, self.scalar.offset, self.scalar.name))

    @property
    def comes_together(self) -> bool:
        """Whether the parts do, and nothing in the region takes a part for the whole."""
        if not all(map(self._is_no_use, self._expressions)):
            return False
        if not self._begins_neutral:
            return False
        return self._is_reduced or any(map(self._updates_another, self._expressions))

    @property
    def _is_reduced(self) -> bool:
        operators = {"-": "+"}
        clauses = (one for one in self.region.directive.directive.clauses if one.name == "reduction")
        return any(
            self.scalar.name in one.arguments
            and operators.get(one.modifier or "", one.modifier) == self.scalar.operator
            for one in clauses
        )

    @cached_property
    def _expressions(self) -> list[Expression]:
        """Those of the region, outside of the loop, that mention it."""
        loop = self.site.verdict.loop.statement
        body = (one for one in walk(self.site.model.unit.body) if self._is_inside(one))
        whole = (one for statement in body for one in expressions_of(statement))
        return [one for one in whole if not loop.start <= one.start < loop.end and self._is_in(one)]

    def _is_inside(self, statement: Statement) -> bool:
        return self.region.start <= statement.start < self.region.end

    @property
    def _key(self) -> str:
        return self.site.variables.key(self.scalar.name, self.scalar.offset)

    def _is_it(self, part: Expression) -> bool:
        return isinstance(part, Name) and self.site.variables.key(part.name, part.start) == self._key

    def _is_in(self, whole: Expression) -> bool:
        return any(map(self._is_it, expressions.walk(whole)))

    def _is_no_use(self, whole: Expression) -> bool:
        """Whether an expression only accumulates more, sets where to begin, or brings the parts together."""
        match whole:
            case Assign(target=target, value=value) if self._is_it(target):
                return not self._is_in(value) or (whole.operator == "=" and self._is_one_more(value))
            case _:
                return self._is_waited_for_at_a_time(whole)

    def _is_one_more(self, value: Expression) -> bool:
        """Whether it is `s + x`, or `x + s`."""
        return (
            isinstance(value, Binary)
            and [*map(self._is_in, value.operands)].count(True) == 1
            and any(map(self._is_it, value.operands))
        )

    def _is_waited_for_at_a_time(self, whole: Expression) -> bool:
        around = self.site.regions.on(whole.start) or self.site.regions.around(whole.start)
        return around is not None and around.directive.directive.name in _ONE_AT_A_TIME

    def _updates_another(self, whole: Expression) -> bool:
        """Whether a shared variable is given what is accumulated, by one thread at a time."""
        updates = (part for part in expressions.walk(whole) if isinstance(part, Assign) and self._is_in(part.value))
        return self._is_waited_for_at_a_time(whole) and any(self._is_shared(part.target) for part in updates)

    def _is_shared(self, target: Expression) -> bool:
        return isinstance(target, Name) and not is_own(self.site, self.region, target)

    @property
    def _begins_neutral(self) -> bool:
        """Whether the parts of several threads hold what they begin with no more often than the whole."""
        neutral = _NEUTRAL.get(self.scalar.operator or "")
        if neutral is None:
            return self.scalar.operator in ("min", "max")
        return all(isinstance(one, Literal) and _number(one) == neutral for one in self._begun) and (
            bool(self._begun) or self._is_reduced
        )

    @property
    def _begun(self) -> list[Expression]:
        """What the region sets it to, other than to more of it."""
        loop = self.site.verdict.loop.statement
        found = self.site.model.definitions.of(self._key)
        places = (one for one in found if self.region.start <= one.offset < self.region.end)
        values = (one.value for one in places if not loop.start <= one.offset < loop.end)
        return [one for one in values if one is not None and not self._is_in(one)]


def _number(literal: Literal) -> float | None:
    whole = integer(literal)
    if whole is not None:
        return whole
    try:
        return float(literal.text.rstrip("fFlL"))
    except ValueError:
        return None
