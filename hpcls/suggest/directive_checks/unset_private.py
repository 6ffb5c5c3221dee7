"""A `private` or `lastprivate` variable that an iteration reads before it has given it a value: nobody knows what it
holds.

    #pragma omp parallel for private(scale)         needs firstprivate(scale)
    for (int i = 0; i < n; i++)
        b[i] = scale * a[i];

A variable that is accumulated needs `reduction` in its place.  OpenMP 5.2, 5.4.3 and 5.4.5: the copy is not
initialised.
"""

from __future__ import annotations

from collections.abc import Iterator

from hpcls.analysis.flow import Exposure
from hpcls.analysis.verdict import Role
from hpcls.suggest.directive_checks.subject import Fix, Place, Problem, Subject, clause_for
from hpcls.syntax.openmp_text import Clause, render_clause
from hpcls.syntax.statements import Loop


def check(subject: Subject) -> Iterator[Problem]:
    """A problem for each private variable whose value from before is read."""
    loops = subject.construct.loops
    if not loops:
        return
    flow = subject.model.flows.iteration(loops[-1])
    sharing, construct = subject.races.sharing, subject.construct
    initialised = sharing.counters(construct) | sharing.listed(construct, "firstprivate")
    for clause in ("private", "lastprivate"):
        for key in sorted(sharing.listed(construct, clause) - initialised):
            exposure = flow.exposed.get(key)
            if exposure and not exposure.perhaps_written and _is_certain(subject, loops[-1], key, exposure):
                yield _problem(subject, key, exposure, clause, key in flow.written)


def _is_certain(subject: Subject, loop: Loop, key: str, exposure: Exposure) -> bool:
    """Whether the variable is a plain one, read by its own name."""
    symbol = subject.model.variables.symbol(key)
    if symbol is None or symbol.dimensions or symbol.kind not in ("variable", "parameter"):
        return False
    inside = loop.body.start <= exposure.offset < loop.body.end
    named = subject.text(exposure.offset, exposure.offset + len(symbol.name.encode())) == symbol.name
    return inside and named and (subject.source.language == "c" or subject.model.variables.is_arithmetic(key) is True)


def _problem(subject: Subject, key: str, exposure: Exposure, clause: str, is_written: bool) -> Problem:
    name = key.partition("@")[0]
    message = f"{name} is {clause}, and read before anything is assigned to it"
    place = Place(exposure.offset, f"{name} is read here, and no iteration has set it before")
    return Problem(subject.construct, message, (place,), _fix(subject, key, clause, is_written))


def _fix(subject: Subject, key: str, listing: str, is_written: bool) -> Fix | None:
    name = key.partition("@")[0]
    clause: Clause | None = Clause("firstprivate", None, (name,))
    if is_written:
        scalar = subject.role(key)
        clause = clause_for(scalar) if scalar and scalar.role is Role.REDUCTION else None
    if clause is None:
        return None
    return Fix(f"{render_clause(clause)} in the place of {listing}({name})", (clause,), (listing, (name,)))
