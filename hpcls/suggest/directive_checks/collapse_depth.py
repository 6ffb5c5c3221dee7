"""A `collapse` of more loops than the nest can give.

    #pragma omp parallel for collapse(2)            the inner loop's end depends on i: collapse(1)
    for (int i = 0; i < n; i++)
        for (int j = 0; j < i; j++)
            a[i][j] = 0.0;

Before OpenMP 5.0 the loops have to be perfectly nested, and each has to run as often in every iteration of those around
it; since then statements may stand between them, and bounds may be linear in one outer counter (OpenMP 4.5, 2.7.1;
5.2, 4.4.1).  No version makes loops that are not there.
"""

from __future__ import annotations

from collections.abc import Iterator

from hpcls.analysis.openmp.sharing import COPIES
from hpcls.suggest.directive_checks.subject import Fix, Place, Problem, Subject
from hpcls.syntax.expressions import Expression, Name, walk
from hpcls.syntax.loops import induction_of
from hpcls.syntax.openmp_text import Clause
from hpcls.syntax.statements import Block, Evaluate, Loop, Pragma, Statement


def check(subject: Subject) -> Iterator[Problem]:
    """At most one problem."""
    construct, wanted = subject.construct, subject.construct.number("collapse")
    if wanted is None or not isinstance(construct.statement, Loop):
        return
    loops = [construct.statement]
    while len(loops) < wanted:
        inner, obstacle = _next(loops[-1].body, subject.openmp_version)
        if inner is None:
            if obstacle is not None:
                yield _problem(subject, len(loops), wanted, obstacle)
            return
        moving = _moving_bound(subject, inner, loops) if subject.openmp_version < (5, 0) else None
        if moving is not None:
            yield _problem(subject, len(loops), wanted, moving)
            return
        loops.append(inner)


def _next(body: Statement, version: tuple[int, int]) -> tuple[Loop | None, Place | None]:
    """The loop right inside, or what stands there in its place; neither where that could not be read."""
    inner = [part for part in body.statements if not isinstance(part, Pragma)] if isinstance(body, Block) else [body]
    if len(inner) == 1 and isinstance(inner[0], Block):
        return _next(inner[0], version)
    loops = [part for part in inner if isinstance(part, Loop)]
    known = all(isinstance(part, (Loop, Evaluate)) for part in inner)
    if len(loops) == 1 and loops[0].form == "for" and (len(inner) == 1 or version >= (5, 0)):
        return loops[0], None
    if not known or any(loop.form != "for" for loop in loops) or len(loops) > 1:
        return None, None
    other = next((part for part in inner if not isinstance(part, Loop)), body)
    what = "this statement stands between the loops" if loops else "no loop stands in this body"
    return None, Place(other.start, what)


def _moving_bound(subject: Subject, loop: Loop, around: list[Loop]) -> Place | None:
    """A bound of `loop` that an outer counter is in."""
    induction = induction_of(loop)
    if induction is None:
        return None
    variables = subject.model.variables
    outer = [found for found in map(induction_of, around) if found]
    counters = {variables.key(one.variable, one.offset) for one in outer}
    for bound in (induction.lower, induction.upper):
        for name in _names(bound):
            if variables.key(name.name, name.start) in counters:
                return Place(bound.start, f"a bound of this loop changes with {name.name}")
    return None


def _names(expression: Expression) -> Iterator[Name]:
    return (part for part in walk(expression) if isinstance(part, Name))


def _problem(subject: Subject, possible: int, wanted: int, obstacle: Place) -> Problem:
    message = f"collapse({wanted}) needs {wanted} loops of fixed extent, each right inside the other"
    kept = (Clause("collapse", None, (str(possible),)),) if possible > 1 else ()
    title = f"collapse({possible})" if kept else "collapse: take it away"
    fix = Fix(title, (*kept, *_no_longer_private(subject, possible)), ("collapse", ()))
    return Problem(subject.construct, message, (obstacle,), fix)


def _no_longer_private(subject: Subject, possible: int) -> tuple[Clause, ...]:
    """Counters that only the clause made private: those of the loops that are not collapsed any more."""
    found = [induction_of(loop) for loop in subject.construct.loops[possible:]]
    outside = [one for one in found if one and not one.is_declared_here]
    listed = [subject.races.sharing.listed(subject.construct, clause) for clause in COPIES]
    variables = subject.model.variables
    names = [
        one.variable for one in outside if variables.key(one.variable, one.offset) not in frozenset().union(*listed)
    ]
    return (Clause("private", None, tuple(names)),) if names else ()
