"""Variables that a loop reads by their names, and writes through a pointer that is visibly given their address."""

from __future__ import annotations

from collections.abc import Iterator

from hpcls.analysis.accesses import Access
from hpcls.analysis.initial_values import initial_addresses
from hpcls.analysis.model import UnitModel
from hpcls.analysis.variables import spelling
from hpcls.analysis.verdict import Finding
from hpcls.syntax.expressions import AddressOf, Binary, Cast, Conditional, Expression, Items, Name
from hpcls.syntax.loops import LoopFacts


def written_behind_pointers(model: UnitModel, loop: LoopFacts) -> Iterator[Finding]:
    """A finding for each pointer through which the loop may write what it names elsewhere."""
    led = model.once(written_behind_pointers, lambda: _all_pointed_at(model))
    if not led:
        return
    events = (sited.event for sited in model.in_memory(loop.statement))
    written = {one.place.key: one for one in events if isinstance(one, Access) and one.is_write}
    for key, write in written.items():
        for variable in led.get(key, ()):
            if any(_may_be(write, one) for one in _named(model, loop, variable)):
                what = f"{spelling(key)} may lead to {spelling(variable)}, which the loop uses by its name"
                yield Finding(write.offset, what, False)


def _all_pointed_at(model: UnitModel) -> dict[str, tuple[str, ...]]:
    """For each variable through which the unit writes, those whose address it is given, where there are some."""
    events = (sited.event for sited in model.sites)
    keys = {one.place.key for one in events if isinstance(one, Access) and one.is_write and "[" in one.place.path}
    return {key: found for key in keys if (found := tuple(_pointed_at(model, key)))}


def _named(model: UnitModel, loop: LoopFacts, key: str) -> Iterator[Access]:
    sites = (*model.control(loop.statement), *model.touching(loop.statement, key))
    found = (sited.event for sited in sites if isinstance(sited.event, Access))
    return (one for one in found if one.place.key == key and "[" not in one.place.path)


def _may_be(write: Access, named: Access) -> bool:
    """Whether what is written behind the pointer may be the variable, or the field of it, that is named."""
    behind, path = write.place.path.removeprefix("[]"), named.place.path
    return behind.startswith(path) or path.startswith(behind)


def _pointed_at(model: UnitModel, key: str) -> Iterator[str]:
    """The variables, no arrays, whose address the pointer `key`, or one in it, is given."""
    seen: set[str] = set()
    pending = [key]
    while pending:
        current = pending.pop()
        if current in seen:
            continue
        seen.add(current)
        for value in _given(model, current):
            for name, is_address in _addresses(value):
                found = model.variables.key(name.name, name.start)
                if not is_address:
                    pending.append(found)
                elif (symbol := model.variables.symbol(found)) and not (symbol.dimensions or symbol.pointers):
                    yield found


def _given(model: UnitModel, key: str) -> Iterator[Expression]:
    definitions = model.definitions
    yield from (one.value for one in definitions.of(key) if one.value is not None)
    yield from (one.value for one in definitions.stored.get(key, ()))
    yield from definitions.copied.get(key, ())
    yield from initial_addresses(model.variables, definitions, key)


def _addresses(value: Expression) -> Iterator[tuple[Name, bool]]:
    """The variables that `value` is the address of, or is near to the value of, and which of the two."""
    pending = [value]
    while pending:
        match pending.pop():
            case AddressOf(operand=Name() as name):
                yield name, True
            case Name() as name:
                yield name, False
            case Cast(operand=inner):
                pending.append(inner)
            case Binary(operator="+" | "-", left=left, right=right) | Conditional(yes=left, no=right):
                pending += [left, right]
            case Items(items=items):
                pending += items
            case _:
                pass
