"""Loops that may run as one: the perfect rectangular nest below a loop, every loop of it independent.

`collapse(n)` lets any two iterations of the n loops together run at once (OpenMP 5.2, 4.4.3).  A dependence between
(i, j) and (i', j') has i ≠ i', which the verdict on the outer loop rules out, or i = i' and j ≠ j', which the verdict
on the inner one does: direction vectors (<, *) and (=, <) (Allen & Kennedy, Optimizing Compilers for Modern
Architectures, 2.2).  Bounds of inner loops are the same throughout (OpenMP 4.5, 2.7.1; 5.2, 4.4.1).
"""

from __future__ import annotations

from collections.abc import Mapping

from hpcls.analysis.forms import Forms
from hpcls.analysis.verdict import Outcome, Role, Scalar, Verdict
from hpcls.suggest.legality import Site, why_not_associated
from hpcls.syntax import expressions
from hpcls.syntax.expressions import Expression
from hpcls.syntax.loops import Induction
from hpcls.syntax.statements import Loop

_CLASSES = (Role.PRIVATE, Role.FIRSTPRIVATE, Role.LASTPRIVATE, Role.REDUCTION)


def collapsible(site: Site, sites: Mapping[Loop, Site]) -> tuple[tuple[Site, ...], str | None]:
    """The loop and those below it that `collapse` may take with it, outermost first, and why not one more: None where
    the innermost loop of the nest is reached."""
    nest = [site]
    while True:
        inner = nest[-1].verdict.loop.only_child
        below = sites.get(inner) if inner else None
        if below is None:
            return tuple(nest), None
        reason = _why_not_with(nest, below)
        if reason:
            return tuple(nest), reason
        nest.append(below)


def _why_not_with(nest: list[Site], inner: Site) -> str | None:
    """Why `inner` cannot be collapsed with the loops around it; None if it can."""
    line = inner.source.line(inner.verdict.loop.statement.start)
    if inner.verdict.outcome is not Outcome.INDEPENDENT:
        return f"the iterations of the loop at line {line} are not shown to be independent of each other"
    if why_not_associated(inner):
        return f"the loop at line {line} is not in OpenMP's canonical form"
    if not _is_rectangular(nest[0], inner):
        return f"the bounds of the loop at line {line} are not fixed before the nest starts"
    counters = {_counter(one) for one in (*nest, inner)}
    if any(s.role is Role.LASTPRIVATE and (s.name, _key(inner, s)) in counters for s in nest[0].verdict.scalars):
        return f"a counter of the nest at line {line} is read after it"
    if _classes(nest[0], counters) != _classes(inner, counters):
        return f"a variable has another class in the loop at line {line}"
    return None


def _is_rectangular(outer: Site, inner: Site) -> bool:
    induction = inner.induction
    if induction is None:
        return False
    forms = Forms(outer.model, outer.verdict.loop.statement)
    return all(forms.is_invariant(part) and _may_be_early(part) for part in _ends(induction))


def _ends(induction: Induction) -> tuple[Expression, ...]:
    step = induction.step_expression
    return (induction.lower, induction.upper, *((step,) if step else ()))


def _may_be_early(bound: Expression) -> bool:
    """Whether the bound may be evaluated though the outer loop never runs: no pointer is followed, nothing divided."""
    return not any(
        isinstance(part, (expressions.Subscript, expressions.Dereference, expressions.Call))
        or (isinstance(part, expressions.Member) and part.arrow)
        or (isinstance(part, expressions.Binary) and part.operator in ("/", "%"))
        for part in expressions.walk(bound)
    )


def _counter(site: Site) -> tuple[str, str]:
    induction = site.induction
    return (induction.variable, site.variables.key(induction.variable, induction.offset)) if induction else ("", "")


def _key(site: Site, scalar: Scalar) -> str:
    return site.variables.key(scalar.name, scalar.offset)


def _classes(site: Site, counters: set[tuple[str, str]]) -> frozenset[tuple[str, Role, str | None, str]]:
    """The variables that a clause has to name, the counters of the nest apart."""
    listed = [(_key(site, s), s) for s in site.verdict.scalars if s.needs_clause and s.role in _CLASSES]
    return frozenset((key, s.role, s.operator, s.section) for key, s in listed if (s.name, key) not in counters)


def counters_inside(nest: tuple[Site, ...]) -> frozenset[str]:
    """The counters of all loops of the nest but the first: OpenMP makes them private by itself (5.2, 5.1.1)."""
    return frozenset(_counter(site)[0] for site in nest[1:])


def assumptions_of(nest: tuple[Site, ...]) -> tuple[str, ...]:
    """What has to hold for every loop of the nest."""
    verdicts: list[Verdict] = [site.verdict for site in nest]
    return tuple(dict.fromkeys(text for verdict in verdicts for text in verdict.assumptions))
