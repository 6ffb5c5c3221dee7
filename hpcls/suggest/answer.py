"""The forced answer of `hpcls evaluate omp`: the directive that an author would most likely have put on a loop.

There is no threshold and no veto here, and private clauses that authors write by habit are given too; what is offered
to users comes from `openmp`.
"""

from __future__ import annotations

from collections.abc import Iterator

from hpcls.analysis.engine import analyse
from hpcls.analysis.verdict import Role, Scalar, Verdict
from hpcls.syntax.languages import LanguageName
from hpcls.syntax.openmp_text import Clause, Directive, render
from hpcls.syntax.scopes import scopes_of
from hpcls.syntax.source import Source, parse


def answer_loop(code: str) -> str:
    """The directive for the first loop of `code`, such as `parallel for private(i, j) reduction(+:s)`."""
    source = _parsed(code)
    analyses, _ = analyse(source, scopes_of(source))
    clauses = clauses_of(analyses[0].verdict) if analyses else ()
    return render(Directive("parallel for", None, clauses)).removeprefix("#pragma omp ")


def _parsed(code: str) -> Source:
    """`code` in the language whose grammar reads more of it."""
    languages: tuple[LanguageName, LanguageName] = ("c", "cpp")
    sources = [parse(code, "loop", language) for language in languages]
    return min(sources, key=lambda source: source.tree.root_node.has_error)


def clauses_of(verdict: Verdict) -> tuple[Clause, ...]:
    """The private and reduction clauses for the loop of `verdict`."""
    private = tuple(dict.fromkeys(_private(verdict)))
    found = [Clause("private", None, private)] if private else []
    operators = dict.fromkeys(operator for operator, _ in verdict.reductions)
    for operator in operators:
        names = tuple(name for other, name in verdict.reductions if other == operator)
        found.append(Clause("reduction", operator, names))
    return tuple(found)


def _private(verdict: Verdict) -> Iterator[str]:
    for scalar in verdict.scalars:
        if _is_private(scalar):
            yield scalar.name


def _is_private(scalar: Scalar) -> bool:
    return scalar.needs_clause and scalar.role in (Role.PRIVATE, Role.LASTPRIVATE) and "::" not in scalar.name
