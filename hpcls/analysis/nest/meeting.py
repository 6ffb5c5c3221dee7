"""When two accesses touch one element in different iterations of a loop, decided over all loops inside it at once."""

from __future__ import annotations

from hpcls.analysis.dependence import NEVER, PERHAPS, Meeting, Relation
from hpcls.analysis.nest.conditions import forms_of
from hpcls.analysis.nest.isl import Solver, answer
from hpcls.analysis.nest.pair import NotAffineError, Pair


def meet_exactly(pair: Pair) -> Meeting:
    """What the whole nest says of iterations i ≠ i' of the outermost common loop: NEVER, SOMEWHERE or PERHAPS."""
    return answer(lambda solver: _meet(pair, solver)) or PERHAPS


def _meet(pair: Pair, solver: Solver) -> Meeting:
    try:
        touching = pair.touching(solver)
        if touching is None:
            return PERHAPS
        left, right = pair.counters(0)
        apart = f"{left} < {right} or {left} > {right}"
        found = solver.read(pair.text(["d"], f"d = {right} - {left}", apart, *touching))
    except NotAffineError:
        return PERHAPS
    if found.is_empty:
        return NEVER
    exact = pair.left.is_exact and pair.right.is_exact and not pair.has_products
    if not exact or not found.exists_for_all(_given(pair)):
        return PERHAPS
    gap, step = found.constant(0), pair.common[0].step
    return Meeting(Relation.SOMEWHERE, gap // step if gap is not None and step else None)


def _given(pair: Pair) -> frozenset[str]:
    """The parameters that are no sizes: a dependence is shown only if it exists whatever they are.

    Sizes, which bound loops, may be anything; offsets in subscripts and the operands of tests are what they are.
    """
    levels = (*pair.left.levels, *pair.right.levels)
    bounds = [form for level in levels for form in forms_of(level.condition)] + forms_of(pair.context)
    sizes = frozenset(name for form in bounds for name in form.names)
    return frozenset(symbol for outside, symbol in pair.parameters.items() if not sizes.issuperset(outside))
