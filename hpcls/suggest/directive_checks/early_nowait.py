"""A construct with `nowait`, and code behind it that uses what its threads are still writing.

    #pragma omp for nowait              the barrier is needed: take nowait away
    for (int i = 0; i < n; i++)
        a[i] = f(i);
    #pragma omp single
    total = a[0] + a[9];

Two loops with the same bounds that a static schedule deals out alike may do without a barrier, as long as each
iteration uses its own elements only.  OpenMP 5.2, 15.6 and 11.5.3.
"""

from __future__ import annotations

from collections.abc import Iterator

from hpcls.analysis.openmp.races import Race
from hpcls.suggest.directive_checks.subject import Fix, Place, Problem, Subject


def check(subject: Subject) -> Iterator[Problem]:
    """A problem for each `nowait` inside the region that leaves a race."""
    seen: set[int] = set()
    for race in subject.region_races:
        if race.construct is not subject.construct and race.construct.pragma.start not in seen:
            seen.add(race.construct.pragma.start)
            yield _problem(subject, race)


def _problem(subject: Subject, race: Race) -> Problem:
    first, second = sorted((race.write, race.other), key=lambda access: access.offset)
    how = {True: "written", False: "read"}
    here, there = subject.text(first.offset, first.end), subject.text(second.offset, second.end)
    places = (
        Place(first.offset, f"{here} is {how[first.is_write]} here by one thread"),
        Place(second.offset, f"and {there} is {how[second.is_write]} here by another one, which need not have waited"),
    )
    message = f"nowait lets threads go on to {there} while others are still at {here}"
    return Problem(race.construct, message, places, Fix("nowait: take it away", (), ("nowait", ())))
