"""What stands for the last process: the number of processes but one, or a variable that holds it."""

from __future__ import annotations

from hpcls.suggest.mpi.facts.draft import Draft
from hpcls.syntax.expressions import Assign, Binary, Expression, Literal, Name


def last_ranks(draft: Draft) -> frozenset[str]:
    """The variables that are given the number of processes but one."""
    initial = draft.values.initial
    given = {one.name: initial.get(one.symbol.start) for one in draft.function.variables if one.symbol}
    found = {name for name, value in given.items() if value and _is_one_less(value, draft)}
    for part in draft.values.expressions:
        if isinstance(part, Assign) and isinstance(part.target, Name) and _is_one_less(part.value, draft):
            found.add(part.target.name)
    return frozenset(found)


def is_last_rank(value: Expression, draft: Draft) -> bool:
    """Whether `value` is `size - 1`, or one of those variables."""
    return _is_one_less(value, draft) or (isinstance(value, Name) and value.name in last_ranks(draft))


def _is_one_less(value: Expression, draft: Draft) -> bool:
    match value:
        case Binary(operator="-", left=Name(name=name), right=Literal()):
            return name == draft.flow.size
        case _:
            return False
