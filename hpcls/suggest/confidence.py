"""How likely an author would write a directive so: that there is one on the loop, and that it has just these clauses.

The rates are counted by `scripts/author_rates.py` on what hpcls offers in files that use OpenMP, without their authors'
directives: in most of them some loop has one, but not every loop that could.  Each repository counts once.
"""

from __future__ import annotations

from collections.abc import Mapping
from math import prod

from hpcls.syntax.openmp_text import Directive

PRESENT: Mapping[str, float] = {"parallel for": 0.41, "for": 0.94, "simd": 0.02}
"""Offered directive → how often the author has one that does the same on this loop; others are as `parallel for`."""
CLAUSES: Mapping[str, tuple[float, float]] = {
    "private": (0.99, 0.85),
    "firstprivate": (0.95, 0.5),
    "lastprivate": (0.99, 0.17),
    "reduction": (0.99, 0.88),
    "collapse": (0.91, 0.25),
    "schedule": (0.73, 0.08),
}
"""Clause → how often the author says the same of it, where hpcls offers none and where it offers one (no `firstprivate`
yet)."""
SETTLED = ("for", "simd")
"""Of these the rate says more than a model: a loop of a team is shared out, and hardly anybody writes `simd`."""


def presence(directive: Directive) -> float:
    """How likely the loop has such a directive, 0 to 1."""
    return PRESENT.get(directive.name, PRESENT["parallel for"])


def agreement(directive: Directive) -> float:
    """How likely an author who puts a directive on the loop writes just these clauses, 0 to 1."""
    return prod(clause_agreement(directive, name) for name in CLAUSES)


def clause_agreement(directive: Directive, name: str) -> float:
    """The same of one kind of clause."""
    return CLAUSES[name][any(clause.name == name for clause in directive.clauses)]
