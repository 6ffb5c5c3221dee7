"""A variable that all threads share, and that the iterations of one loop write.

    #pragma omp parallel for            t is declared outside: needs private(t)
    for (int i = 0; i < n; i++) {
        t = a[i];
        b[i] = t * t;
    }

Whether `private`, `lastprivate` or `reduction` is missing is for the flow of values to say; where an iteration needs
what another one left there, no clause helps.  OpenMP 5.2, 5.1.1 (what is shared) and 1.4.1 (data races).
"""

from __future__ import annotations

from collections.abc import Iterator

from hpcls.analysis.accesses import Access
from hpcls.analysis.openmp.executors import Barriers
from hpcls.analysis.openmp.races import Race
from hpcls.analysis.variables import spelling
from hpcls.analysis.verdict import Role, Scalar
from hpcls.suggest.directive_checks.subject import Fix, Place, Problem, Subject, clause_for
from hpcls.syntax.openmp import DIRECTIVES
from hpcls.syntax.openmp_text import Clause, render_clause

_WHAT = {
    Role.PRIVATE: "{name} is shared, and every iteration writes it",
    Role.LASTPRIVATE: "{name} is shared, and every iteration writes it; its last value is used after the loop",
    Role.REDUCTION: "{name} is shared, and all iterations accumulate into it",
}


def check(subject: Subject) -> Iterator[Problem]:
    """A problem for each scalar that races in the construct's loops; of the lanes of `simd`, where they accumulate."""
    is_simd = subject.construct.parts == ("simd",)
    if not (subject.construct.shares_iterations or is_simd):
        return
    for race in subject.loop_races:
        if "[" not in race.write.place.path and (not is_simd or _is_accumulated(subject, race.write.place.key)):
            yield _problem(subject, race)


def _is_accumulated(subject: Subject, key: str) -> bool:
    scalar = subject.role(key)
    return scalar is not None and scalar.role is Role.REDUCTION


def _problem(subject: Subject, race: Race) -> Problem:
    key = race.write.place.key
    name = spelling(key) + race.write.place.path
    scalar = subject.role(key) if not race.write.place.path else None
    fix = _fix(subject, key, scalar)
    what = _WHAT.get(scalar.role) if scalar else None
    text = (what or "{name} is shared, and an iteration may find what another one has written").format(name=name)
    return Problem(subject.construct, text, _places(name, race), fix, None if fix else _remedy(subject, key, name))


def _places(name: str, race: Race) -> tuple[Place, ...]:
    kind = "written" if race.other.is_write else "read"
    how = " in what is called" if race.write.is_made_by_call else ""
    if race.other is race.write:
        return (Place(race.write.offset, f"{name} is written here{how}, by two threads at the same time"),)
    here = Place(race.write.offset, f"{name} is written here{how} by one thread")
    return here, Place(race.other.offset, f"and {kind} here by another one")


def _fix(subject: Subject, key: str, scalar: Scalar | None) -> Fix | None:
    needed = scalar is not None and scalar.needs_clause and subject.may_be_listed(key)
    clause = clause_for(scalar) if scalar and needed else None
    info = DIRECTIVES.get(subject.construct.directive.name)
    major, minor = subject.openmp_version
    if clause is None or info is None or not info.allows(clause.name, f"{major}.{minor}"):
        return None
    gives_back = clause.name in ("reduction", "lastprivate")
    if gives_back and (_is_kept_around(subject, key) or _is_set_beside(subject, key)):
        return None
    name = spelling(key)
    is_shared = key in subject.races.sharing.listed(subject.construct, "shared")
    remove = ("shared", (name,)) if is_shared else None
    add = (clause, *(_mapped(subject, key) if gives_back else ()))
    return Fix(f"missing {', '.join(map(render_clause, add))}", add, remove, subject.assumptions(name))


def _is_kept_around(subject: Subject, key: str) -> bool:
    """Whether a construct around has a copy of its own, whatever the clause gives back to it: each team, the device."""
    around = subject.races.constructs.around(subject.construct.statement.start)
    for outer in around[around.index(subject.construct) + 1 :]:
        words = outer.directive.name.split()
        if "teams" in words and key not in subject.races.sharing.listed(outer, "reduction"):
            return True
        if "target" in words and "data" not in words and key not in subject.races.sharing.listed(outer, "map"):
            return True
    return False


def _is_set_beside(subject: Subject, key: str) -> bool:
    """Whether the region sets the variable before the loop, with no barrier in between: a thread that comes late takes
    away what others have given back to it already (OpenMP 5.2, 5.5.5).
    """
    constructs, loop = subject.races.constructs, subject.construct.statement
    around = constructs.around(loop.start)
    team = next((one for one in around[around.index(subject.construct) + 1 :] if "parallel" in one.parts), None)
    if team is None or "parallel" in subject.construct.parts:
        return False
    barriers = Barriers(constructs, team)
    before = (sited.event for sited in subject.model.between(team.statement.start, subject.construct.pragma.start))
    writes = (one for one in before if isinstance(one, Access) and one.is_write and one.place.key == key)
    return any(barriers.phase(one.offset) == barriers.phase(loop.start) for one in writes)


def _mapped(subject: Subject, key: str) -> tuple[Clause, ...]:
    """Before OpenMP 5.0 a target construct does not bring a result back by itself (4.5, 2.15.5)."""
    is_target = subject.construct.directive.name.startswith("target")
    is_listed = key in subject.races.sharing.listed(subject.construct, "map")
    is_needed = is_target and not is_listed and subject.openmp_version < (5, 0)
    return (Clause("map", "tofrom", (spelling(key),)),) if is_needed else ()


def _remedy(subject: Subject, key: str, name: str) -> str | None:
    if _is_set_beside(subject, key):
        return f"a barrier behind what sets {name}, or set it before the region, and a reduction"
    verdict = subject.verdicts.get(subject.construct.loops[0])
    found = (finding.remedy for finding in verdict.findings if name in finding.message) if verdict else iter(())
    return next((remedy for remedy in found if remedy), None)
