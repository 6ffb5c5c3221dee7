"""A task that writes a variable of its maker's, which goes on to use it without waiting.

    #pragma omp task shared(x)
    x = f(n - 1);
    y = g(n - 2);
    return x + y;                       needs `#pragma omp taskwait` in front

OpenMP 5.2, 12.5 and 15.5: a task may run at any time until something waits for it.
"""

from __future__ import annotations

from collections.abc import Iterator

from hpcls.analysis.openmp.tasks import TaskRaces
from hpcls.analysis.variables import spelling
from hpcls.suggest.directive_checks.subject import Place, Problem, Subject


def check(subject: Subject) -> Iterator[Problem]:
    """A problem for each variable that races."""
    if subject.construct.parts != ("task",):
        return
    for race in TaskRaces(subject.races, subject.construct).find():
        name = spelling(race.write.place.key)
        kind = "written" if race.other.is_write else "read"
        places = (
            Place(race.write.offset, f"{name} is written here by the task"),
            Place(race.other.offset, f"and {kind} here before anything waits for it"),
        )
        message = f"{name} is shared with the task, and {kind} while the task may write it"
        remedy = "put `omp taskwait` in between, order the tasks by depend clauses, or use `omp atomic`"
        yield Problem(subject.construct, message, places, None, remedy)
