"""How many elements of an array a program works with, which may be fewer than it has room for."""

from __future__ import annotations

from collections.abc import Iterator

from hpcls.suggest.mpi.facts.program import Function
from hpcls.suggest.mpi.facts.uses import Variable
from hpcls.syntax.expressions import Expression, Literal, Name, Subscript
from hpcls.syntax.expressions import walk as walk_expression
from hpcls.syntax.loops import induction_of, integer
from hpcls.syntax.statements import Loop, expressions_of, walk


def looped_over(function: Function, array: Variable) -> str | None:
    """The one number or variable that ends all loops which go through the array from its first element on."""
    ends = {_text(end) for end in _ends(function, array)}
    return ends.pop() if len(ends) == 1 else None


def _ends(function: Function, array: Variable) -> Iterator[Expression | None]:
    offsets = {use.offset for use in array.uses}
    for loop in (part for part in walk(function.body) if isinstance(part, Loop)):
        counter = induction_of(loop)
        if counter is None or not _goes_through(loop, counter.variable, offsets):
            continue
        is_whole = integer(counter.lower) == 0 and counter.relation == "<" and counter.step == 1
        yield counter.upper if is_whole else None


def _goes_through(loop: Loop, counter: str, offsets: set[int]) -> bool:
    """Whether an element that the counter picks stands in the loop."""
    expressions = (expression for part in walk(loop.body) for expression in expressions_of(part))
    return any(
        isinstance(part, Subscript)
        and part.base.start in offsets
        and isinstance(part.index, Name)
        and part.index.name == counter
        for expression in expressions
        for part in walk_expression(expression)
    )


def _text(end: Expression | None) -> str | None:
    match end:
        case Literal(text=text) | Name(name=text):
            return text
        case _:
            return None
