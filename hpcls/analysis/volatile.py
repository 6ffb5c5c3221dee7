"""Accesses of volatile memory: each is a side effect, whose order is the program's (C17 5.1.2.3, 6.7.3)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from hpcls.analysis.accesses import Access
from hpcls.analysis.model import UnitModel
from hpcls.analysis.places import Place
from hpcls.analysis.variables import Variables, spelling
from hpcls.analysis.verdict import Finding
from hpcls.syntax.declarations import Symbol
from hpcls.syntax.expressions import Cast
from hpcls.syntax.loops import LoopFacts
from hpcls.syntax.statements import Statement

_FIELD = re.compile(r"\.(\w+)")
_WORD = re.compile(r"\bvolatile\b")


def volatile_accesses(model: UnitModel, loop: LoopFacts) -> Iterator[Finding]:
    """A finding for each name, of what the iterations share, that stands for volatile memory."""
    start, end = loop.statement.start, loop.statement.end
    found: dict[str, Finding] = {}
    is_asked = model.variables.meanings.has_volatile
    sites = (*model.control(loop.statement), *model.inside(loop.statement)) if is_asked else ()
    for sited in sites:
        event = sited.event
        if not isinstance(event, Access) or model.variables.is_declared_in(event.place.key, start, end):
            continue
        name = volatile_name(model.variables, event.place)
        if name:
            found.setdefault(name, Finding(event.offset, f"{name} is volatile", False))
    yield from found.values()
    for offset in model.found_in(loop.statement.body, _casts) if model.variables.meanings.names_volatile else ():
        yield Finding(offset, "a cast makes memory volatile", False)


def volatile_name(variables: Variables, place: Place) -> str | None:
    """The name on the way to `place` that is declared as volatile; None if there is none."""
    if not variables.meanings.has_volatile:
        return None
    symbol = variables.symbol(place.key)
    if symbol is not None and _is_volatile(variables, symbol):
        return spelling(place.key)
    fields = (field for field in _FIELD.findall(place.path) if field in variables.fields)
    return next((one for one in fields if any(_is_volatile(variables, each) for each in variables.fields[one])), None)


def _is_volatile(variables: Variables, symbol: Symbol) -> bool:
    """Whether it is declared so, or by the name in view of a type that is."""
    alias = variables.alias(symbol)
    return "volatile" in symbol.storage or (alias is not None and "volatile" in alias.storage)


def _casts(model: UnitModel, statement: Statement) -> Iterator[int]:
    for part in model.expressions_in(statement):
        if isinstance(part, Cast) and _WORD.search(part.type_text):
            yield part.start
