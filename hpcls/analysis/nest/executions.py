"""When an access happens: the iterations of the loops around it, as conditions on their counters."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from hpcls.analysis.affine import Polynomial
from hpcls.analysis.forms import Forms, counted_to
from hpcls.analysis.model import UnitModel
from hpcls.analysis.nest.conditions import Both, Condition, at_least, equal, negated
from hpcls.analysis.nest.guards import Guard, Guards
from hpcls.analysis.nest.integers import Settled
from hpcls.analysis.nest.values import Values
from hpcls.syntax.expressions import Expression
from hpcls.syntax.loops import Induction, induction_of, integer
from hpcls.syntax.statements import Loop

Loops = tuple[Loop, ...]
_ANY = frozenset(("variable", "parameter", "field"))
"""What may hold any value: no macro, no enumerator, no parameter of a template."""


@dataclass(frozen=True)
class Level:
    """One loop around an access, with the values of its counter."""

    loop: Loop
    variable: str
    """The counter's name in polynomials."""
    step: int | None
    goes_up: bool
    condition: Condition
    lower: Polynomial | None
    """The counter's first value."""
    start: Settled
    """The integers in `lower`, and what defines them."""
    upper: Polynomial | None
    """Its last value, or for steps beyond 1 the end that it does not pass."""
    unknowns: tuple[str, ...]
    is_exact: bool
    """Whether `condition` holds for all values that the counter takes, and for no other."""
    fixed: frozenset[str]
    """Names in it that a plain number is given in view, or that are no variables: they are what they are."""


@dataclass(frozen=True)
class Executions:
    """The iterations in which one access happens, and the element that it touches in each."""

    levels: tuple[Level, ...]
    """From the root of the nest inwards."""
    condition: Condition
    """On the counters, beside those of the levels."""
    subscripts: tuple[Polynomial, ...]
    unknowns: tuple[str, ...]
    is_exact: bool
    """Whether nothing but data decides whether it happens where the conditions hold."""


class Nest:
    """The loops inside `root`, which is inside `around`."""

    def __init__(self, model: UnitModel, forms: Forms, around: Loops) -> None:
        self.root = forms.loop
        self._model = model
        self._forms = forms
        self._guards = Guards(forms.loop.body, (*around, forms.loop))
        self._levels: dict[Loop, Level | None] = {}
        self._tested: tuple[Sequence[Guard], tuple[tuple[int, bool], ...]] = (), ()
        """The last guards that were asked for, and their tests: many accesses in a row stand behind the same."""

    def executions(self, offset: int, loops: Loops, subscripts: tuple[Expression, ...]) -> Executions | None:
        """Those of the access at `offset` inside `loops`; None where loops or subscripts are not affine.

        The test and the update of a loop are none of its iterations: None there too.
        """
        levels = self._levels_of(loops)
        if levels is None or not all(level.loop.body.start <= offset < level.loop.body.end for level in levels):
            return None
        values = Values(self._forms, self._model, "?")
        forms = [values.value(subscript, loops) for subscript in subscripts]
        known = tuple(form for form in forms if form is not None)
        if len(known) < len(forms):
            return None
        conditions, is_exact = self._conditions(offset, values)
        is_exact = is_exact and all(level.is_exact for level in levels)
        inside = values.integers.settled(conditions, known)
        return Executions(levels, Both(inside.conditions), known, inside.names, is_exact)

    def _levels_of(self, loops: Loops) -> tuple[Level, ...] | None:
        first = loops.index(self.root)
        found = [self.level(loop, loops[: index + 1]) for index, loop in enumerate(loops) if index >= first]
        known = tuple(level for level in found if level is not None)
        return known if len(known) == len(found) else None

    def tests(self, offset: int) -> tuple[tuple[int, bool], ...]:
        """The tests that executions look at, each by its place and outcome: those of data they leave alone."""
        guards = self._guards.to(offset)
        if guards is not self._tested[0]:
            plain = (guard for guard in guards if not self._forms.asks_data(guard.test))
            tests = ((guard.test.start, guard.outcome) for guard in plain if guard.outcome is not None)
            self._tested = guards, tuple(tests)
        return self._tested[1]

    def _conditions(self, offset: int, values: Values) -> tuple[list[Condition], bool]:
        found: list[Condition] = []
        is_exact = True
        for guard in self._guards.to(offset):
            if self._forms.asks_data(guard.test):
                continue
            condition = None if guard.outcome is None else values.truth(guard.test, guard.loops)
            if condition is None:
                is_exact = False
            else:
                found.append(condition if guard.outcome else negated(condition))
        return found, is_exact

    def level(self, loop: Loop, loops: Loops) -> Level | None:
        """`loop`, the innermost of `loops`; None where no variable counts it."""
        if loop not in self._levels:
            self._levels[loop] = self._find_level(loop, loops)
        return self._levels[loop]

    def _find_level(self, loop: Loop, loops: Loops) -> Level | None:
        induction = induction_of(loop)
        if induction is None or not _reaches_its_bound(induction):
            return None
        key = self._model.variables.key(induction.variable, induction.offset)
        if not self._model.definitions.counts(key, loop):
            return None
        values = Values(self._forms, self._model, f"?{loop.start}_")
        return self._counted(loop, induction, self._forms.name_of(loop, key), values, loops)

    def _counted(self, loop: Loop, induction: Induction, variable: str, values: Values, loops: Loops) -> Level:
        counter, one = Polynomial.variable(variable), Polynomial.constant(1)
        lower, upper = values.value(induction.lower, loops[:-1]), values.value(induction.upper, loops)
        upper = counted_to(induction, upper)
        if self._forms.walked_from(loop) is not None:
            upper = upper - lower if lower is not None and upper is not None else None
            lower = Polynomial.constant(0)
        step = induction.step
        goes_up = step > 0 if step is not None else induction.relation in ("<", "<=")
        if upper is not None and induction.relation in ("<", ">", "!="):
            upper = upper - one if goes_up else upper + one
        conditions: list[Condition] = []
        if lower is not None:
            conditions.append(at_least(counter, lower) if goes_up else at_least(lower, counter))
        if upper is not None:
            conditions.append(at_least(upper, counter) if goes_up else at_least(counter, upper))
        count = f"?{loop.start}_step"
        strides = lower is not None and step is not None and abs(step) > 1
        if lower is not None and step is not None and strides:
            conditions.append(equal(counter, lower + Polynomial.constant(step) * Polynomial.variable(count)))
        names = {name for end in (lower, upper) if end is not None for name in end.names}
        is_known = lower is not None and upper is not None and step is not None
        is_exact = is_known and names.isdisjoint(self._forms.computed)
        inside = values.integers.settled(conditions)
        unknowns = (*inside.names, count) if strides else inside.names
        start = values.integers.settled((), () if lower is None else (lower,))
        fixed = frozenset(filter(self._is_fixed, names))
        condition = Both(inside.conditions)
        return Level(loop, variable, step, goes_up, condition, lower, start, upper, unknowns, is_exact, fixed)

    def _is_fixed(self, name: str) -> bool:
        symbol = self._model.variables.symbol(name)
        if name.isupper() if symbol is None else symbol.kind not in _ANY:
            return True  # what is not in view but looks like a macro, as `DIM`, is one
        values = (definition.value for definition in self._model.definitions.of(name))
        return any(value is not None and integer(value) is not None for value in values)


def _reaches_its_bound(induction: Induction) -> bool:
    if induction.step is None or induction.relation == "!=":
        return induction.step != 0 and (induction.step is not None or induction.relation != "!=")
    return induction.step > 0 if induction.relation in ("<", "<=") else induction.step < 0
