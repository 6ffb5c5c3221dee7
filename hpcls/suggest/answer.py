"""The forced answer of `hpcls evaluate omp`: the directive that an author would most likely have put on a loop.

There is no threshold and no veto here, and private clauses that authors write by habit are given too; what is offered
to users comes from `openmp`.
"""

from __future__ import annotations

from hpcls.analysis.engine import analyse
from hpcls.analysis.verdict import Outcome, Role, Verdict
from hpcls.syntax.expressions import Cast, Literal
from hpcls.syntax.loops import Induction
from hpcls.syntax.openmp_text import Clause, Directive, render
from hpcls.syntax.scopes import scopes_of
from hpcls.syntax.source import Source, parse


def answer_loop(code: str) -> str:
    """The directive for the first loop of `code`, such as `parallel for private(i, j) reduction(+:s)`."""
    source = parse_loop(code)
    analyses, _ = analyse(source, scopes_of(source))
    clauses = clauses_of(analyses[0].verdict) if analyses else ()
    return render(Directive("parallel for", None, clauses)).removeprefix("#pragma omp ")


def parse_loop(code: str) -> Source:
    """A bare loop: `code` in C++, whose grammar reads nearly all of C, unless C reads what C++ does not."""
    source = parse(code, "loop", "cpp")
    if not source.tree.root_node.has_error:
        return source
    as_c = parse(code, "loop", "c")
    return source if as_c.tree.root_node.has_error else as_c


def clauses_of(verdict: Verdict) -> tuple[Clause, ...]:
    """The private and reduction clauses for the loop of `verdict`."""
    private = tuple(dict.fromkeys(_private(verdict)))
    found = [Clause("private", None, private)] if private else []
    for operator in dict.fromkeys(operator for operator, _ in verdict.reductions):
        names = tuple(name for other, name in verdict.reductions if other == operator)
        found.append(Clause("reduction", operator, names))
    return tuple(found)


def _private(verdict: Verdict) -> list[str]:
    induction = verdict.loop.induction
    counter = induction.variable if induction and not induction.is_declared_here else None
    if counter is None and verdict.outcome is Outcome.DEPENDENT:
        # who declares the counter in the loop declares the temporaries there too: what is left is meant to be shared
        return []
    roles = (Role.PRIVATE, Role.LASTPRIVATE)
    names = [scalar.name for scalar in verdict.scalars if scalar.role in roles and "::" not in scalar.name]
    has_temporaries = any(scalar.role is Role.PRIVATE for scalar in verdict.scalars)
    if has_temporaries:
        names += verdict.scratch
    if counter and induction and _lists_counter(verdict, induction, has_temporaries):
        names.append(counter)
    return names


def _lists_counter(verdict: Verdict, induction: Induction, has_temporaries: bool) -> bool:
    """Whether an author would name the loop's own counter, which OpenMP makes private by itself: four in ten do."""
    if has_temporaries:
        return True
    fixed = isinstance(induction.upper, (Literal, Cast))
    return verdict.outcome is not Outcome.DEPENDENT and not fixed
