"""What a loop on a device needs there and gives back: `map` clauses computed from its accesses (OpenMP 5.2, 5.8.3).

An array goes there whole where its declaration says how large it is, and as a section where every subscript is bounded
by names that stand in front of the loop.  What is written comes back; unless every element of it is written, it goes
there first, too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from hpcls.analysis.accesses import Access
from hpcls.analysis.affine import Polynomial
from hpcls.analysis.flow import is_scalar
from hpcls.analysis.model import Sited
from hpcls.analysis.variables import spelling
from hpcls.analysis.verdict import Role
from hpcls.suggest.directive.choice import Silence
from hpcls.suggest.directive.sections import Sections, Span
from hpcls.suggest.legality import Site
from hpcls.syntax.declarations import Symbol
from hpcls.syntax.openmp_text import Clause
from hpcls.syntax.statements import Jump, walk

_PATH = re.compile(r"((?:\[\])+)(?:\.\w+)*")
_KINDS = ("to", "from", "tofrom")

Touches = list[tuple[Access, Sited]]


def maps_of(site: Site) -> tuple[Clause, ...] | Silence:
    """The `map` clauses of a loop, or the array whose extent cannot be named."""
    if any(isinstance(part, Jump) for part in walk(site.verdict.loop.statement.body)):
        return Silence("a jump in it decides which elements it needs on a device")
    sections = Sections(site.model, site.verdict.loop.statement)
    found: dict[str, list[str]] = {kind: [] for kind in _KINDS}
    for key, touches in _arrays(site).items():
        item = _item(site, key, touches, sections)
        if item is None:
            return Silence(f"how much of {spelling(key)} it needs on a device cannot be named")
        found[_kind(site, key, touches, sections)].append(item)
    return tuple(Clause("map", kind, tuple(items)) for kind, items in found.items() if items)


def _arrays(site: Site) -> dict[str, Touches]:
    """The accesses to memory that is not the loop's own, by variable."""
    loop = site.verdict.loop.statement
    private = set(site.verdict.names(Role.PRIVATE))
    found: dict[str, Touches] = {}
    for sited in (*site.model.control(loop), *site.model.inside(loop)):
        event = sited.event
        if not isinstance(event, Access) or is_scalar(event):
            continue
        symbol = site.variables.symbol(event.place.key)
        own = site.variables.is_declared_in(event.place.key, loop.start, loop.end)
        if spelling(event.place.key) in private:
            continue
        if not (own and symbol is not None and not symbol.pointers):
            found.setdefault(event.place.key, []).append((event, sited))
    return found


def _item(site: Site, key: str, touches: Touches, sections: Sections) -> str | None:
    """The list item for one array; None where its extent cannot be named."""
    symbol = site.variables.symbol(key)
    if symbol is None or not _is_plain(site, key, symbol):
        return None
    depths = {len(match[1]) // 2 for access, _ in touches if (match := _PATH.fullmatch(access.place.path))}
    if any(not _PATH.fullmatch(access.place.path) or not _is_found_there(site, access) for access, _ in touches):
        return None
    if depths == {len(symbol.dimensions)} and not symbol.pointers and symbol.kind == "variable":
        return symbol.name
    extents = symbol.dimensions[1:] if symbol.kind == "parameter" and not symbol.pointers else symbol.dimensions
    levels = symbol.pointers or (symbol.kind == "parameter" and bool(symbol.dimensions))
    if levels != 1 or depths != {1 + len(extents)} or (symbol.pointers and extents and not symbol.leads_to_rows):
        return None
    span = _span(touches, sections)
    text = sections.text(span) if span else None
    return text and symbol.name + text


def _is_plain(site: Site, key: str, symbol: Symbol) -> bool:
    """Whether the variable can be mapped bit by bit: no member, no reference, no object of a class, no array
    of pointers."""
    if symbol.kind not in ("variable", "parameter") or symbol.reference or "volatile" in symbol.storage:
        return False
    if site.variables.meanings.is_thread_local(symbol.name, symbol) or "static" in symbol.storage:
        return False
    if symbol.pointers and symbol.dimensions and not symbol.leads_to_rows:
        return False
    loop = site.verdict.loop.statement
    return not loop.start <= symbol.start < loop.end and site.variables.key(symbol.name, loop.start) == key


def _is_found_there(site: Site, access: Access) -> bool:
    """Whether the text gets to the memory by the variable that is mapped, or by a pointer that the loop itself sets:
    any other pointer holds an address of the host."""
    name = site.model.first_name(access)
    key = site.variables.key(name, access.offset)
    return site.model.is_by_name(access) or site.model.definitions.changes_in(key, site.verdict.loop.statement)


def _span(touches: Touches, sections: Sections) -> Span | None:
    """The first subscripts of all accesses, if each happens wherever the loops run."""
    spans: list[Span] = []
    for access, sited in touches:
        found = sections.span(access.place.subscripts[0], sited)
        if found is None or access.is_conditional or sited.guards or not _reaches_its_ends(sections, sited):
            return None
        spans.append(found)
    return sections.union(spans, touches[0][1])


def _reaches_its_ends(sections: Sections, sited: Sited) -> bool:
    """Whether every counter takes the first and the last value of its range, whatever the others are."""
    bounds = [one for one in sections.bounds(sited) if one is not None]
    counters = {one.variable for one in bounds}
    ends = [end for one in bounds for end in (one.lowest, one.highest)]
    return all(one.step in (1, -1) for one in bounds) and all(end and counters.isdisjoint(end.names) for end in ends)


def _kind(site: Site, key: str, touches: Touches, sections: Sections) -> str:
    if not any(access.is_write for access, _ in touches):
        return "to"
    is_written_only = all(access.is_write for access, _ in touches)
    return "from" if is_written_only and _is_filled(site, key, touches, sections) else "tofrom"


def _is_filled(site: Site, key: str, touches: Touches, sections: Sections) -> bool:
    """Whether one write reaches every element of the section: a single counter steps through it one by one, and no
    other loop around the write may run zero times."""
    symbol = site.variables.symbol(key)
    if symbol is None or symbol.dimensions or len(touches) != 1 or touches[0][0].place.path != "[]":
        return False
    access, sited = touches[0]
    form = sections.form(access.place.subscripts[0], sited)
    bounds = [one for one in sections.bounds(sited) if one is not None]
    counting = [one for one in bounds if form and one.variable in form.names]
    is_reached = all(one in counting or one.trip_count for one in bounds)
    return form is not None and len(counting) == 1 and is_reached and _steps(form, counting[0].variable)


def _steps(form: Polynomial, counter: str) -> bool:
    parts = form.split(counter)
    return parts is not None and parts[0].value in (1, -1)


def reduced(site: Site) -> Iterator[str]:
    """The variables of reductions: before OpenMP 5.0 a target construct leaves their result on the device."""
    if site.openmp_version < (5, 0):
        yield from (name for _, name in site.verdict.reductions)
