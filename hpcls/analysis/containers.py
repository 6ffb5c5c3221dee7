"""Elements of C++ containers that are not apart though their subscripts are.

`[]` on a map makes the element that is not there ([map.access]); vector<bool> and bitset keep several elements in one
word (C++20 [container.requirements.dataraces]).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from hpcls.analysis.element_types import Type, element_of, is_truth, type_of
from hpcls.analysis.model import UnitModel
from hpcls.syntax.expressions import Assign, Call, Dereference, Expression, Member, Name, Step, Subscript
from hpcls.syntax.iterators import begun, unmoved
from hpcls.syntax.statements import Declarator, Declare, Statement

_MAP = re.compile(r"(?:\w+::)*(?:(?:\w*_)?map|QMap|QHash)\s*<")
_PACKED = re.compile(r"(?:\w+::)*(?:bitset\s*<|vector\s*<\s*bool\b)")
_OPEN = re.compile(r"(?:std::)?vector(?:\s*<\s*\w+\s*>)?")
"""A vector that does not say what it holds, or leaves that to a template."""
_Clash = tuple[Expression | None, int, str]
"""The container, unless another variable stands for its element; the place, and what is to be said."""


def clashing_elements(model: UnitModel, body: Statement) -> Iterator[tuple[int, str]]:
    """Where `body` names an element that is not apart from others, and what is to be said of it."""
    if not model.variables.meanings.may_share_elements:
        return
    for container, at, message in model.found_in(body, _clashes):
        if container is None or not _is_made_in(model, container, body):
            yield at, message


def _clashes(model: UnitModel, statement: Statement) -> Iterator[_Clash]:
    if isinstance(statement, Declare):
        packed = (one.initial for one in statement.declarators if _stands_for_a_bit(model, one))
        yield from ((None, one.start, _packed(model, one.base)) for one in packed if isinstance(one, Subscript))
    for part in model.operations_in(statement):
        yield from _clash(model, part)


def _clash(model: UnitModel, part: Expression) -> Iterator[_Clash]:
    match part:
        case Subscript(base=base) if model.variables.meanings.names_maps and _is(model, base, _MAP):
            yield base, part.start, f"`[]` makes the elements of {_text(model, base)} that are not there yet"
        case Assign(target=target, value=value) if base := _sequence(model, target):
            yield from _set(model, base, part.start, is_truth(model, value))
        case Step(target=target) if base := _sequence(model, target):
            yield from _set(model, base, part.start, is_truth=False)
        case _:
            pass


def _set(model: UnitModel, base: Expression, at: int, is_truth: bool) -> Iterator[_Clash]:
    """An element of `base` is set, with `is_truth` to what is visibly a bool."""
    if _is(model, base, _PACKED):
        yield base, at, _packed(model, base)
    elif _may_be_packed(model, base, is_truth):
        yield base, at, f"{_packed(model, base)}: of what type it is cannot be seen"


def _sequence(model: UnitModel, element: Expression) -> Expression | None:
    """The container that `v[i]`, `v.at(i)`, `*(v.begin() + i)` and `*it` are elements of."""
    match element:
        case Subscript(base=base) | Dereference(operand=base) | Call(function=Member(base=base, field="at")):
            return _begun_from(model, unmoved(base))
        case _:
            return None


def _begun_from(model: UnitModel, start: Expression) -> Expression:
    """The container that the iterator `start` was first given the beginning of; anything else as it is."""
    key = model.variables.key(start.name, start.start) if isinstance(start, Name) else ""
    given = [one.value for one in model.definitions.of(key) if one.value is not None]
    return begun(start) or (begun(unmoved(given[0])) if given else None) or start


def _stands_for_a_bit(model: UnitModel, one: Declarator) -> bool:
    """Whether `auto bit = flags[i];` is assigned to later, which sets flags[i]."""
    key = model.variables.key(one.name, one.start)
    symbol = model.variables.symbol(key)
    is_auto = symbol is not None and symbol.type_text == "auto" and isinstance(one.initial, Subscript)
    is_set = one.is_reference or len(model.definitions.of(key)) > 1
    return is_auto and is_set and isinstance(one.initial, Subscript) and _is(model, one.initial.base, _PACKED)


def _packed(model: UnitModel, base: Expression) -> str:
    return f"two elements of {_text(model, base)} may share memory"


def _may_be_packed(model: UnitModel, container: Expression, is_truth: bool) -> bool:
    """Whether the container's type is not in view, in a file that has containers of bits, or is given a bool there."""
    kind = _type(model, container)
    if _counts(model, container) or (kind is not None and (kind.pointers or kind.dimensions)):
        return False
    element = element_of(kind) if kind else None
    is_open = element is None or model.variables.is_template_parameter(element.text, container.start)
    return is_open and (model.variables.meanings.has_packed_elements or (is_truth and _is_any(model, kind, container)))


def _is_any(model: UnitModel, kind: Type | None, container: Expression) -> bool:
    """Whether nothing says which container it is, or of what."""
    return (
        kind is None
        or bool(_OPEN.fullmatch(kind.text))
        or model.variables.is_template_parameter(kind.text, container.start)
    )


def _counts(model: UnitModel, container: Expression) -> bool:
    """Whether it is the iterator that counts a loop: `ranges` knows what that one runs over."""
    if not isinstance(container, Name):
        return False
    key = model.variables.key(container.name, container.start)
    return any(one.header is not None for one in model.definitions.of(key))


def _is(model: UnitModel, container: Expression, kinds: re.Pattern[str]) -> bool:
    kind = _type(model, container)
    return kind is not None and not kind.pointers and not kind.dimensions and bool(kinds.match(kind.text))


def _type(model: UnitModel, container: Expression) -> Type | None:
    match container:
        case Member(base=Name(name="this"), field=field, start=start, end=end):
            return type_of(model, Name(start, end, field))
        case _:
            return type_of(model, container)


def _is_made_in(model: UnitModel, container: Expression, body: Statement) -> bool:
    """Whether each execution of `body` has its own."""
    while isinstance(container, (Subscript, Member, Dereference)):
        container = container.operand if isinstance(container, Dereference) else container.base
    key = model.variables.key(container.name, container.start) if isinstance(container, Name) else ""
    symbol = model.variables.symbol(key)
    is_own = symbol is not None and not symbol.reference and not symbol.pointers
    return is_own and model.variables.is_declared_in(key, body.start, body.end)


def _text(model: UnitModel, container: Expression) -> str:
    return " ".join(model.source.slice(container.start, container.end).split())
