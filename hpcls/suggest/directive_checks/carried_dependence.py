"""Elements of an array that one iteration writes and another one needs, under a directive that runs both at a time.

    #pragma omp parallel for
    for (int i = 1; i < n; i++)
        a[i] = a[i - 1] + b[i];         iteration i needs what iteration i - 1 has written

No clause helps, unless iterations only accumulate into the elements, or fill them before they read them.
OpenMP 5.2, 1.4.1 and 11.5.1: the iterations of a worksharing loop may run in any order.
"""

from __future__ import annotations

from collections.abc import Iterator

from hpcls.analysis.openmp.races import Race
from hpcls.analysis.variables import spelling
from hpcls.analysis.verdict import Role
from hpcls.suggest.directive_checks.subject import Fix, Place, Problem, Subject, clause_for
from hpcls.syntax.openmp_text import render_clause


def check(subject: Subject) -> Iterator[Problem]:
    """A problem for each array that races in the construct's loops."""
    if not subject.construct.shares_iterations:
        return
    for race in subject.loop_races:
        if "[" in race.write.place.path:
            yield _problem(subject, race)


def _problem(subject: Subject, race: Race) -> Problem:
    written = subject.text(race.write.offset, race.write.end)
    other = subject.text(race.other.offset, race.other.end)
    kind = "written" if race.other.is_write else "read"
    if race.distance is None:
        message = f"every iteration writes the same {written}"
        second = f"and {kind} here by another one"
    else:
        count = f"{abs(race.distance)} iteration{'s' if abs(race.distance) > 1 else ''}"
        when = "later" if race.distance > 0 else "earlier"
        message = f"{written} is {kind} as {other} {count} {when}, perhaps by another thread at the same time"
        second = f"and {kind} here as {other} by the one {count} {when}"
    here = Place(race.write.offset, f"{written} is written here by one iteration")
    places = (here,) if race.other is race.write else (here, Place(race.other.offset, second))
    return Problem(subject.construct, message, places, _fix(subject, race), _remedy(race))


def _fix(subject: Subject, race: Race) -> Fix | None:
    """A reduction over an array section, where all that iterations do to the elements is to accumulate; `private` for
    an array that each of them fills before it reads it.
    """
    key = race.write.place.key
    scalar = subject.role(key)
    clause = clause_for(scalar) if scalar and (scalar.section or scalar.role is Role.PRIVATE) else None
    if clause is None or not subject.is_visible(key) or subject.openmp_version < (4, 5):
        return None
    name = spelling(key)
    remove = ("shared", (name,)) if key in subject.races.sharing.listed(subject.construct, "shared") else None
    return Fix(f"missing {render_clause(clause)}", (clause,), remove, subject.assumptions(name))


def _remedy(race: Race) -> str:
    if race.distance is None:
        return "accumulate into a variable with a reduction clause, or put the access under `omp atomic`"
    return "take the directive away, make another loop of the nest the parallel one, or write to a second array"
