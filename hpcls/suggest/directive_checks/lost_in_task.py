"""A variable that a task sets for its maker, though the task has a copy of its own.

    int x;                              local to the function: the task's x is firstprivate
    #pragma omp task                    needs shared(x)
    x = f(n - 1);
    #pragma omp taskwait
    return x;

OpenMP 5.2, 5.1.1: in a task what is not shared by the whole team is firstprivate.
"""

from __future__ import annotations

from collections.abc import Iterator

from hpcls.analysis.accesses import Access
from hpcls.analysis.openmp.liveness import is_live_after
from hpcls.analysis.variables import spelling
from hpcls.suggest.directive_checks.subject import Fix, Place, Problem, Subject
from hpcls.syntax.openmp_text import Clause


def check(subject: Subject) -> Iterator[Problem]:
    """A problem for each local variable that the task only sets, and that is read behind it."""
    construct, statement = subject.construct, subject.construct.statement
    if construct.parts != ("task",) or construct.has("default"):
        return
    events = [one.event for one in subject.model.between(statement.start, statement.end)]
    mine = [one for one in events if isinstance(one, Access) and not one.place.path]
    read = {one.place.key for one in mine if not one.is_write or one.by_address}
    seen: set[str] = set()
    for one in mine:
        key = one.place.key
        if key not in read | seen and _is_copied(subject, key) and is_live_after(subject.model, statement, key):
            seen.add(key)
            yield _problem(subject, one)


def _is_copied(subject: Subject, key: str) -> bool:
    """Whether the task has a copy of a variable local to its function, and no clause says so."""
    symbol, body = subject.model.variables.symbol(key), subject.model.unit.body
    if symbol is None or symbol.reference or symbol.dimensions or not subject.may_be_listed(key):
        return False
    is_local = subject.model.variables.is_declared_in(key, body.start, body.end)
    around = subject.races.constructs.around(subject.construct.statement.start)
    team = next((at for at, one in enumerate(around) if one.is_concurrent), None)
    is_named = any(key in subject.races.sharing.listed(subject.construct, name) for name in ("shared", "firstprivate"))
    is_own = subject.races.sharing.copied_by(subject.construct, key) is not None
    is_shared = team is not None and subject.races.sharing.is_shared(key, around[: team + 1])
    return is_local and not (is_named or is_own or is_shared)


def _problem(subject: Subject, write: Access) -> Problem:
    name = spelling(write.place.key)
    places = (Place(write.offset, f"the task sets a copy of {name} here, and nobody reads that"),)
    fix = Fix(f"missing shared({name})", (Clause("shared", None, (name,)),))
    return Problem(subject.construct, f"{name} is firstprivate in the task: what it is given is lost", places, fix)
