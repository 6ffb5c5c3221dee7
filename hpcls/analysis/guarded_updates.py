"""Updates that the program itself makes one at a time, under `#pragma omp atomic` or `critical` (OpenMP 5.2, 15.8.4
and 15.2), of variables that the loop does nothing else with: their order is all that is left open.

What else stands under `critical` is looked at as if it did not: where no iteration needs it of another, the order is
left open there, too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass

from hpcls.analysis.accesses import Access
from hpcls.analysis.forms import Forms
from hpcls.analysis.model import Sited, UnitModel
from hpcls.analysis.openmp.constructs import without_guards
from hpcls.analysis.reduced_numbers import cut, misfit
from hpcls.analysis.reductions import Accumulation, Update, accumulation, update_of
from hpcls.analysis.types import is_integer
from hpcls.analysis.variables import spelling
from hpcls.syntax.expressions import Expression, names_in
from hpcls.syntax.openmp_text import plain
from hpcls.syntax.statements import Block, Evaluate, Pragma, Statement

_GUARD = re.compile(
    r"#\s*pragma\s+omp\s+(?:(atomic)(?:\s+(?:update|seq_cst|relaxed|acq_rel|release))*|(critical\s*(?:\(\s*\w+\s*\))?))\s*"
)
_ATOMIC = frozenset("+ * & | ^".split())
_Made = Accumulation | Update
_Kept = tuple[str, _Made]
"""A guard and an update behind it."""


@dataclass(frozen=True)
class GuardedUpdates:
    """Those of one loop."""

    keys: frozenset[str]
    """The variables, or those that lead to the memory, that are updated so."""
    starts: frozenset[int]
    """Where the guarded statements start of which there is nothing more to say."""
    assumptions: tuple[str, ...]


_NONE = GuardedUpdates(frozenset(), frozenset(), ())


@dataclass(frozen=True, eq=False)
class _Guarded:
    guard: str
    statement: Statement
    updates: tuple[_Made, ...]


def guarded_updates(model: UnitModel, forms: Forms) -> GuardedUpdates:
    """The updates in the iterations of `forms.loop` that need no more than their guards."""
    if not model.synchronised:
        return _NONE
    # beside `cancel`, `ordered` and the like there is more to say
    found = () if model.found_in(forms.loop.body, _others) else model.found_in(forms.loop.body, _guarded)
    written = {one: _written(model, forms, one) for one in found}
    by_key: dict[str, list[_Kept]] = {}
    for one, keys in written.items():
        for key, made in zip(keys, one.updates, strict=False):
            by_key.setdefault(key, []).append((one.guard, made))
    safe = {key for key, kept in by_key.items() if _is_safe(model, forms, key, kept)}
    settled = [one for one, keys in written.items() if _is_settled(model, forms, one, safe, keys)]
    keys = dict.fromkeys(key for one in settled for key in written[one] if key in safe)
    return GuardedUpdates(
        frozenset(keys),
        frozenset(one.statement.start for one in settled),
        tuple(text for key in keys for text in _assumed(model, key, by_key[key])),
    )


def _guarded(_: UnitModel, block: Statement) -> Iterator[_Guarded]:
    guard: str | None = None
    for part in without_guards(block) if isinstance(block, Block) else ():
        if guard and not isinstance(part, Pragma):
            yield _Guarded(guard, part, tuple(_updates(part, guard)))
        match = _GUARD.fullmatch(plain(part.text)) if isinstance(part, Pragma) else None
        guard = "".join((match[1] or match[2]).split()) if match else None


def _others(_: UnitModel, statement: Statement) -> Iterator[int]:
    """Directives that are no such guards."""
    if isinstance(statement, Pragma) and statement.is_openmp and not _GUARD.fullmatch(plain(statement.text)):
        yield statement.start


def _updates(statement: Statement, guard: str) -> Iterator[_Made]:
    """Those in `statement`."""
    made = _update(statement)
    if made and (guard != "atomic" or made.operator in _ATOMIC):
        yield made
    elif guard != "atomic":
        for part in statement.parts:
            yield from _updates(part, guard)


def _update(part: Statement) -> _Made | None:
    return accumulation(part) or (update_of(part.expression) if isinstance(part, Evaluate) else None)


def _written(model: UnitModel, forms: Forms, guarded: _Guarded) -> tuple[str, ...]:
    """What each of the updates updates; nothing where one of them writes anything else too."""
    keys: list[str] = []
    for made in guarded.updates:
        mine = {access.place.key for access in _writes(model, forms, made.start, made.end)}
        if len(mine) != 1 or not _names(made).isdisjoint(map(spelling, mine)):
            return ()
        keys += mine
    return tuple(keys)


def _writes(model: UnitModel, forms: Forms, start: int, end: int) -> Iterator[Access]:
    events = (sited.event for sited in model.inside(forms.loop))
    return (one for one in events if isinstance(one, Access) and one.is_write and start <= one.offset < end)


def _is_settled(model: UnitModel, forms: Forms, guarded: _Guarded, safe: Set[str], keys: tuple[str, ...]) -> bool:
    """Whether the order of the guarded statement is open: all that it does is to update what is `safe`, or is known of
    each iteration by itself."""
    if guarded.guard == "atomic" or len(keys) < len(guarded.updates):
        return bool(keys) and safe >= set(keys)
    writes = _writes(model, forms, guarded.statement.start, guarded.statement.end)
    return all(one.place.key in safe or _is_looked_at(model, forms, one) for one in writes)


def _is_looked_at(model: UnitModel, forms: Forms, access: Access) -> bool:
    """Whether an access is as good as one without a guard to the analysis: to elements, or to a variable that the loop
    uses elsewhere, too, or declares."""
    key, loop = access.place.key, forms.loop
    if "[" in access.place.path or model.variables.is_declared_in(key.partition(".")[0], loop.start, loop.end):
        return True
    mine = [one.event for one in _accesses(model, forms, key)]
    return not all(isinstance(one, Access) and model.is_synchronised(one, loop) for one in mine)


def _names(made: _Made) -> frozenset[str]:
    """The names in what is accumulated, and in the subscripts of where."""
    if isinstance(made, Accumulation):
        return frozenset()  # told apart from the variable when it was found
    asked: list[Expression] = [*made.subscripts, *((made.value,) if made.value else ())]
    return frozenset[str]().union(*map(names_in, asked))


def _is_safe(model: UnitModel, forms: Forms, key: str, kept: Sequence[_Kept]) -> bool:
    """Whether one guard keeps all accesses in the loop apart, which all accumulate by one operator."""
    updates = [made for _, made in kept]
    ways = {(guard, made.operator) for guard, made in kept}
    return (
        len(ways) == 1
        and not model.variables.is_declared_in(key, forms.loop.start, forms.loop.end)
        and all(_is_update(model, sited, updates) for sited in _accesses(model, forms, key))
        and _is_number(model, forms, key, updates)
    )


def _accesses(model: UnitModel, forms: Forms, key: str) -> Iterator[Sited]:
    for sited in (*model.control(forms.loop), *model.inside(forms.loop)):
        if isinstance(sited.event, Access) and sited.event.place.key == key:
            yield sited


def _is_update(model: UnitModel, sited: Sited, updates: Sequence[_Made]) -> bool:
    access = sited.event
    is_plain = isinstance(access, Access) and not access.by_address and model.is_by_name(access)
    return is_plain and any(one.start <= access.offset < one.end for one in updates)


def _is_number(model: UnitModel, forms: Forms, key: str, updates: Sequence[_Made]) -> bool:
    """Whether what is updated is a number, and another order of the updates leaves as good a one."""
    symbol = model.variables.symbol(key)
    scalars = [one for one in updates if isinstance(one, Accumulation)]
    if scalars:
        is_number = model.variables.is_arithmetic(key) is not False and len(scalars) == len(updates)
        return is_number and not (symbol and misfit(model, symbol, scalars[0].operator, scalars))
    values = [one.value for one in updates]
    return not forms.varies(key) and not (symbol and cut(model, symbol, updates[0].operator, values))


def _assumed(model: UnitModel, key: str, kept: Sequence[_Kept]) -> Iterator[str]:
    is_whole = is_integer(model.variables, model.variables.symbol(key))
    if not is_whole and any(made.operator in ("+", "*") for _, made in kept):
        yield f"the order in which {spelling(key)} is accumulated may change (rounding)"
