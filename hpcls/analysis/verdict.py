"""The verdict on a loop.  It starts as unknown; only a complete argument makes it independent, only a shown
loop-carried dependence makes it dependent.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property

from hpcls.syntax.loops import LoopFacts
from hpcls.syntax.record import record


class Outcome(StrEnum):
    """What is known of a loop's iterations."""

    INDEPENDENT = "independent"
    """With the classes given, they may run in any order."""
    DEPENDENT = "dependent"
    """A loop-carried dependence is shown."""
    UNKNOWN = "unknown"
    """Neither could be shown."""


class Role(StrEnum):
    """What a scalar is to one loop (OpenMP 5.2, 5.4, data-sharing attribute clauses)."""

    INDUCTION = "induction"
    """It counts the loop."""
    LOCAL = "local"
    """Declared in the body: every iteration has its own."""
    SHARED = "shared"
    """Only read."""
    PRIVATE = "private"
    """Written before it is read in every iteration, not read afterwards."""
    FIRSTPRIVATE = "firstprivate"
    """As private, but read before the loop's own writes reach it: starts from the value before the loop."""
    LASTPRIVATE = "lastprivate"
    """As private, and the last iteration's value is read after the loop."""
    REDUCTION = "reduction"
    """Accumulated by one associative operator."""
    CARRIED = "carried"
    """A value may flow from one iteration to another."""


@record
class Finding:
    """A place and what was found there; `dependence` tells a shown dependence from something not understood."""

    offset: int
    message: str
    dependence: bool
    remedy: str | None = None
    callee: str | None = None
    """The function of which nothing is known, where that is all that was found."""
    distance: int | None = None
    """How many iterations lie between the two accesses, of a dependence that is always so long."""


@record
class Scalar:
    """One scalar of a loop."""

    name: str
    role: Role
    offset: int
    """The access that decided."""
    reason: str
    operator: str | None = None
    """Of a reduction."""
    needs_clause: bool = False
    """It is declared outside the loop, so that a clause has to say the role."""
    declared: bool = True
    """Its declaration is in view."""
    sets_flag: bool = False
    """A reduction that only sets one truth value: authors often leave that race, since every write is the same."""
    section: str = ""
    """Of an array whose elements are accumulated: the part that a clause names, such as `[:n]` (OpenMP 5.2, 3.2.5)."""


@dataclass(frozen=True)
class Verdict:
    """One loop and what is known of it."""

    loop: LoopFacts
    outcome: Outcome
    scalars: tuple[Scalar, ...]
    findings: tuple[Finding, ...]
    """What stands against independence; empty for an independent loop."""
    assumptions: tuple[str, ...]

    @property
    def undecided(self) -> Verdict:
        """The same, with nothing shown."""
        findings = tuple(replace(one, dependence=False) for one in self.findings)
        return replace(self, outcome=Outcome.UNKNOWN, findings=findings)

    @property
    def undecided_calls(self) -> tuple[str, ...]:
        """The functions of which nothing is known, where they are all that stands against independence."""
        callees = [finding.callee for finding in self.findings]
        named = tuple(dict.fromkeys(callee for callee in callees if callee))
        return named if self.outcome is Outcome.UNKNOWN and None not in callees else ()

    @cached_property
    def _listed(self) -> tuple[Scalar, ...]:
        """The scalars that a clause has to name: hardly ever more than a few."""
        return tuple(scalar for scalar in self.scalars if scalar.needs_clause)

    def names(self, role: Role) -> tuple[str, ...]:
        """The scalars of `role` that a clause has to name, in source order."""
        return tuple(dict.fromkeys(s.name for s in self._listed if s.role is role))

    @property
    def reductions(self) -> tuple[tuple[str, str], ...]:
        """(operator, variable or array section) of every reduction that a clause has to name."""
        found = (s for s in self._listed if s.role is Role.REDUCTION)
        return tuple((scalar.operator or "+", scalar.name + scalar.section) for scalar in found)
