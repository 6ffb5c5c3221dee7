"""Local arrays of which every iteration of a loop can have its own copy."""

from __future__ import annotations

from collections.abc import Iterator, Set

from hpcls.analysis.accesses import Access
from hpcls.analysis.coverage import Coverage
from hpcls.analysis.forms import Forms
from hpcls.analysis.model import Sited, UnitModel
from hpcls.analysis.variables import spelling
from hpcls.analysis.verdict import Role, Scalar
from hpcls.syntax.statements import Loop


def private_arrays(model: UnitModel, forms: Forms, clashing: Set[str]) -> dict[str, Scalar]:
    """Those among `clashing` that each iteration fills before it reads them, and that nothing reads afterwards."""
    found: dict[str, Scalar] = {}
    for key in sorted(clashing):
        if not _can_be_private(model, forms, key):
            continue
        mine = [sited for sited in model.touching(forms.loop, key) if _is_of(model, sited, key)]
        if all(_is_by_name(model, sited) for sited in mine):
            reason = "every iteration writes its elements before it reads them"
            found[key] = Scalar(spelling(key), Role.PRIVATE, mine[0].event.offset, reason, needs_clause=True)
    return found


def perhaps_private(model: UnitModel, forms: Forms, clashing: Set[str]) -> frozenset[str]:
    """Those that are, if the functions that they are handed to only read what the iteration has written.

    Arrays of pointers and containers may be among them.
    """
    return frozenset(key for key in clashing if _can_be_private(model, forms, key, trusts_calls=True))


def _can_be_private(model: UnitModel, forms: Forms, key: str, trusts_calls: bool = False) -> bool:
    return (
        _is_local_array(model, forms, key, trusts_calls)
        and Coverage(model, forms, key, trusts_calls).holds()
        and _is_confined(model, forms, key, trusts_calls)
    )


def _is_of(model: UnitModel, sited: Sited, key: str) -> bool:
    event = sited.event
    return isinstance(event, Access) and event.place.key == key and not model.is_base(event)


def _is_local_array(model: UnitModel, forms: Forms, key: str, of_anything: bool) -> bool:
    """Whether it is storage of the function's own, of numbers or `of_anything`, declared outside the loop."""
    symbol, body = model.variables.symbol(key), model.unit.body
    if symbol is not None and of_anything and not (symbol.dimensions or symbol.pointers):
        is_own = symbol.kind == "parameter" or body.start <= symbol.start < body.end
        is_held = not symbol.reference and symbol.storage.isdisjoint(("static", "extern", "volatile"))
        return is_own and is_held and key not in model.definitions.escaped
    return (
        symbol is not None
        and symbol.kind == "variable"
        and bool(symbol.dimensions)
        and (of_anything or not symbol.pointers)
        and symbol.storage.isdisjoint(("static", "extern", "volatile"))
        and body.start <= symbol.start < body.end
        and not forms.loop.start <= symbol.start < forms.loop.end
        and (of_anything or model.variables.elements(key) is True)
        and key not in model.definitions.escaped
    )


def _is_by_name(model: UnitModel, sited: Sited) -> bool:
    event = sited.event
    return isinstance(event, Access) and bool(event.place.path) and model.is_by_name(event)


def _is_confined(model: UnitModel, forms: Forms, key: str, trusts_calls: bool) -> bool:
    """Whether nothing outside of the loop reads what its last iteration left.

    What is read of a container before the loop may be copied in; of an array a pointer may be left.
    """
    symbol = model.variables.symbol(key)
    is_copied = trusts_calls and not (symbol and symbol.dimensions) and model.around(forms.loop) == (forms.loop,)
    after = forms.loop.start if is_copied else model.unit.body.start
    others = dict.fromkeys(_elsewhere(model, forms.loop, key, after))
    return all(_is_own(model, forms.loop, outer, key, trusts_calls) for outer in others)


def _elsewhere(model: UnitModel, loop: Loop, key: str, after: int) -> Iterator[Loop | None]:
    """For each read behind `after` and outside of `loop`, the outermost loop around it that is not around `loop`."""
    around = set(model.around(loop))
    for sited in model.sites:
        event = sited.event
        if not _is_of(model, sited, key) or event.offset < after or loop.start <= event.offset < loop.end:
            continue
        if isinstance(event, Access) and (not event.is_write or event.by_address):
            yield next((one for one in sited.loops if one not in around), None)


def _is_own(model: UnitModel, loop: Loop, outer: Loop | None, key: str, trusts_calls: bool) -> bool:
    """Whether the other loop `outer` fills the array itself before it reads it."""
    return outer is not None and outer is not loop and Coverage(model, Forms(model, outer), key, trusts_calls).holds()
