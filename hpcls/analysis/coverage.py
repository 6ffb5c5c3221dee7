"""Whether one iteration of a loop writes every element of an array before it reads it (array privatisation; Allen &
Kennedy, Optimizing Compilers for Modern Architectures, 5.3; Tu & Padua, Automatic Array Privatization, LCPC 1993).

The iteration is walked along its control flow with the boxes of elements that are surely written so far.  A write in
an inner loop leaves a box behind that spans the loop's counter; what only some paths write is forgotten.
"""

from __future__ import annotations

from hpcls.analysis.accesses import Access
from hpcls.analysis.affine import Polynomial
from hpcls.analysis.dependence import Ranges, extreme
from hpcls.analysis.flow import in_turn
from hpcls.analysis.forms import Bounds, Forms
from hpcls.analysis.model import UnitModel
from hpcls.syntax.statements import Block, Case, If, Loop, Statement, Switch

Interval = tuple[Polynomial, Polynomial]
"""The lowest and the highest index, both inside."""
Box = tuple[Interval, ...]
"""One interval for each subscript."""
_ONE = Polynomial.constant(1)


class _UncoveredError(Exception):
    """Something may be read that was not written."""


class Coverage:
    """The array `key` in the iterations of `forms.loop`.

    With `trusts_calls`, functions that are handed the array read no more of it than was written.
    """

    def __init__(self, model: UnitModel, forms: Forms, key: str, trusts_calls: bool = False) -> None:
        self._model = model
        self._forms = forms
        self._key = key
        self._trusts_calls = trusts_calls
        symbol = model.variables.symbol(key)
        self._rank = len(symbol.dimensions) if symbol else 0

    def holds(self) -> bool:
        """Whether every read is of an element that the same iteration has written."""
        try:
            self._statement(self._forms.loop.body, [], (self._forms.loop,))
        except _UncoveredError:
            return False
        return True

    def _statement(self, statement: Statement, written: list[Box], loops: tuple[Loop, ...]) -> list[Box]:
        """What is written after `statement`; raises where it reads anything else."""
        match statement:
            case Block(statements=inner):
                for part in inner:
                    written = self._statement(part, written, loops)
                return written
            case Loop():
                return self._loop(statement, written, loops)
            case If(initial=initial, then=then, otherwise=otherwise):
                written = self._statement(initial, written, loops) if initial else written
                written = self._own(statement, written, loops)
                yes = self._statement(then, written, loops)
                no = self._statement(otherwise, written, loops) if otherwise else written
                return [box for box in yes if box in no]
            case Switch():
                known = reached = self._own(statement, written, loops)
                for part in in_turn(statement):
                    reached = known if isinstance(part, Case) else self._statement(part, reached, loops)
                return known
            case _:
                known = self._own(statement, written, loops)
                for part in statement.parts:
                    self._statement(part, known, loops)
                return known

    def _own(self, statement: Statement, written: list[Box], loops: tuple[Loop, ...]) -> list[Box]:
        found = list(written)
        for expression in statement.expressions:
            for event in self._model.events(expression, statement):
                if isinstance(event, Access) and event.place.key == self._key and not self._model.is_base(event):
                    found += self._access(event, found, loops)
        return found

    def _access(self, access: Access, written: list[Box], loops: tuple[Loop, ...]) -> list[Box]:
        if self._trusts_calls and not access.place.path:
            return []
        # a pointer in the array is read then, and where it leads to is another memory
        follows = len(access.place.subscripts) > self._rank > 0
        forms = [self._forms.polynomial(one, loops) for one in access.place.subscripts[: self._rank or None]]
        known = [one for one in forms if one is not None]
        is_element = bool(known) and len(known) == len(forms) and (follows or not access.place.path.replace("[]", ""))
        if access.is_write and not follows:
            return [tuple((one, one) for one in known)] if is_element and not access.is_conditional else []
        if not is_element or not any(self._holds(box, known, loops) for box in written):
            raise _UncoveredError
        return []

    def _holds(self, box: Box, forms: list[Polynomial], loops: tuple[Loop, ...]) -> bool:
        if len(box) != len(forms):
            return False
        pairs = zip(box, forms, strict=True)
        return all(
            self._is_natural(one - low, loops) and self._is_natural(high - one, loops) for (low, high), one in pairs
        )

    def _is_natural(self, difference: Polynomial, loops: tuple[Loop, ...]) -> bool:
        """Whether it is at least 0 wherever the loops run."""
        if difference.value is not None:
            return difference.value >= 0
        ranges = self._ranges(loops)
        least = extreme(difference, ranges, highest=False) if ranges else None
        return least is not None and (least + _ONE).is_positive(ranges.positive_names if ranges else frozenset())

    def _ranges(self, loops: tuple[Loop, ...]) -> Ranges | None:
        found = [self._forms.bounds(loop, loops[: depth + 1]) for depth, loop in enumerate(loops)]
        own = found[0]
        return Ranges(own, tuple(one for one in found[1:] if one)) if own else None

    def _loop(self, loop: Loop, written: list[Box], loops: tuple[Loop, ...]) -> list[Box]:
        written = self._statement(loop.initial, written, loops) if loop.initial else written
        inside = (*loops, loop)
        after = self._statement(loop.body, self._own(loop, written, loops), inside)
        bounds = self._forms.bounds(loop, inside)
        if bounds is None or self._model.flows.of(loop.body).jumps:
            return written
        is_run = self._model.flows.runs(loop)
        fresh = [box for box in after if box not in written]
        return [*written, *(spread for box in fresh if (spread := _spread(box, bounds, is_run)))]


def _spread(box: Box, bounds: Bounds, is_run: bool) -> Box | None:
    """What writing `box` in every iteration leaves; None where its elements are not known to be without gaps."""
    name = bounds.variable
    moving = [name in (low.names | high.names) for low, high in box]
    if not any(moving):
        return box if is_run else None
    if sum(moving) > 1 or bounds.step not in (1, -1) or bounds.lowest is None or bounds.highest is None:
        return None
    found: list[Interval] = []
    for interval, moves in zip(box, moving, strict=True):
        spread = _moved(interval, name, bounds.lowest, bounds.highest) if moves else interval
        if spread is None:
            return None
        found.append(spread)
    return tuple(found)


def _moved(interval: Interval, name: str, first: Polynomial, last: Polynomial) -> Interval | None:
    """One element, at `name` plus something fixed, in every iteration."""
    low, high = interval
    split = low.split(name)
    if low != high or split is None or split[0].value != 1:
        return None
    return first + split[1], last + split[1]
