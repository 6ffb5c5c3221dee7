"""Accesses that a call surely makes: of a function in view, or to the first element of what a library function writes
or reads, as `sprintf(text, …)` writes `text[0]`.
"""

from __future__ import annotations

from dataclasses import replace

from hpcls.analysis.accesses import ALL, Access
from hpcls.analysis.model import Sited
from hpcls.syntax.expressions import Binary, Expression, Literal, Opaque


def surely_made(sited: Sited) -> Sited:
    """`sited` as an access that happens whenever the call does, to a place that can be told."""
    access = sited.event
    if not isinstance(access, Access):
        return sited
    subscripts = access.place.subscripts
    first = (*subscripts[:-1], _first(subscripts[-1])) if subscripts else ()
    if not access.is_made_by_call and first == subscripts:
        return sited
    is_conditional = access.is_conditional and not access.is_made_by_call
    return replace(
        sited, event=replace(access, place=replace(access.place, subscripts=first), is_conditional=is_conditional)
    )


def _first(subscript: Expression) -> Expression:
    """The first of the elements that it stands for."""
    match subscript:
        case Opaque(what=what) if what == ALL:
            return Literal(subscript.end, subscript.end, "0")
        case Binary(operator="+", left=left, right=Opaque(what=what)) if what == ALL:
            return left
        case _:
            return subscript
