"""A variable that all threads share, and that every one of them writes, or one while another one looks.

    #pragma omp parallel                t is declared outside: needs private(t)
    {
        t = omp_get_thread_num();
        work(t);
    }

Sections, and what stands in front of or behind a construct without a barrier, count as well.  OpenMP 5.2, 1.4.1.
"""

from __future__ import annotations

from collections.abc import Iterator

from hpcls.analysis.accesses import Access
from hpcls.analysis.openmp.liveness import is_live_after
from hpcls.analysis.openmp.races import Race
from hpcls.analysis.variables import spelling
from hpcls.suggest.directive_checks.subject import Fix, Place, Problem, Subject
from hpcls.syntax.openmp_text import Clause


def check(subject: Subject) -> Iterator[Problem]:
    """A problem for each variable that races in the region."""
    for race in subject.region_races:
        if race.construct is subject.construct:
            yield _problem(subject, race)


def _problem(subject: Subject, race: Race) -> Problem:
    by_call = race.write.is_made_by_call
    name = spelling(race.write.place.key) if by_call else subject.text(race.write.offset, race.write.end)
    kind = "written" if race.other.is_write else "read"
    if race.other is race.write:
        message = f"{name} is shared, and every thread writes it"
        places: tuple[Place, ...] = (Place(race.write.offset, f"{name} is written here by every thread"),)
    else:
        message = f"{name} is shared, and one thread may write it while another one uses it"
        second = Place(race.other.offset, f"and {kind} here by another one, with no barrier in between")
        places = (Place(race.write.offset, f"{name} is written here by one thread"), second)
    fix = _fix(subject, race)
    remedy = "make it private, or put the accesses under `omp critical` or `omp atomic`"
    return Problem(subject.construct, message, places, fix, None if fix else remedy)


def _fix(subject: Subject, race: Race) -> Fix | None:
    """`private`, where every thread writes the variable before it reads it, and nobody needs it afterwards."""
    key, statement = race.write.place.key, subject.construct.statement
    flow = subject.model.flows.of(statement)
    if (
        race.write.is_made_by_call
        or race.write.place.path
        or key in flow.exposed
        or f"&{key}" in flow.exposed
        or not subject.may_be_listed(key)
    ):
        return None
    if not all(subject.is_run_by_every_thread(offset) for offset in _uses(subject, key)):
        return None
    if is_live_after(subject.model, statement, key):
        return None
    name = spelling(key)
    listed = key in subject.races.sharing.listed(subject.construct, "shared")
    return Fix(f"missing private({name})", (Clause("private", None, (name,)),), ("shared", (name,)) if listed else None)


def _uses(subject: Subject, key: str) -> list[int]:
    statement = subject.construct.statement
    events = (sited.event for sited in subject.model.between(statement.start, statement.end))
    return [event.offset for event in events if isinstance(event, Access) and event.place.key == key]
