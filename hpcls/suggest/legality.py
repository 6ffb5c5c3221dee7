"""Whether a worksharing directive may stand on a loop: small checks, each a sentence when it fails.

Canonical loop nest form: OpenMP 4.5, 2.6; OpenMP 5.2, 4.4.1.  Clauses name variables: OpenMP 5.2, 5.4.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from hpcls.analysis.forms import Forms
from hpcls.analysis.model import UnitModel
from hpcls.analysis.ranges import is_counted_by_iterator
from hpcls.analysis.types import FLOATING, is_floating
from hpcls.analysis.variables import Variables
from hpcls.analysis.verdict import Outcome, Role, Verdict
from hpcls.suggest.effectless import changes_nothing
from hpcls.suggest.regions import Regions
from hpcls.syntax import expressions
from hpcls.syntax.declarations import Symbol
from hpcls.syntax.expressions import Name
from hpcls.syntax.loops import Induction
from hpcls.syntax.qualified import space_around
from hpcls.syntax.source import Source
from hpcls.syntax.statements import expressions_of, walk
from hpcls.syntax.unbraced import is_unread

_DEVICE_FUNCTION = re.compile(r"\b(?:__global__|__device__|__kernel|kernel\s+void)\b")
_COMMENT = re.compile(r"/\*.*?(?:\*/|$)|//[^\n]*", re.DOTALL)
_COUNTER_TYPE = re.compile(r"auto|int|size|index|_t$|_type|ordinal|long|unsigned|^[A-Z]\w?$", re.IGNORECASE)
_GUARDS = frozenset(("atomic", "critical"))
"""Directives that stand inside of a worksharing loop as they stand elsewhere (OpenMP 5.2, 15.2 and 15.8.4)."""
_LISTED = (Role.PRIVATE, Role.FIRSTPRIVATE, Role.LASTPRIVATE, Role.REDUCTION)


@dataclass(frozen=True)
class Site:
    """A loop with what surrounds it."""

    source: Source
    verdict: Verdict
    model: UnitModel
    regions: Regions
    openmp_version: tuple[int, int]

    @property
    def induction(self) -> Induction | None:
        """The loop's counter."""
        return self.verdict.loop.induction

    @property
    def variables(self) -> Variables:
        """The file's variables."""
        return self.model.variables


def why_not(site: Site) -> str | None:
    """The first reason why no directive may be put on the loop, whatever stands around it; None if one may."""
    return next((reason for check in _CHECKS if (reason := check(site))), None)


def why_not_associated(site: Site) -> str | None:
    """The first reason why a loop may not be collapsed with the one around it, as far as its own text goes; None if it
    may."""
    return next((reason for check in _CHECKS_OF_EACH_LOOP if (reason := check(site))), None)


def _has_a_directive(site: Site) -> str | None:
    region = site.regions.on(site.verdict.loop.statement.start)
    return "it has a directive already" if region else None


def _is_governed_by_another_pragma(site: Site) -> str | None:
    pragma = site.verdict.loop.pragma
    return f"`{pragma.text.strip()}` governs it" if pragma else None


def _is_run_by_a_team(site: Site) -> str | None:
    body = site.verdict.loop.unit.body
    found = site.regions.orphaned(body.start, body.end)
    if found is None or _is_in_main(site):
        return None
    return f"a team of threads runs this function already, as `omp {found.directive.name}` of line {found.line} shows"


def _is_in_main(site: Site) -> bool:
    """Whether the function is the program's own, which one thread runs (C17 5.1.2.2.1, C++20 [basic.start.main])."""
    unit = site.verdict.loop.unit
    node = site.source.tree.root_node.descendant_for_byte_range(unit.body.start, unit.body.end)
    return unit.name == "main" and not unit.is_broken and node is not None and not space_around(node)


def _holds_a_region(site: Site) -> str | None:
    loop = site.verdict.loop.statement
    # what they guard is part of the verdict
    guards = _GUARDS if site.verdict.outcome is Outcome.INDEPENDENT else frozenset[str]()
    region = site.regions.inside(loop.start, loop.end, guards)
    return f"a directive stands in it, at line {region.directive.line}" if region else None


def _could_not_be_read(site: Site) -> str | None:
    loop = site.verdict.loop.statement
    if site.verdict.loop.unit.is_broken:
        return "the text around it could not be read as code"
    node = site.source.tree.root_node.descendant_for_byte_range(loop.start, loop.end)
    return "text in it could not be read as code" if node is None or is_unread(node) else None


def _is_device_code(site: Site) -> str | None:
    start = site.verdict.loop.unit.body.start
    header = re.split(r"[;}]", site.source.slice(max(0, start - 400), start))[-1]
    is_device = _DEVICE_FUNCTION.search(_COMMENT.sub("", header))
    return "it is code of an accelerator kernel" if is_device else None


def _is_constant_code(site: Site) -> str | None:
    start = site.verdict.loop.unit.body.start
    header = re.split(r"[;}]", site.source.slice(max(0, start - 400), start))[-1]
    return "it may run at compile time" if re.search(r"\bconst(?:expr|eval)\b", header) else None


def _is_spliced(site: Site) -> str | None:
    line = site.source.line(site.verdict.loop.statement.start)
    return "the line above goes on with a backslash" if site.source.goes_on(line - 1) else None


def _is_not_canonical(site: Site) -> str | None:
    induction = site.induction
    if induction is None:
        return "OpenMP needs a for loop that counts one variable by a fixed step up to a fixed bound"
    if site.verdict.loop.statement.form == "range-for" and site.openmp_version < (5, 0):
        return "range-based loops can be parallelised from OpenMP 5.0 on; write it with an index"
    if induction.relation == "!=" and (site.openmp_version < (5, 0) or induction.step not in (1, -1)):
        return "`!=` in the loop's test needs OpenMP 5.0 and a step of 1"
    if induction.step == 0 or not _moves_towards_its_bound(induction):
        return "its step leads away from its bound"
    return None


def _moves_towards_its_bound(induction: Induction) -> bool:
    if induction.step is None or induction.relation == "!=":
        return True
    return (induction.step > 0) == (induction.relation in ("<", "<="))


def _is_bounded_by_no_integer(site: Site) -> str | None:
    induction = site.induction
    if induction is None or is_counted_by_iterator(site.model, site.verdict.loop.statement):
        return None
    parts = [induction.lower, induction.upper, *([induction.step_expression] if induction.step_expression else [])]
    return "its bounds are floating-point numbers" if any(is_floating(site.variables, part) for part in parts) else None


def _counts_no_integer(site: Site) -> str | None:
    induction = site.induction
    if induction is None:
        return None
    symbol = site.variables.symbol(site.variables.key(induction.variable, induction.offset))
    if symbol is None:
        return None if site.model.unit.is_fragment else f"the declaration of {induction.variable} is not in view"
    if symbol.kind not in ("variable", "parameter") or symbol.reference or symbol.dimensions:
        return f"{induction.variable} is no variable that OpenMP can make private"
    if is_counted_by_iterator(site.model, site.verdict.loop.statement):
        return None
    is_class = symbol.type_text.rpartition("::")[2] in site.variables.meanings.classes
    if symbol.pointers == 0 and (is_class or FLOATING.search(symbol.type_text) or "iterator" in symbol.type_text):
        return f"{induction.variable} counts, but is no integer and no pointer"
    key = site.variables.key(induction.variable, induction.offset)
    unknown = site.source.language == "cpp" and not symbol.pointers and site.variables.is_arithmetic(key) is None
    if unknown and not _COUNTER_TYPE.search(symbol.type_text):
        return f"{induction.variable} counts, but {symbol.type_text} is not known to be an integer"
    return None


def _changes_nothing(site: Site) -> str | None:
    reason = "it changes nothing: what it computes or checks is seen nowhere after it"
    return reason if changes_nothing(site.model, site.verdict) else None


def _runs_once(site: Site) -> str | None:
    loop = site.verdict.loop.statement
    bounds = Forms(site.model, loop).bounds(loop, (loop,))
    trips = bounds.trip_count if bounds else None
    return "it runs at most once: there is nothing to share out" if trips is not None and trips < 2 else None


def _is_switched_off(site: Site) -> str | None:
    loop = site.verdict.loop.statement
    node = site.source.tree.root_node.descendant_for_byte_range(loop.start, loop.end)
    while node is not None and node.parent is not None:
        outer = node.parent
        condition = outer.child_by_field_name("condition") if outer.type == "preproc_if" else None
        if condition is not None and condition.text == b"0" and outer.child_by_field_name("alternative") != node:
            return "`#if 0` leaves it out"
        node = outer
    return None


def _has_unlistable_names(site: Site) -> str | None:
    for scalar in site.verdict.scalars:
        if not scalar.needs_clause or scalar.role not in _LISTED:
            continue
        if not scalar.declared:
            if not site.model.unit.is_fragment:
                return f"{scalar.name} needs a {scalar.role} clause, but its declaration is not in view"
            continue
        symbol = site.variables.symbol(site.variables.key(scalar.name, scalar.offset))
        if symbol is None or symbol.kind not in ("variable", "parameter"):
            return f"{scalar.name} needs a {scalar.role} clause, which only a variable can have"
        if not symbol.dimensions and scalar.role is not Role.REDUCTION and _is_object(site, scalar.name, scalar.offset):
            return f"{scalar.name} is an object; declare it inside the loop instead"
    return None


def _uses_a_binding(site: Site) -> str | None:
    """No version of OpenMP says what a directive does with a structured binding that stands in front of it, and clang
    takes none."""
    if site.source.language == "c":
        return None
    loop = site.verdict.loop.statement
    parts = (part for one in walk(loop) for whole in expressions_of(one) for part in expressions.walk(whole))
    named = {site.variables.key(one.name, one.start) for one in parts if isinstance(one, Name)}
    found = (
        site.variables.symbol(key) for key in named if not site.variables.is_declared_in(key, loop.start, loop.end)
    )
    names = sorted(symbol.name for symbol in found if symbol and _is_a_binding(site.source, symbol))
    return f"{names[0]} is a structured binding, which not every compiler takes into a directive" if names else None


def _is_a_binding(source: Source, symbol: Symbol) -> bool:
    is_auto = symbol.kind == "variable" and symbol.type_text == "auto"
    node = source.tree.root_node.descendant_for_byte_range(symbol.start, symbol.end) if is_auto else None
    around = node.parent if node else None
    return around is not None and around.type == "structured_binding_declarator"


def _reduces_an_array(site: Site) -> str | None:
    sections = (s.name for s in site.verdict.scalars if s.role is Role.REDUCTION and s.section)
    name = next(sections, None)
    is_new = name is not None and site.openmp_version < (4, 5)
    return f"the reduction of the array {name} needs OpenMP 4.5" if is_new else None


def _is_object(site: Site, name: str, offset: int) -> bool:
    """Whether the variable may be of a class type, which `private` would construct anew."""
    key = site.variables.key(name, offset)
    symbol = site.variables.symbol(key)
    if site.source.language == "c" or (symbol is not None and symbol.pointers):
        return False
    return site.variables.is_arithmetic(key) is not True


def _names_its_elements(site: Site) -> str | None:
    is_ranged = site.verdict.loop.statement.form == "range-for"
    return "a range-based loop is not taken together with others" if is_ranged else None


_CHECKS_OF_EACH_LOOP: tuple[Callable[[Site], str | None], ...] = (
    _has_a_directive,
    _is_governed_by_another_pragma,
    _is_not_canonical,
    _counts_no_integer,
    _is_bounded_by_no_integer,
    _names_its_elements,
)
_CHECKS: tuple[Callable[[Site], str | None], ...] = (
    _has_a_directive,
    _is_run_by_a_team,
    _is_governed_by_another_pragma,
    _holds_a_region,
    _could_not_be_read,
    _is_device_code,
    _is_constant_code,
    _is_spliced,
    _is_not_canonical,
    _counts_no_integer,
    _is_bounded_by_no_integer,
    _runs_once,
    _changes_nothing,
    _has_unlistable_names,
    _uses_a_binding,
    _reduces_an_array,
    _is_switched_off,
)
