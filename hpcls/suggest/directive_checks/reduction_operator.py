"""A `reduction` clause whose operator is not the one that the loop accumulates with.

    #pragma omp parallel for reduction(*:sum)       needs reduction(+:sum)
    for (int i = 0; i < n; i++)
        sum += a[i];

OpenMP 5.2, 5.5.5 and 5.5.8: private copies start from the identity of the clause's operator, and are combined by it.
"""

from __future__ import annotations

from collections.abc import Iterator

from hpcls.analysis.verdict import Role, Scalar
from hpcls.suggest.directive_checks.subject import Fix, Place, Problem, Subject
from hpcls.syntax.openmp_text import Clause

_OPERATORS = frozenset(("+", "*", "&", "|", "^", "&&", "||", "min", "max"))
_ALIKE = ({"-", "+"}, {"&", "&&"}, {"|", "||"})
"""Operators that come to the same, for truth values at least; `-` sums."""


def check(subject: Subject) -> Iterator[Problem]:
    """A problem for each variable that is accumulated by another operator."""
    for clause in subject.construct.clauses("reduction"):
        stated = (clause.modifier or "").split(",")[-1].strip()
        for name in clause.arguments if stated in _OPERATORS | {"-"} else ():
            key = subject.model.variables.key(name, subject.construct.pragma.start)
            scalar = subject.role(key)
            if scalar and scalar.role is Role.REDUCTION and not _agree(stated, scalar.operator or stated):
                yield _problem(subject, stated, scalar)


def _agree(stated: str, found: str) -> bool:
    return stated == found or any({stated, found} <= group for group in _ALIKE)


def _problem(subject: Subject, stated: str, scalar: Scalar) -> Problem:
    name, operator = scalar.name, scalar.operator or ""
    message = f"{name} is accumulated with {operator}, but the clause combines its copies with {stated}"
    clause = Clause("reduction", operator, (name,))
    fix = Fix(f"reduction({operator}:{name})", (clause,), ("reduction", (name,)))
    return Problem(subject.construct, message, (Place(scalar.offset, f"{name} is accumulated here"),), fix)
