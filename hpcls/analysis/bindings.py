"""Names of structured bindings that may stand for memory elsewhere: those of a tuple of references (C++20
[dcl.struct.bind], [tuple.creation]), as `auto [x, y] = std::tie(a[i], b[i]);` makes it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from hpcls.analysis.element_types import Type, type_of
from hpcls.analysis.model import UnitModel
from hpcls.syntax.expressions import Call, Expression, Name
from hpcls.syntax.statements import Declarator, Declare, Statement

_REFERS = re.compile(r"&|\b(?:reference_wrapper|auto|decltype)\b|::reference\b")


def bound_elsewhere(model: UnitModel, body: Statement) -> Iterator[tuple[int, str]]:
    """Where `body` binds names to parts of what may hold references, and what is to be said of it."""
    yield from model.found_in(body, _bound) if model.source.language == "cpp" else ()


def _bound(model: UnitModel, statement: Statement) -> Iterator[tuple[int, str]]:
    for one in statement.declarators if isinstance(statement, Declare) else ():
        if one.is_part and one.initial is not None and _may_lead_elsewhere(model, one, one.initial):
            yield one.start, f"{one.name} may stand for memory elsewhere"


def _may_lead_elsewhere(model: UnitModel, one: Declarator, value: Expression) -> bool:
    """Where nothing says what the parts are, only a name that is written matters, unless the file ties references."""
    kind = _kind(model, value)
    if kind is not None:
        return bool(_REFERS.search(kind.text)) or model.variables.has_reference_field(kind.text)
    is_written = len(model.definitions.of(model.variables.key(one.name, one.start))) > 1
    return is_written or model.variables.meanings.ties_references


def _kind(model: UnitModel, value: Expression) -> Type | None:
    """The type of `value`; of a call what the function in view returns."""
    if not (isinstance(value, Call) and isinstance(value.function, Name)):
        return type_of(model, value)
    function = model.variables.symbol(model.variables.key(value.function.name, value.function.start))
    is_function = function is not None and function.kind == "function"
    return Type(function.type_text, function.pointers) if function and is_function else None
