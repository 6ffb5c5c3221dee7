"""Parameters that are references: `const double &s` may be an element of an array that the loop writes, as after
`scale(v, v[0])`, and is then no number of its own (C++20 [dcl.ref]).
"""

from __future__ import annotations

from collections.abc import Iterator

from hpcls.analysis.accesses import Access
from hpcls.analysis.lifetimes import are_numbers_apart, is_made_here
from hpcls.analysis.memory import is_shared_memory
from hpcls.analysis.model import UnitModel
from hpcls.analysis.naming import do_not_overlap
from hpcls.analysis.variables import spelling
from hpcls.syntax.statements import Loop


def referred_apart(model: UnitModel, loop: Loop) -> Iterator[str]:
    """An assumption for each number that `loop` uses by a parameter that is a reference, and what it must not be of."""
    if model.source.language != "cpp":
        return
    control = [sited.event for sited in model.control(loop) if isinstance(sited.event, Access)]
    keys = {one.place.key for one in control} | model.touched(loop).keys()
    referred = {key for key in keys if _is_referred(model, key)}
    if not referred:  # as in most loops
        return
    events = [*control, *(sited.event for sited in model.inside(loop) if isinstance(sited.event, Access))]
    written: dict[str, bool] = {}
    for one in events:
        key = one.place.key
        if key in referred and not one.place.path:
            written[key] = written.get(key, False) or one.is_write
    elements = [one for one in events if is_shared_memory(model, loop, one)] if written else []
    for key, is_written in written.items():
        others = dict.fromkeys(one.place.key for one in elements if is_written or one.is_write)
        names = [spelling(other) for other in others if _may_hold(model, other, key)]
        if names:
            yield do_not_overlap(spelling(key), names)


def _is_referred(model: UnitModel, key: str) -> bool:
    symbol = model.variables.symbol(key)
    return bool(symbol and symbol.kind == "parameter" and symbol.reference) and model.variables.is_number(key)


def _may_hold(model: UnitModel, array: str, number: str) -> bool:
    variables = model.variables
    return not (is_made_here(model, array) or are_numbers_apart(variables.symbol(array), variables.symbol(number)))
