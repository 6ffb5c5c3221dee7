"""C++ objects in a loop: their operators, constructors and destructors are calls, though they do not look like ones."""

from __future__ import annotations

import re
from collections.abc import Iterator

from hpcls.analysis.effects import Effect
from hpcls.analysis.element_types import type_of
from hpcls.analysis.model import UnitModel
from hpcls.syntax import expressions
from hpcls.syntax.expressions import (
    AddressOf,
    Assign,
    Binary,
    Call,
    Cast,
    Dereference,
    Expression,
    Items,
    Member,
    Name,
    Step,
    Subscript,
    Unary,
)
from hpcls.syntax.statements import Declarator, Declare, Evaluate, Statement

STREAMS = frozenset(f"{space}{name}" for space in ("", "std::") for name in ("cout", "cerr", "clog", "cin"))
"""The standard streams' names."""
_SCOPED = re.compile(r"lock|guard|timer|trace|profil|scope", re.IGNORECASE)
_NUMBER = re.compile(r"real|scalar|int|float|double|size|index|_t$|^[A-Z]$|value_type|number", re.IGNORECASE)
_PLAIN = re.compile(r"auto|decltype|.*iterator\b|(?:std::)?(?:vector|array|deque|valarray|string|pair|tuple|complex)\b")
_ELABORATED = re.compile(r"^(?:struct|class)\s+")
_Use = tuple[int, Effect, str] | str
"""Place, effect and name of a call that may do anything, or a type whose operators are taken to be harmless."""


class Objects:
    """The uses of class objects in a loop's or a function's body."""

    def __init__(self, model: UnitModel, body: Statement) -> None:
        self.calls: list[tuple[int, Effect, str]] = []
        """Place, effect and name of each that may do anything."""
        self.assumed: dict[str, None] = {}
        """Types whose operators are taken to touch only their operands."""
        for use in model.found_in(body, _uses) if model.source.language == "cpp" else ():
            if isinstance(use, str):
                self.assumed[use] = None
            else:
                self.calls.append(use)


def _uses(model: UnitModel, statement: Statement) -> Iterator[_Use]:
    return _Uses(model).of(statement)


class _Uses:
    """What single statements do with objects."""

    def __init__(self, model: UnitModel) -> None:
        self._model = model

    def of(self, statement: Statement) -> Iterator[_Use]:
        if isinstance(statement, Declare):
            yield from self._constructions(statement)
        if isinstance(statement, Evaluate):
            yield from self._shifted_for_effect(statement.expression)
        for expression in statement.expressions:
            yield from self._conversions(expression)
        for part in self._model.operations_in(statement):
            if isinstance(part, Cast) and isinstance(part.operand, Items) and self._has_constructor(part.type_text):
                yield part.start, Effect.UNKNOWN, f"constructing a {part.type_text}"
            if isinstance(part, Call) and isinstance(part.function, Name):
                yield from self._of_a_template(part.function)
            for operand in _operands(part):
                if isinstance(operand, Name):
                    yield from self._operator(part, operand)
                else:
                    yield from self._on_element(part, operand)

    def _of_a_template(self, kind: Name) -> Iterator[_Use]:
        """A conversion to the type that a template gets."""
        is_type = self._model.variables.is_template_parameter(kind.name, kind.start)
        if is_type and not _NUMBER.search(kind.name):
            yield kind.name

    def _constructions(self, statement: Declare) -> Iterator[_Use]:
        for declarator in statement.declarators:
            kind = self._class(Name(declarator.start, declarator.start, declarator.name))
            if kind and not declarator.is_reference and self._may_act(kind, declarator):
                yield declarator.start, Effect.UNKNOWN, f"constructing a {kind}"

    def _may_act(self, kind: str, declared: Declarator) -> bool:
        """Whether constructing the object may do more than to fill it."""
        is_handed = not self._is_in_view(kind) and _is_handed_a_variable(declared)
        return bool(_SCOPED.search(kind)) or self._has_constructor(kind) or is_handed

    def _shifted_for_effect(self, whole: Expression) -> Iterator[_Use]:
        """A shift whose result nobody takes works on what its first operand leads to, such as a stream."""
        first = whole
        while isinstance(first, Binary) and first.operator in ("<<", ">>"):
            first = first.left
        if (
            isinstance(whole, Binary)
            and first is not whole
            and not (isinstance(first, Name) and _is_stream(first, self._class(first)))
        ):
            yield whole.start, Effect.UNKNOWN, f"`{whole.operator}`"

    def _operator(self, part: Expression, name: Name) -> Iterator[_Use]:
        kind = self._class(name)
        if isinstance(part, Binary) and _is_stream(name, kind):
            yield part.start, Effect.OUTPUT, f"`{part.operator}` on {name.name}"
        elif kind is None:
            return
        elif self._is_in_view(kind) and self._model.variables.meanings.overloads_operators:
            yield part.start, Effect.UNKNOWN, f"an operator of {kind}"
        elif not isinstance(part, Assign) and not _NUMBER.search(kind):
            yield kind

    def _on_element(self, part: Expression, operand: Expression) -> Iterator[_Use]:
        """An operator of a class that keeps count, in a static or mutable member, may do so wherever it is used, and so
        may one that visibly changes something."""
        meanings = self._model.variables.meanings
        if not (meanings.hidden_state or meanings.acting_operators):
            return
        kind = type_of(self._model, operand)
        if kind is None or kind.pointers or kind.dimensions:
            return
        acts = any((_plain(kind.text), sign) in meanings.acting_operators for sign in _signs(part))
        if acts or kind.text in meanings.hidden_state:
            yield part.start, Effect.UNKNOWN, f"an operator of {kind.text}"

    def _conversions(self, whole: Expression) -> Iterator[_Use]:
        """An object in the place of a number is converted by a function of its class."""
        acting = self._model.variables.meanings.acting_conversions
        if not acting:
            return
        parts = list(expressions.walk(whole))
        named = {id(one) for part in parts if (one := _only_named(part)) is not None}
        for part in parts:
            kind = type_of(self._model, part) if id(part) not in named else None
            if kind and not (kind.pointers or kind.dimensions) and self._may_convert(kind.text, part.start):
                yield part.start, Effect.UNKNOWN, f"a conversion of {kind.text}"
            elif kind is None and id(part) not in named and isinstance(part, (Member, Subscript, Dereference)):
                yield part.start, Effect.UNKNOWN, "a conversion of what may be of a class"

    def _may_convert(self, kind: str, offset: int) -> bool:
        """Whether a conversion may act: by its class, or by whichever class a template is used with."""
        variables = self._model.variables
        return _plain(kind) in variables.meanings.acting_conversions or variables.is_template_parameter(kind, offset)

    def _class(self, name: Name) -> str | None:
        """The class type of a variable by value or by reference; None for anything else."""
        variables = self._model.variables
        key = variables.key(name.name, name.start)
        symbol = variables.symbol(key)
        if (
            symbol is None
            or symbol.pointers
            or symbol.dimensions
            or symbol.kind not in ("variable", "parameter", "field")
        ):
            return None
        if variables.is_arithmetic(key) is not None or _PLAIN.match(symbol.type_text):
            return None
        return _ELABORATED.sub("", symbol.type_text)

    def _is_in_view(self, kind: str) -> bool:
        return kind.partition("<")[0] in self._model.variables.meanings.classes

    def _has_constructor(self, kind: str) -> bool:
        return self._is_in_view(kind) and kind.partition("<")[0] in self._model.variables.meanings.constructors


def _is_stream(name: Name, kind: str | None) -> bool:
    return name.name in STREAMS or "stream" in (kind or "").lower()


def _is_handed_a_variable(declared: Declarator) -> bool:
    """Whether a constructor is given the address of a variable, which it may keep and change."""
    initial = declared.initial
    initial = initial.operand if isinstance(initial, Cast) else initial
    given = initial.items if isinstance(initial, Items) else (initial,)
    return any(isinstance(one, AddressOf) and isinstance(one.operand, Name) for one in given)


def _only_named(part: Expression) -> Expression | None:
    """What `part` has a member, the address or another value of: it is not converted there."""
    match part:
        case Member(base=inner) | AddressOf(operand=inner) | Assign(operator="=", target=inner):
            return inner
        case Subscript(base=inner) | Dereference(operand=inner) | Call(function=inner):
            return inner
        case _:
            return None


def _signs(part: Expression) -> tuple[str, ...]:
    """The operators that a class may define and that `part` applies."""
    match part:
        case Dereference():
            return ("*",)
        case Unary(operator=sign) | Binary(operator=sign):
            return (sign,)
        case _:
            return ()


def _plain(kind: str) -> str:
    """The name of a class without its name space and its template arguments."""
    return kind.partition("<")[0].rpartition("::")[2]


def _operands(part: Expression) -> tuple[Expression, ...]:
    """What an operator that a class may define is applied to."""
    match part:
        case Binary(operator=operator, left=left, right=right) if operator != ",":
            return (left, right)
        case Unary(operand=operand) | Dereference(operand=operand):
            return (operand,)
        case Step(target=target) | Assign(target=target):
            return (target,)
        case Subscript(base=base):
            return (base,)
        case _:
            return ()
