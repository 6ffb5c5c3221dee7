"""Problems of directives as what a report holds: a suggestion where an edit helps, a diagnosis where none does."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from hpcls.suggest.directive_checks.rewriting import rewritten
from hpcls.suggest.directive_checks.subject import Problem
from hpcls.suggest.report import Diagnosis, Reason, Suggestion
from hpcls.syntax.openmp_text import render
from hpcls.syntax.source import Source

CODE = "OMP010"


def reported(source: Source, problems: Iterable[Problem]) -> Iterator[Suggestion | Diagnosis]:
    """Each problem at the line of its directive."""
    for problem in _merged(problems):
        yield _suggestion(source, problem) or _diagnosis(source, problem)


def _merged(problems: Iterable[Problem]) -> list[Problem]:
    """Problems whose fixes would change the same clause become one; the first of those that one fix mends stands for
    all.
    """
    found: dict[tuple[object, ...], Problem] = {}
    added: set[tuple[object, ...]] = set()
    for number, problem in enumerate(problems):
        fix = (problem.construct, problem.fix.add) if problem.fix and problem.fix.add else (number,)
        if fix in added:
            continue
        added.add(fix)
        changed = problem.fix.remove[0] if problem.fix and problem.fix.remove else number
        key = (problem.construct, changed)
        found[key] = _both(found[key], problem) if key in found else problem
    return list(found.values())


def _both(one: Problem, other: Problem) -> Problem:
    message, places = f"{one.message}; {other.message}", (*one.places, *other.places)
    return replace(one, message=message, places=places, fix=one.fix and other.fix and one.fix.with_all_of(other.fix))


def _suggestion(source: Source, problem: Problem) -> Suggestion | None:
    found = rewritten(source, problem.construct.pragma, problem.fix) if problem.fix else None
    if problem.fix is None or found is None:
        return None
    directive, edits = found
    start = problem.construct.pragma.start
    return Suggestion(
        code=CODE,
        kind="openmp",
        line=source.line(start),
        column=source.column(start),
        end_line=source.line(max(start, problem.construct.statement.end - 1)),
        text=render(directive),
        directive=directive.name,
        clauses=directive.clauses,
        evidence="proved",
        confidence=1.0,  # what is wrong has to change, whatever authors are used to
        message=problem.message,
        edits=edits,
        assumptions=problem.fix.assumptions,
        places=_places(source, problem),
        fix=problem.fix.title,
    )


def _diagnosis(source: Source, problem: Problem) -> Diagnosis:
    start, end = problem.construct.pragma.start, problem.construct.statement.end
    return Diagnosis(
        code=CODE,
        line=source.line(start),
        column=source.column(start),
        end_line=source.line(max(start, end - 1)),
        message=problem.message,
        places=_places(source, problem),
        remedy=problem.remedy,
    )


def _places(source: Source, problem: Problem) -> tuple[Reason, ...]:
    return tuple(Reason(source.line(place.offset), place.message) for place in problem.places)
