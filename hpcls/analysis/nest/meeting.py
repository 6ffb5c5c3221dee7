"""When two accesses touch one element in different iterations of a loop, decided over all loops inside it at once."""

from __future__ import annotations

from hpcls.analysis.dependence import NEVER, PERHAPS, Meeting, Relation
from hpcls.analysis.nest.isl import QUICK, IntegerSet, Solver, answer
from hpcls.analysis.nest.pair import Equations, NotAffineError, Pair


def meet_exactly(pair: Pair) -> Meeting:
    """What the whole nest says of iterations i ≠ i' of the outermost common loop: NEVER, SOMEWHERE or PERHAPS."""
    return answer(lambda solver: _meet(pair, solver), QUICK) or PERHAPS


def _meet(pair: Pair, solver: Solver) -> Meeting:
    try:
        equations = pair.equations(solver)
        found = None if equations is None else _apart(pair, equations, solver)
    except NotAffineError:
        return PERHAPS
    if found is None:
        return PERHAPS
    if found.is_empty:
        return NEVER
    if not pair.is_shown(found):
        return PERHAPS
    gap, step = found.constant(0), pair.common[0].step
    return Meeting(Relation.SOMEWHERE, gap // step if gap is not None and step else None)


def _apart(pair: Pair, equations: Equations, solver: Solver) -> IntegerSet:
    """The distances between iterations that touch one element, with the iterations where conditions hardly branch."""
    rows = pair.apart(equations)
    if rows is not None:
        return solver.build(rows)
    left, right = pair.counters(0)
    touching = (f"{pair.difference(one)} = 0" for one in equations)
    return solver.read(pair.text(["d"], f"d = {right} - {left}", f"{left} < {right} or {left} > {right}", *touching))
