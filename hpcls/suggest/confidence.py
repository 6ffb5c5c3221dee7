"""How likely an author would write a directive so: that there is one on the loop, and that it has just these clauses.

An `if` is not compared: it has a number in it that no two people choose alike, and computes nothing else.  But where
one is offered, on short inner loops, fewer authors have a directive.

The rates are counted by `scripts/author_rates.py` on what hpcls offers in files that use OpenMP, without their authors'
directives: in most of them some loop has one, but not every loop that could.  Each repository counts once.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import prod

from hpcls.syntax.openmp_text import Directive

PRESENT: Mapping[str, float] = {"parallel for": 0.41, "parallel for if": 0.33, "for": 0.94, "simd": 0.02}
"""Offered directive, as `kind_of` names it → how often the author has one that does the same on this loop; others are
as `parallel for`."""
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
HABITS = ("schedule", "collapse")
"""Clauses that an author who writes them on one loop of a file writes on others, too."""
_USUAL = 0.5
"""How many directives on other loops of the file the rate of all authors weighs: 0.25 to 0.5 are likeliest on the train
and tune repositories."""
SETTLED = ("for", "simd")
"""Of these the rate says more than a model: a loop of a team is shared out, and hardly anybody writes `simd`."""


def kind_of(directive: Directive) -> str:
    """Its name, followed by `if` where it has one."""
    return f"{directive.name} if" if _has(directive, "if") else directive.name


def presence(directive: Directive) -> float:
    """How likely the loop has such a directive, 0 to 1."""
    return PRESENT.get(kind_of(directive), PRESENT["parallel for"])


def agreement(directive: Directive, others: Sequence[Directive] = ()) -> float:
    """How likely an author who puts a directive on the loop writes just these clauses, 0 to 1.

    `others` are the directives that share out other loops of the file.
    """
    return prod(clause_agreement(directive, name, others) for name in CLAUSES)


def clause_agreement(directive: Directive, name: str, others: Sequence[Directive] = ()) -> float:
    """The same of one kind of clause.

    Of a habit it is the mean of a beta distribution: the rate of all authors, and then what this one did on `others`
    (the rule of succession; Gelman et al., Bayesian Data Analysis, 2.1).
    """
    where_none, where_one = CLAUSES[name]
    if _has(directive, name) or name not in HABITS:
        return where_one if _has(directive, name) else where_none
    without = sum(not _has(other, name) for other in others)
    return (_USUAL * where_none + without) / (_USUAL + len(others))


def _has(directive: Directive, name: str) -> bool:
    return any(clause.name == name for clause in directive.clauses)
