"""When two accesses touch one element in different iterations of a loop, decided over all loops inside it at once."""

from __future__ import annotations

from hpcls.analysis.dependence import NEVER, PERHAPS, Meeting, Relation
from hpcls.analysis.nest.isl import QUICK, Solver, answer
from hpcls.analysis.nest.pair import NotAffineError, Pair


def meet_exactly(pair: Pair) -> Meeting:
    """What the whole nest says of iterations i ≠ i' of the outermost common loop: NEVER, SOMEWHERE or PERHAPS."""
    return answer(lambda solver: _meet(pair, solver), QUICK) or PERHAPS


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
    if not pair.is_shown(found):
        return PERHAPS
    gap, step = found.constant(0), pair.common[0].step
    return Meeting(Relation.SOMEWHERE, gap // step if gap is not None and step else None)
