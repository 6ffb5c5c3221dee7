"""How often a loop runs: known, or estimated from what the text says.

Estimates serve only to tell whether threads would pay; nothing is called safe because of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from hpcls.analysis.accesses import Access
from hpcls.analysis.forms import Forms
from hpcls.analysis.model import UnitModel
from hpcls.analysis.ranges import extent
from hpcls.analysis.variables import spelling
from hpcls.suggest.directive.limits import Limits
from hpcls.suggest.directive.short_lengths import is_never_long, last_name
from hpcls.syntax.expressions import Binary, Expression, Literal, Name, Subscript
from hpcls.syntax.loops import Induction, induction_of, integer
from hpcls.syntax.statements import Loop, Statement

_ASSUMED = 10_000
"""Of a loop of which nothing is known."""
_ROW = 10
"""Entries of a row of a sparse matrix, neighbours of a node: a handful, whatever the size of the problem."""
_FEW = 10
"""Processes that one exchanges messages with, threads, the rows of a small block."""
_HANDFUL = 3
"""Dimensions, components, channels."""

_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
_COUNT = frozenset("n num nr nb nbr no number count".split())
_HANDFULS = frozenset(
    "dim dims dmn dimension dimensions comp comps component components channel channels color colors".split()
)
_FEWS = frozenset(
    "recv recvs send sends proc procs process processes processor processors inprocessors rank ranks thread threads "
    "neighbor neighbors neighbour neighbours neigh neighs contact contacts partner partners".split()
)
_COUNTING = ("num", "nb", "nr", "n")
"""What is written in front of what is counted: `numproc`, `nsends`."""
_WIDTHS = frozenset(("width", "length", "size", "len"))
_SHIFTS = ("<<", ">>")
_MOST_BITS = 64
_FEW_SIZES = frozenset(("blk", "block", "comm", "mpi", "world"))
_WHOLE_HANDFULS = frozenset(("DIM", "argc", "channels", "components", "spacedim"))
_OWN_RANK = re.compile(r"(?:my_?)?(?:rank|pid|pe)|my_?(?:id|proc)", re.IGNORECASE)
_DIMENSION = re.compile(r"dims?|dimensions?|DIMS?", re.IGNORECASE)
_DIMENSION_COUNTERS = re.compile(r"d[d1-9]?|i?dim\d?|axis|dir|di", re.IGNORECASE)


class Basis(Enum):
    """What an estimate is taken from."""

    KNOWN = "a number"
    HANDFUL = "a name such as ndim, which stands for a few"
    LIMIT = "a bound that is at most a number, such as min(n, 8), or n behind `if (n < 8)`"
    EXTENT = "the declared size of an array that the counter indexes: an upper bound"
    ROW = "bounds that are read from an array: a row of a sparse matrix"
    ASSUMED = "nothing"


@dataclass(frozen=True)
class Estimate:
    """How often a loop runs, and how that is known."""

    count: int
    basis: Basis
    what: str = ""
    """The name that says so, for HANDFUL and EXTENT."""


class Trips:
    """The estimates for the loops of one unit, each made once."""

    def __init__(self, model: UnitModel) -> None:
        self._model = model
        self._limits = Limits(model)
        self._known: dict[Loop, Estimate] = {}

    def of(self, loop: Loop) -> Estimate:
        """How often `loop` runs each time it is reached."""
        found = self._known.get(loop)
        if found is None:
            found = self._known[loop] = self._estimate(loop)
        return found

    def _estimate(self, loop: Loop) -> Estimate:
        induction = induction_of(loop)
        if induction is None:
            return Estimate(_ASSUMED, Basis.ASSUMED)
        bounds = Forms(self._model, loop).bounds(loop, (loop,))
        if bounds is not None and bounds.trip_count is not None:
            return Estimate(bounds.trip_count, Basis.KNOWN)
        elements = extent(self._model, loop)
        if elements is not None:
            return Estimate(elements, Basis.KNOWN)
        limit = self._limit(induction, loop)
        if limit is not None and limit < _ASSUMED:
            return Estimate(max(0, limit), Basis.LIMIT)
        few = _called(induction.upper if induction.relation in ("<", "<=", "!=") else induction.lower, induction)
        if few is not None:
            return few
        if self._are_row_bounds(induction):
            return Estimate(_ROW, Basis.ROW)
        return self._within_extents(loop, induction)

    def _limit(self, induction: Induction, loop: Loop) -> int | None:
        """How often `loop` runs at most; the other end of the range is 0 or above."""
        is_up = induction.relation in ("<", "<=")
        if not is_up and induction.relation not in (">", ">="):
            return None
        if self._shifts(induction, loop):
            return _MOST_BITS
        limit = self._limits.of(induction.upper if is_up else induction.lower, loop)
        return None if limit is None else limit + (induction.relation != "<")

    def _shifts(self, induction: Induction, loop: Loop) -> bool:
        """Whether something is shifted by the counter, which stays below the number of its bits (C17 6.5.7)."""
        key = self._model.variables.key(induction.variable, induction.offset)
        return key in self._model.found_in(loop.body, _shifting)

    def _are_row_bounds(self, induction: Induction) -> bool:
        """`row[i]` and `row[i + 1]`: where compressed storage keeps one row (Saad, Iterative Methods for Sparse Linear
        Systems, 3.4); the row's first entry may be left out."""
        return not isinstance(induction.lower, Literal) and self._is_picked(induction.upper)

    def _is_picked(self, bound: Expression) -> bool:
        """Whether the bound is an element that a variable index picks, or a variable that is only given such ones."""
        match bound:
            case Subscript(index=index):
                return not isinstance(index, Literal)
            case Name(name=name, start=start):
                found = self._model.definitions.of(self._model.variables.key(name, start))
                values = [one.value for one in found]
                return bool(values) and all(isinstance(value, Subscript) and self._is_picked(value) for value in values)
            case _:
                return False

    def _within_extents(self, loop: Loop, induction: Induction) -> Estimate:
        """C17 6.5.6: a subscript stays inside the array, so the counter does."""
        key = self._model.variables.key(induction.variable, induction.offset)
        least = Estimate(_ASSUMED, Basis.ASSUMED)
        for sited in self._model.inside(loop):
            event = sited.event
            if isinstance(event, Access):
                for extent in self._extents(event, key):
                    if extent < least.count:
                        least = Estimate(extent, Basis.EXTENT, spelling(event.place.key))
        return least

    def _extents(self, access: Access, counter: str) -> list[int]:
        """The declared extents of the dimensions that `counter` alone indexes."""
        variables = self._model.variables
        symbol = variables.symbol(access.place.key)
        if symbol is None or symbol.pointers or symbol.kind == "parameter":
            return []
        pairs = zip(symbol.dimensions, access.place.subscripts, strict=False)
        counted = (
            text
            for text, index in pairs
            if isinstance(index, Name) and variables.key(index.name, index.start) == counter
        )
        found = (self._number(text, symbol.start) for text in counted)
        return [number for number in found if number is not None]

    def _number(self, text: str, offset: int) -> int | None:
        """An extent as a number: a literal, or a macro that is one."""
        plain = text.strip("() ")
        number = integer(Literal(0, 0, plain))
        if number is not None or not plain.isidentifier():
            return number
        literal = self._model.variables.usual(self._model.variables.key(plain, offset))
        return None if literal is None else integer(literal)


def _shifting(model: UnitModel, statement: Statement) -> Iterator[str]:
    """The variables by which something is shifted in it."""
    for part in model.operations_in(statement):
        if isinstance(part, Binary) and part.operator in _SHIFTS and isinstance(part.right, Name):
            yield model.variables.key(part.right.name, part.right.start)


def _called(bound: Expression, induction: Induction) -> Estimate | None:
    """How often a loop runs up to a bound that is called so that this is not often, or a product of such."""
    match bound:
        case Binary(operator="*", left=left, right=right):
            found = _called(left, induction), _called(right, induction)
            if found[0] is None or found[1] is None:
                return None
            return Estimate(found[0].count * found[1].count, Basis.HANDFUL, found[0].what)
        case Binary(operator="/", left=inner) | Binary(operator="+" | "-", left=inner, right=Literal()):
            return _called(inner, induction)
        case Subscript(base=base):
            name = last_name(base)
            return Estimate(_FEW, Basis.HANDFUL, name) if _counts(name, _FEWS) else None
        case _:
            name = last_name(bound)
            few = _few(name, induction.variable)
            return None if few is None else Estimate(few, Basis.HANDFUL, name)


def _few(bound: str, counter: str) -> int | None:
    """How often a loop runs up to a bound whose name says that this is not often: `ndim`, `nbr_dim`, `numChannels`.

    `dim` alone may as well be the size of a matrix: the counter has to be called after a dimension, too.
    """
    words = [word.lower() for word in _WORD.findall(bound)]
    if bound in _WHOLE_HANDFULS or _counts(bound, _HANDFULS):
        return _HANDFUL
    if _DIMENSION.fullmatch(bound) and _DIMENSION_COUNTERS.fullmatch(counter):
        return _HANDFUL
    is_size = "size" in words and not _FEW_SIZES.isdisjoint(words)
    is_width = "simd" in words or ("vector" in words and not _WIDTHS.isdisjoint(words))
    is_few = is_size or is_width or is_never_long(bound) or _OWN_RANK.fullmatch(bound) or _counts(bound, _FEWS)
    return _FEW if is_few else None


def _counts(name: str, things: frozenset[str]) -> bool:
    """Whether a name counts `things`: `num_sends`, `nsends`, `numproc`."""
    words = [word.lower() for word in _WORD.findall(name)]
    fused = {word.removeprefix(first) for word in words for first in _COUNTING if word.startswith(first)}
    return (not _COUNT.isdisjoint(words) and not things.isdisjoint(words)) or not things.isdisjoint(fused)
