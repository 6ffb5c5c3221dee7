"""The data-sharing clauses that a verdict asks for (OpenMP 5.2, 5.4 and 5.5)."""

from __future__ import annotations

from hpcls.analysis.verdict import Role, Verdict
from hpcls.syntax.openmp_text import Clause


def clauses_of(verdict: Verdict, predetermined: frozenset[str] = frozenset()) -> tuple[Clause, ...]:
    """The clauses that the loop needs, in the order in which people write them, without the variables whose class is
    `predetermined`."""
    found: list[Clause] = []
    for role in (Role.PRIVATE, Role.FIRSTPRIVATE, Role.LASTPRIVATE):
        names = tuple(name for name in verdict.names(role) if name not in predetermined)
        if names:
            found.append(Clause(role.value, None, names))
    for operator in dict.fromkeys(operator for operator, _ in verdict.reductions):
        listed = (name for other, name in verdict.reductions if other == operator)
        names = tuple(name for name in listed if name not in predetermined)
        if names:
            found.append(Clause("reduction", operator, names))
    return tuple(found)
