"""A `simd` loop in which an iteration needs what a near one has written: its lanes run both at the same time.

    #pragma omp simd                    needs safelen(4)
    for (int i = 4; i < n; i++)
        a[i] = a[i - 4] + b[i];

OpenMP 5.2, 10.4: no two iterations whose distance is `safelen` or more run at the same time; without it all may.  Only
values that flow from earlier to later iterations count: vector code reads all lanes before it writes them.
"""

from __future__ import annotations

from collections.abc import Iterator

from hpcls.analysis.openmp.races import Race
from hpcls.suggest.directive_checks.subject import Fix, Place, Problem, Subject
from hpcls.syntax.openmp_text import Clause


def check(subject: Subject) -> Iterator[Problem]:
    """One problem: the nearest dependence within the lanes."""
    construct = subject.construct
    if construct.parts != ("simd",):
        return
    flows = [race for race in subject.loop_races if race.distance and race.distance > 0 and not race.other.is_write]
    nearest = min(flows, key=lambda race: race.distance or 0, default=None)
    limit = construct.number("safelen")
    if nearest is None or (construct.has("safelen") and (limit is None or (nearest.distance or 0) >= limit)):
        return
    yield _problem(subject, nearest)


def _problem(subject: Subject, race: Race) -> Problem:
    distance = race.distance or 0
    written = subject.text(race.write.offset, race.write.end)
    read = subject.text(race.other.offset, race.other.end)
    count = f"{distance} iteration{'s' if distance > 1 else ''}"
    places = (
        Place(race.write.offset, f"{written} is written here"),
        Place(race.other.offset, f"and read here as {read}, {count} later"),
    )
    message = f"iterations {distance} apart run in the lanes at the same time, though one needs what the other writes"
    return Problem(subject.construct, message, places, _fix(subject, distance), "take the directive away")


def _fix(subject: Subject, distance: int) -> Fix | None:
    if distance < 2:  # one lane is no vector
        return None
    clause = Clause("safelen", None, (str(distance),))
    remove = ("safelen", ()) if subject.construct.has("safelen") else None
    return Fix(f"safelen({distance})", (clause,), remove)
