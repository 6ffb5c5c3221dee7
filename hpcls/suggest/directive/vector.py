"""OMP002: an innermost loop for the lanes of a vector unit, where threads would not pay.

Offered only where the directive tells the compiler what it cannot find out: that the order in which a floating-point
sum is accumulated may change, or that pointers do not overlap.  (GCC vectorises neither at -O2: its very-cheap cost
model checks nothing at run time.)  The body has to be straight code over elements that lie side by side.
"""

from __future__ import annotations

from dataclasses import dataclass

from hpcls.analysis.accesses import Access
from hpcls.analysis.certainty import Certainty
from hpcls.analysis.forms import Forms
from hpcls.analysis.memory import MemoryDependences
from hpcls.analysis.ranges import is_counted_by_object
from hpcls.analysis.sequences import may_overload_subscript
from hpcls.analysis.types import FLOATING, is_floating
from hpcls.analysis.verdict import Outcome, Role
from hpcls.suggest.directive.choice import Choice, Silence
from hpcls.suggest.directive.clauses import clauses_of
from hpcls.suggest.directive.profit import only_moves
from hpcls.suggest.directive.trips import Basis, Trips
from hpcls.suggest.legality import Site
from hpcls.syntax import expressions, statements
from hpcls.syntax.expressions import Assign, Call, Conditional, Name, Opaque
from hpcls.syntax.loops import Induction
from hpcls.syntax.openmp_text import Clause, Directive, render_clause
from hpcls.syntax.statements import Block, Declare, Evaluate

_SINCE = (4, 0)
_LEAST_TRIPS = 16
"""Two vectors of the widest kind, of doubles."""
_LANES = 4
"""Doubles in a vector of 256 bits: a shorter distance leaves nothing to gain."""
_MATH = frozenset(("fabs", "fabsf"))
"""Calls that are one instruction of every vector unit."""


def vectorise(site: Site, trips: Trips) -> Choice | Silence:
    """`simd` for a loop that no legality stands against, with `safelen` where iterations that far apart depend."""
    reason = _why_not(site, trips)
    if reason:
        return Silence(reason)
    apart = _apart(site)
    if apart is None or (apart.distance is not None and apart.distance < _LANES):
        return Silence("the iterations that depend on each other are too near, or may be")
    gain = _gain(site, apart)
    if gain is None:
        return Silence("a compiler vectorises it by itself, if it pays")
    safe = () if apart.distance is None else (Clause("safelen", None, (str(apart.distance),)),)
    reasons = ["`simd`: threads would not pay here", gain]
    reasons += [f"`{render_clause(clause)}`: iterations {apart.distance} apart depend on each other" for clause in safe]
    said = f"up to {apart.distance} iterations" if safe else "the iterations"
    return Choice(
        "OMP002",
        Directive("simd", None, (*clauses_of(site.verdict), *safe)),
        (site,),
        f"{said} of this loop may run in the lanes of a vector unit",
        apart.assumptions,
        tuple(reasons),
    )


@dataclass(frozen=True)
class _Apart:
    """How far apart iterations that depend on each other are, at least (None: none do), and what that assumes."""

    distance: int | None
    assumptions: tuple[str, ...]


def _apart(site: Site) -> _Apart | None:
    """None where it is not known."""
    verdict, loop = site.verdict, site.verdict.loop.statement
    if verdict.outcome is Outcome.INDEPENDENT:
        return _Apart(None, verdict.assumptions)
    if verdict.outcome is Outcome.UNKNOWN or any(finding.distance is None for finding in verdict.findings):
        return None
    forms = Forms(site.model, loop)
    memory = MemoryDependences(site.model, verdict.loop, forms, Certainty(loop, forms))
    distance = memory.shortest()
    found = tuple(dict.fromkeys((*verdict.assumptions, *memory.assumptions)))
    return None if distance is None else _Apart(distance, found)


def _why_not(site: Site, trips: Trips) -> str | None:
    facts, induction = site.verdict.loop, site.induction
    found = trips.of(facts.statement)
    if site.openmp_version < _SINCE or induction is None or induction.step != 1:
        return "vectors need OpenMP 4.0 and a step of 1"
    if is_counted_by_object(site.model, facts.statement):
        return "an iterator counts it, which not every compiler takes under `simd`"
    if found.basis in (Basis.HANDFUL, Basis.ROW) or found.count < _LEAST_TRIPS:
        return "it runs a few times only"
    if any(s.needs_clause and s.role not in (Role.PRIVATE, Role.REDUCTION) for s in site.verdict.scalars):
        return "a variable of it needs more than a private copy"
    if only_moves(facts.statement) or not _is_straight(site):
        return "its body is no straight code that computes"
    return None if _lies_side_by_side(site, induction) else "its elements do not lie side by side"


def _is_straight(site: Site) -> bool:
    """Whether nothing in the body decides or calls."""
    for statement in statements.walk(site.verdict.loop.statement.body):
        if not isinstance(statement, (Block, Evaluate, Declare)):
            return False
        for whole in statements.expressions_of(statement):
            if any(_interrupts(site, part) for part in expressions.walk(whole)):
                return False
    return True


def _interrupts(site: Site, part: expressions.Expression) -> bool:
    match part:
        case expressions.Binary(operator="/") | Assign(operator="/="):
            # vector units divide no integers
            return not is_floating(site.variables, part.value if isinstance(part, Assign) else part)
        case Call(function=Name(name=name)):
            return name not in _MATH
        case Call() | Conditional() | Opaque() | expressions.Binary(operator="&&" | "||" | "%") | Assign(operator="%="):
            return True
        case _:
            return False


def _lies_side_by_side(site: Site, induction: Induction) -> bool:
    """Whether every access is of one element for all iterations, or of the next one in each."""
    loop = site.verdict.loop.statement
    forms, counter = Forms(site.model, loop), site.variables.key(induction.variable, induction.offset)
    moves = False
    for sited in site.model.inside(loop):
        event = sited.event
        if not isinstance(event, Access) or not event.place.path:
            continue
        stride = _stride(site, event, forms, (loop,), counter)
        if stride is None or (event.is_write and stride == 0):
            return False
        moves = moves or stride == 1
    return moves


def _stride(site: Site, access: Access, forms: Forms, loops: tuple[statements.Loop, ...], counter: str) -> int | None:
    """By how many elements the access moves from one iteration to the next: 0, 1 or None for anything else."""
    place = access.place
    if may_overload_subscript(site.variables, place.key):
        return None
    coefficients: list[int | None] = []
    for subscript in place.subscripts:
        form = forms.polynomial(subscript, loops)
        parts = form.split(counter) if form is not None else None
        coefficients.append(parts[0].value if parts else None)
    if None in coefficients or any(coefficients[:-1]):
        return None
    last = coefficients[-1] if coefficients else 0
    if last and not place.path.endswith("[]"):
        return None
    return last if last in (0, 1) else None


def _gain(site: Site, apart: _Apart) -> str | None:
    """What a compiler cannot find out by itself."""
    sums = [name for _, name in site.verdict.reductions if _is_floating(site, name)]
    if sums:
        return f"a compiler may not change the order in which {', '.join(sums)} is accumulated unless told"
    if any("overlap" in text for text in apart.assumptions):
        return "a compiler cannot see that what its pointers lead to does not overlap"
    return None


def _is_floating(site: Site, name: str) -> bool:
    symbol = site.variables.symbol(site.variables.key(name, site.verdict.loop.statement.start))
    return symbol is not None and bool(FLOATING.search(symbol.type_text))
