"""Elements of C++ containers that are not apart though their subscripts are.

`[]` on a map makes the element that is not there ([map.access]); vector<bool> and bitset keep several elements in one
word (C++20 [container.requirements.dataraces]).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from hpcls.analysis.element_types import Type, element_of, type_of
from hpcls.analysis.model import UnitModel
from hpcls.syntax import expressions
from hpcls.syntax.expressions import Assign, Dereference, Expression, Member, Name, Step, Subscript
from hpcls.syntax.statements import Declarator, Declare, Statement, expressions_of

_MAP = re.compile(r"(?:\w+::)*(?:(?:\w*_)?map|QMap|QHash)\s*<")
_PACKED = re.compile(r"(?:\w+::)*(?:bitset\s*<|vector\s*<\s*bool\b)")
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
    for whole in expressions_of(statement):
        for part in expressions.walk(whole):
            yield from _clash(model, part)


def _clash(model: UnitModel, part: Expression) -> Iterator[_Clash]:
    match part:
        case Subscript(base=base) if _is(model, base, _MAP):
            yield base, part.start, f"`[]` makes the elements of {_text(model, base)} that are not there yet"
        case Assign(target=Subscript(base=base)) | Step(target=Subscript(base=base)) if _is(model, base, _PACKED):
            yield base, part.start, _packed(model, base)
        case Assign(target=Subscript(base=base)) | Step(target=Subscript(base=base)) if _may_be_packed(model, base):
            yield base, part.start, f"{_packed(model, base)}: of what type it is cannot be seen"
        case _:
            pass


def _stands_for_a_bit(model: UnitModel, one: Declarator) -> bool:
    """Whether `auto bit = flags[i];` is assigned to later, which sets flags[i]."""
    key = model.variables.key(one.name, one.start)
    symbol = model.variables.symbol(key)
    is_auto = symbol is not None and symbol.type_text == "auto" and isinstance(one.initial, Subscript)
    is_set = one.is_reference or len(model.definitions.of(key)) > 1
    return is_auto and is_set and isinstance(one.initial, Subscript) and _is(model, one.initial.base, _PACKED)


def _packed(model: UnitModel, base: Expression) -> str:
    return f"two elements of {_text(model, base)} may share memory"


def _may_be_packed(model: UnitModel, container: Expression) -> bool:
    """Whether the container's type is not in view, in a file that has containers of bits."""
    if not model.variables.meanings.has_packed_elements or _counts(model, container):
        return False
    kind = _type(model, container)
    if kind is not None and (kind.pointers or kind.dimensions):
        return False
    element = element_of(kind) if kind else None
    return element is None or model.variables.is_template_parameter(element.text, container.start)


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
