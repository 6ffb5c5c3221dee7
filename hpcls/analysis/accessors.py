"""Calls of functions that only name a member or an element, or compute a value, replaced by what they stand for:
`m(i, j)` becomes `m.data[i * m.columns + j]`, and `a[at(i, j, n)]` becomes `a[i * n + j]`.

What comes of a call keeps its place, but for the arguments and the object, which keep their own.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from hpcls.analysis.effects import SIZE_METHODS, is_computation
from hpcls.analysis.types import FLOATING, is_floating
from hpcls.analysis.variables import Variables
from hpcls.syntax.declarations import Symbol
from hpcls.syntax.expressions import (
    AddressOf,
    Assign,
    Binary,
    Call,
    Cast,
    Conditional,
    Dereference,
    Expression,
    Literal,
    Member,
    Name,
    Opaque,
    Step,
    Subscript,
    Unary,
    walk,
)
from hpcls.syntax.free_functions import free_functions
from hpcls.syntax.functions import Functions
from hpcls.syntax.macros import Macros
from hpcls.syntax.member_functions import MemberFunction, member_functions
from hpcls.syntax.qualified import Qualified
from hpcls.syntax.rewrite import rewritten, rewritten_statement
from hpcls.syntax.statements import Block

_PLAIN = (AddressOf, Binary, Cast, Conditional, Dereference, Literal, Member, Subscript, Unary)
_ELEMENT = re.compile(r"(?:std::)?(?:vector|array|deque)<([\w:]+)[,>]")


@dataclass(frozen=True, eq=False)
class _Use:
    """A call of a member function."""

    whole: Expression
    base: Expression | None
    """The object; None where it is the own one."""
    arrow: bool
    """Whether `base` leads to the object."""
    kind: tuple[str, int] | None
    """The object's class as it is named, and where; None where it is not known."""
    name: str
    arguments: tuple[Expression, ...]

    def field(self, name: str) -> Expression:
        """The object's own field of that name, in the place of the call."""
        start, end = self.whole.start, self.whole.end
        return Name(start, end, name) if self.base is None else Member(start, end, self.base, name, self.arrow)

    def placed(self, part: Expression) -> Expression:
        """`part` in the place of the call."""
        return replace(part, start=self.whole.start, end=self.whole.end)


class Accessors:
    """Those of one file and of the headers in view; macros are put in their place first."""

    def __init__(self, functions: Functions, variables: Variables, macros: Macros) -> None:
        source = functions.source
        self._variables = variables
        self._macros = macros
        self._functions = member_functions(source)
        self._free = free_functions(functions)
        is_named = bool(self._functions) or variables.has_named_numbers
        self._is_needed = bool(self._free) or (source.language == "cpp" and is_named)
        self._qualified = Qualified(source)

    def expanded(self, body: Block) -> Block:
        """`body` with every macro and accessor in its place, and conversions by the name of a type as such."""
        plain = self._macros.expanded(body)
        if not self._is_needed:
            return plain
        changed = rewritten_statement(plain, lambda whole: rewritten(whole, self._replaced))
        return changed if isinstance(changed, Block) else plain

    def _replaced(self, expression: Expression) -> Expression:
        if not isinstance(expression, (Call, Subscript)):
            return expression
        converted = self._converted(expression)
        if converted is not expression:
            return converted
        use = self._use(expression)
        function = (self._free_function(use) or self._function(use)) if use else None
        return (use and function and self._put(use, function)) or expression

    def _converted(self, expression: Expression) -> Expression:
        """`Real(x)` as the conversion that it is where `Real` names a type of numbers."""
        match expression:
            case Call(function=Name(name=name, start=at), arguments=(operand,)) if kind := self._variables.number_named(
                name, at
            ):
                return Cast(expression.start, expression.end, kind, operand)
            case _:
                return expression

    def _free_function(self, use: _Use) -> MemberFunction | None:
        """The free function that is called."""
        match use.whole:
            case Call(function=Name() as name):
                symbol = self._symbol(name)
                is_free = symbol is not None and symbol.kind == "function" and symbol.owner is None
                return self._free.get((use.name, len(use.arguments))) if is_free else None
            case _:
                return None

    def _function(self, use: _Use) -> MemberFunction | None:
        """The member function that is called, where no class of another name space may be meant."""
        if use.kind is None:
            return None
        name, offset = use.kind
        function = self._functions.get((_plain(name), use.name, len(use.arguments)))
        is_own = use.base is None
        is_meant = function and (is_own or self._qualified.may_mean(name, offset, function.qualified_owner))
        return function if is_meant else None

    def _use(self, whole: Expression) -> _Use | None:
        match whole:
            case Call(function=Member(base=base, field=name, arrow=arrow), arguments=arguments):
                return _Use(whole, base, arrow, self._named(base, arrow), name, arguments)
            case Call(function=Name(name=name) as function, arguments=arguments) if self._is_method(function):
                return _Use(whole, None, False, self._owner(function), name, arguments)
            case Call(function=base, arguments=arguments):
                return _Use(whole, base, False, self._named(base, False), "operator()", arguments)
            case Subscript(base=base, index=index):
                return _Use(whole, base, False, self._named(base, False), "operator[]", (index,))
            case _:
                return None

    def _is_method(self, name: Name) -> bool:
        symbol = self._symbol(name)
        return symbol is not None and symbol.kind == "function"

    def _owner(self, name: Name) -> tuple[str, int] | None:
        symbol = self._symbol(name)
        return (symbol.owner, name.start) if symbol and symbol.owner else None

    def _symbol(self, name: Name) -> Symbol | None:
        return self._variables.symbol(self._variables.key(name.name, name.start))

    def _class(self, base: Expression, arrow: bool) -> str | None:
        """The plain name of the class of the object that `base` names, or with `arrow` leads to."""
        named = self._named(base, arrow)
        return _plain(named[0]) if named else None

    def _named(self, base: Expression, arrow: bool) -> tuple[str, int] | None:
        """That class as a declaration names it, and where."""
        found = self._declared(base)
        if found is None:
            return None
        symbol, taken = found
        left = symbol.pointers + len(symbol.dimensions) - taken - arrow
        held = _ELEMENT.match(symbol.type_text) if left == -1 else None
        kind = held[1] if held else symbol.type_text if left == 0 else ""
        name = kind.partition("<")[0]
        return (name, symbol.start) if name else None

    def _declared(self, base: Expression, taken: int = 0) -> tuple[Symbol, int] | None:
        """The variable or the field that `base` is a part of, and how many subscripts lead there."""
        match base:
            case Subscript(base=inner) | Dereference(operand=inner):
                return self._declared(inner, taken + 1)
            case Name():
                symbol = self._symbol(base)
            case Member(base=inner, field=field, arrow=arrow):
                owner = self._class(inner, arrow)
                symbol = self._variables.field(owner, field) if owner else None
            case _:
                return None
        is_object = symbol is not None and symbol.kind in ("variable", "parameter", "field")
        return (symbol, taken) if symbol and is_object else None

    def _put(self, use: _Use, function: MemberFunction) -> Expression | None:
        """What the call stands for; None where that is no plain expression."""
        pairs = list(zip(function.parameters, use.arguments, strict=True))
        given = {parameter.name: argument for parameter, argument in pairs}
        value = rewritten(function.value, self._converted)
        parts = list(walk(value))
        called = {id(part.function) for part in parts if isinstance(part, Call)}
        is_known = (
            all(self._is_kept(argument, parameter.type_text) for parameter, argument in pairs)
            and not (use.base and _has_effects(use.base))
            and all(id(part) in called or self._is_plain(part, use, function.owner, given) for part in parts)
        )

        def change(part: Expression) -> Expression:
            match part:
                case Name(name=name) if name in given:
                    return given[name]
                case Name(name=name) if self._is_field(part, function.owner):
                    return use.field(name)
                case Member(base=Name(name="this"), field=name):
                    return use.field(name)
                case Name() if id(part) not in called:
                    return use.placed(self._constant(part) or part)
                case _:
                    return use.placed(part)

        return self._returned(use, function, rewritten(value, change)) if is_known else None

    def _returned(self, use: _Use, function: MemberFunction, value: Expression) -> Expression:
        """`value`, cut to the type of the result where that is a small integer."""
        start, end = use.whole.start, use.whole.end
        is_narrow = self._variables.number_types.is_narrow(function.result, start) and not FLOATING.search(
            function.result
        )
        becomes_other = not function.owner and bool(FLOATING.search(function.result)) != is_floating(
            self._variables, value
        )
        is_cut = is_narrow or becomes_other
        return Cast(start, end, function.result, value) if is_cut else value

    def _is_plain(self, part: Expression, use: _Use, owner: str, given: Mapping[str, Expression]) -> bool:
        """Whether `part` of what is returned means the same at the call, once names are replaced."""
        match part:
            case Name(name=name) if name in given or name == "this":
                return True
            case Name(name=name) if self._is_field(part, owner):
                # at the call another variable may hide the own object's field
                return use.base is not None or self._is_field(Name(use.whole.start, use.whole.end, name), owner)
            case Name():
                return self._constant(part) is not None
            case Call(function=Member(field=field), arguments=arguments):
                return (field in SIZE_METHODS and not arguments) or (field == "at" and len(arguments) == 1)
            case Call(function=Name(name=name)):
                return is_computation(name)
            case _:
                return isinstance(part, _PLAIN)

    def _is_field(self, name: Name, owner: str) -> bool:
        symbol = self._symbol(name)
        is_own = symbol is not None and symbol.kind == "field" and symbol.owner == owner
        # a static member is not the object's, and a volatile one is asked in every call
        return is_own and symbol is not None and symbol.storage.isdisjoint(("static", "volatile"))

    def _constant(self, name: Name) -> Expression | None:
        return self._variables.constant(self._variables.key(name.name, name.start))

    def _is_kept(self, argument: Expression, type_text: str) -> bool:
        """Whether the parameter is what the argument is, as often as it is used."""
        if _has_effects(argument) or self._variables.number_types.is_narrow(type_text, argument.start):
            return False
        return bool(FLOATING.search(type_text)) or not is_floating(self._variables, argument)


def _plain(name: str) -> str:
    return name.rpartition("::")[2]


def _has_effects(expression: Expression) -> bool:
    return any(isinstance(part, (Assign, Call, Opaque, Step)) for part in walk(expression))
