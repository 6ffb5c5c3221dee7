"""Whether a loop surely runs: by its numbers, by the size of an array, or by a test on the way to it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from hpcls.analysis.affine import Polynomial
from hpcls.analysis.forms import Forms
from hpcls.analysis.model import UnitModel
from hpcls.analysis.nest.conditions import Atom, at_least, facts_of, is_natural, negated
from hpcls.analysis.nest.guards import Guard, Guards
from hpcls.analysis.nest.values import Values
from hpcls.analysis.types import unsigned_bits
from hpcls.syntax.expressions import Binary, Cast, Expression, Literal, Name, walk
from hpcls.syntax.loops import Induction, induction_of, integer
from hpcls.syntax.statements import Loop

_BRACKETS = re.compile(r"[()]")
_ELEMENT = re.compile(r"\*\s*(\w+)|(\w+)\s*\[[^\[\]]*\]")


def surely_runs(model: UnitModel, loop: Loop) -> bool:
    """Whether every execution of `loop` runs its body at least once."""
    if model.flows.runs(loop):
        return True
    forms, induction = Forms(model, loop), induction_of(loop)
    bounds = forms.bounds(loop, model.around(loop))
    if induction is None or bounds is None:
        return False
    if bounds.trip_count or _counts_elements(model, forms, induction):
        return True
    if bounds.lowest is None or bounds.highest is None:
        return False
    facts = tuple(_facts(model, forms, loop))
    return bool(facts) and is_natural(bounds.highest - bounds.lowest, facts)


def _counts_elements(model: UnitModel, forms: Forms, induction: Induction) -> bool:
    """Whether the loop goes up from 0 to below the number of an array's elements: none is empty (C17 6.7.6.2)."""
    if forms.polynomial(induction.lower, ()) != Polynomial.constant(0) or induction.relation not in ("<", "!="):
        return False
    value: Expression | None = induction.upper
    while isinstance(value, (Cast, Name)):
        found = forms.definition(value, model.around(forms.loop)) if isinstance(value, Name) else None
        value = value.operand if isinstance(value, Cast) else found and found.value
    match value:
        case Binary(operator="/", left=Literal(text=whole), right=Literal(text=part)):
            return _is_ratio(model, whole, part, value.start)
        case _:
            return False


def _is_ratio(model: UnitModel, whole: str, part: str, offset: int) -> bool:
    array, element = _measured(whole), _measured(part)
    symbol = model.variables.symbol(model.variables.key(array, offset)) if array else None
    if symbol is None or symbol.kind != "variable" or not symbol.dimensions or symbol.leads_to_rows:
        return False
    found = _ELEMENT.fullmatch(element)
    return symbol.name in found.groups() if found else element == symbol.type_text and not symbol.pointers


def _measured(text: str) -> str:
    """What `sizeof` is asked of, without brackets."""
    return _BRACKETS.sub("", text.removeprefix("sizeof")).strip() if text.startswith("sizeof") else ""


def _facts(model: UnitModel, forms: Forms, loop: Loop) -> Iterator[Atom]:
    """What the tests on the way to `loop` say of values that are the same there: a jump might come from anywhere."""
    if model.obstacles:
        return
    values = Values(forms, model, "?")
    for guard in Guards(model.unit.body, ()).to(loop.start):
        if guard.outcome is None or not _still_holds(model, guard, loop):
            continue
        name = _no_zero(guard)
        if name is not None and unsigned_bits(model.variables, name) is not None:
            value = values.value(name, guard.loops)
            yield from (at_least(value, Polynomial.constant(1)),) if value else ()
        elif _is_plain(model, guard.test):
            condition = values.truth(guard.test, guard.loops)
            yield from facts_of(condition if guard.outcome else negated(condition)) if condition else ()


def _no_zero(guard: Guard) -> Name | None:
    """The variable of which the test says that it is not 0: one that cannot be negative is 1 or more then."""
    match guard.test:
        case Name() as name:
            return name if guard.outcome else None
        case Binary(operator="==" | "!=" as operator, left=Name() as name, right=Literal() as zero):
            return name if integer(zero) == 0 and guard.outcome == (operator == "!=") else None
        case _:
            return None


def _still_holds(model: UnitModel, guard: Guard, loop: Loop) -> bool:
    """Whether nothing that the test names has another value when the loop starts."""
    definitions, variables = model.definitions, model.variables
    is_near = guard.loops == model.around(loop)[:-1]
    for part in walk(guard.test):
        if not isinstance(part, (Name, Literal, Binary)):
            return False
        key = variables.key(part.name, part.start) if isinstance(part, Name) else ""
        symbol = variables.symbol(key)
        is_own = symbol is None or symbol.kind in ("parameter", "macro", "enumerator") or _is_local(model, key)
        behind = [one for one in definitions.of(key) if guard.test.start <= one.offset]
        is_given = any(not is_near or one.offset < loop.start for one in behind if one.header is not loop)
        if not is_own or is_given or key in definitions.addressed | definitions.escaped | definitions.handed_on:
            return False
    return True


def _is_local(model: UnitModel, key: str) -> bool:
    body = model.unit.body
    return model.variables.is_declared_in(key, body.start, body.end)


def _is_plain(model: UnitModel, test: Expression) -> bool:
    """Whether no operand becomes an unsigned one that might be negative (C17 6.3.1.8)."""
    if not isinstance(test, Binary):
        return False
    parts = test.left, test.right
    unsigned = [unsigned_bits(model.variables, one) for one in parts]
    names = [bits for one, bits in zip(parts, unsigned, strict=True) if isinstance(one, Name)]
    is_direct = all(isinstance(one, (Name, Literal)) for one in parts)
    return not any(unsigned) or (is_direct and all(names))
