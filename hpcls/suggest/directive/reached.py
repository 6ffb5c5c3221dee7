"""Whether all threads of a parallel region get to a loop, and equally often (OpenMP 5.2, 11: each worksharing region
is encountered by all threads of the team or by none, and in the same order).

So it is where nothing stands between them but braces, and counted loops and conditions that read nothing but numbers
which are the same for all threads and stay as they are in the region.
"""

from __future__ import annotations

from collections.abc import Iterator, Set

from hpcls.analysis.handed import handed_on, may_hand_on
from hpcls.suggest.directive.own import is_own, is_waited_for
from hpcls.suggest.legality import Site
from hpcls.suggest.regions import Region
from hpcls.syntax import expressions
from hpcls.syntax.expressions import Binary, Cast, Expression, Literal, Name, Unary
from hpcls.syntax.loops import Induction, induction_of
from hpcls.syntax.statements import Block, If, Jump, Loop, Statement, expressions_of, parts, walk


def common_counters(site: Site, region: Region) -> frozenset[str] | None:
    """The counters of the loops between `region` and the loop, equal in all threads when they get there; None where
    not every thread need get there."""
    counters = set[str]()
    for statement in _between(site, region):
        match statement:
            case Block():
                continue
            case If(initial=None, test=test) if _is_common(site, region, test, counters):
                continue
            case Loop() if (counter := _common_counter(site, region, statement, counters)) is not None:
                counters.add(counter)
            case _:
                return None
    return frozenset(counters)


def unsettled(site: Site, region: Region, mine: Set[str]) -> str | None:
    """A shared variable that the loop uses, `mine` apart, and that some thread may still set when another begins with
    the loop: it may be another value for each, such as the thread's number."""
    loop = site.verdict.loop.statement
    wholes = (whole for one in walk(loop) for whole in expressions_of(one))
    names = (part for whole in wholes for part in expressions.walk(whole) if isinstance(part, Name))
    for name in names:
        key = site.variables.key(name.name, name.start)
        given = [one.offset for one in site.model.definitions.of(key) if region.start <= one.offset < region.end]
        outside = [at for at in given if not loop.start <= at < loop.end]
        may_change = not all(is_waited_for(site, at) for at in outside) or key in _handed_on(site, region)
        if may_change and name.name not in mine and not is_own(site, region, name):
            return name.name
    return None


def _between(site: Site, region: Region) -> Iterator[Statement]:
    """The statements of the region around the loop, outermost first."""
    loop: Statement = site.verdict.loop.statement
    statement: Statement = site.model.unit.body
    while statement is not loop:
        if region.start <= statement.start:
            yield statement
        statement = next(part for part in parts(statement) if part.start <= loop.start and loop.end <= part.end)


def _common_counter(site: Site, region: Region, loop: Loop, counters: set[str]) -> str | None:
    """The counter of a loop that all threads run through alike."""
    induction = induction_of(loop)
    if induction is None or any(isinstance(part, Jump) for part in walk(loop.body)):
        return None
    key = site.variables.key(induction.variable, induction.offset)
    is_each_ones = is_own(site, region, Name(induction.offset, induction.offset, induction.variable))
    is_common = all(_is_common(site, region, end, counters) for end in _ends(induction))
    changed = [one for one in site.model.definitions.inside(key, loop) if one.header is not loop]
    return key if is_each_ones and is_common and not changed else None


def _ends(induction: Induction) -> list[Expression]:
    step = induction.step_expression
    return [induction.lower, induction.upper, *([step] if step else [])]


def _is_common(site: Site, region: Region, value: Expression, counters: set[str]) -> bool:
    """Whether all threads find the same: it is made of constants, `counters`, and shared numbers that stay."""
    plain = (Name, Literal, Unary, Binary, Cast)
    listed = [*expressions.walk(value)]
    names = (part for part in listed if isinstance(part, Name))
    return all(isinstance(part, plain) for part in listed) and all(
        site.variables.key(one.name, one.start) in counters or _stays(site, region, one) for one in names
    )


def _stays(site: Site, region: Region, name: Name) -> bool:
    key = site.variables.key(name.name, name.start)
    definitions = site.model.definitions
    given = any(region.start <= one.offset < region.end for one in definitions.of(key))
    may_change = given or key in definitions.escaped or key in _handed_on(site, region)
    return not may_change and not is_own(site, region, name)


def _handed_on(site: Site, region: Region) -> frozenset[str]:
    """The variables that something in the region may give another value."""
    inside = (one for one in walk(site.model.unit.body) if region.start <= one.start < region.end)
    wholes = (whole for one in inside for whole in expressions_of(one))
    parts = (part for whole in wholes for part in expressions.walk(whole) if may_hand_on(part))
    return frozenset(key for part in parts for key in handed_on(part, site.variables))
