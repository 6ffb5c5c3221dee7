"""What a function reads from outside, so that a driver can choose it: parameters and the file's own variables."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from tree_sitter import Node

from hpcls.syntax.declarations import Symbol
from hpcls.syntax.scopes import ScopeTree
from hpcls.syntax.source import Source
from hpcls.syntax.units import Unit
from hpcls.verification.model import Unverifiable

Form = Literal["value", "pointer", "rows", "vector", "array"]
"""`T x`, `T *x` (also `T x[][N]`), `T **x`, `std::vector<T> x`, and an array of the file."""

_VECTOR = re.compile(r"(?:std::)?vector\s*<\s*((?:\w|\s|::)+?)\s*>")
_NO_NUMBER = re.compile(r"\b(?:void|_?[Cc]omplex|string|FILE|auto)\b|[<(]")
_NOT_CALLED = {
    "template_declaration": "a template",
    "class_specifier": "a member function",
    "struct_specifier": "a member function",
    "lambda_expression": "a lambda",
}


@dataclass(frozen=True)
class Leaf:
    """One number of an element: the whole of it, or a field."""

    path: str
    type_text: str


@dataclass(frozen=True)
class Input:
    """One parameter, or one variable of the file."""

    symbol: Symbol
    form: Form
    type_text: str
    inner: tuple[str, ...]
    """The extents of what the pointer leads to, where these are arrays."""
    leaves: tuple[Leaf, ...]

    @property
    def name(self) -> str:
        """As declared."""
        return self.symbol.name

    @property
    def key(self) -> str:
        """As the analysis calls it."""
        return f"{self.symbol.name}@{self.symbol.start}"

    @property
    def is_parameter(self) -> bool:
        """A variable of the file otherwise."""
        return self.symbol.kind == "parameter"

    @property
    def keeps_its_value(self) -> bool:
        """It begins with what the file gives it."""
        return not self.is_parameter and self.symbol.initializer is not None


@dataclass(frozen=True)
class Signature:
    """A function that can be called, with what it is given."""

    name: str
    result: str | None
    """The type of what it returns, where that is a number."""
    parameters: tuple[Input, ...]
    globals: tuple[Input, ...]


def signature(source: Source, scopes: ScopeTree, unit: Unit) -> Signature:
    """How to call the function of `unit`.  Raises Unverifiable where a driver cannot."""
    if unit.name is None or unit.is_fragment or unit.is_broken:
        raise Unverifiable("it stands in no function that is read whole")
    qualified = "::".join([*_namespaces(source, unit), unit.name])
    functions = [one for one in scopes.symbols if one.kind == "function" and one.name == unit.name]
    function = max((one for one in functions if one.start < unit.body.start), key=lambda one: one.start, default=None)
    if function is None or "::" in unit.name:
        raise Unverifiable(f"{unit.name} is a member function, or its declaration is not read")
    if function.name == "main":
        raise Unverifiable("it stands in main, which a driver cannot call")
    result = None if function.type_text == "void" or function.pointers else function.type_text
    found = tuple(_parameters(scopes, function, unit))
    return Signature(qualified, result, found, tuple(_globals(source, scopes, {one.name for one in found})))


def _namespaces(source: Source, unit: Unit) -> list[str]:
    """The namespaces around the function, outermost first."""
    found: list[str] = []
    node: Node | None = source.tree.root_node.descendant_for_byte_range(unit.body.start, unit.body.end)
    while node is not None:
        if node.type in _NOT_CALLED:
            raise Unverifiable(f"{unit.name} is {_NOT_CALLED[node.type]}")
        if node.type == "namespace_definition":
            name = node.child_by_field_name("name")
            if name is None:
                return found
            found.insert(0, source.text_of(name))
        node = node.parent
    return found


def _parameters(scopes: ScopeTree, function: Symbol, unit: Unit) -> Iterator[Input]:
    between = range(function.start, unit.body.start)
    symbols = [one for one in scopes.symbols if one.kind == "parameter" and one.start in between]
    symbols = [one for one in symbols if one.scope_end == unit.body.end]
    if len(symbols) != len(function.parameters):
        raise Unverifiable(f"the parameters of {function.name} have no names, or are not read")
    for symbol, text in zip(symbols, function.parameters, strict=True):
        yield _input(scopes, symbol, is_pointer_to_array=re.search(r"\(\s*\*", text) is not None)


def _globals(source: Source, scopes: ScopeTree, hidden: set[str]) -> Iterator[Input]:
    """The variables of the file that a driver can fill and show."""
    for symbol in scopes.symbols:
        is_outermost = symbol.scope_end >= len(source.data) and symbol.owner is None
        if symbol.kind != "variable" or not is_outermost or symbol.name in hidden:
            continue
        if symbol.storage.isdisjoint(("const", "constexpr", "extern", "volatile", "thread_local", "register")):
            try:
                yield _input(scopes, symbol, is_pointer_to_array=False)
            except Unverifiable:
                continue


def _input(scopes: ScopeTree, symbol: Symbol, *, is_pointer_to_array: bool) -> Input:
    vector = _VECTOR.fullmatch(symbol.type_text)
    pointers, dimensions = symbol.pointers, symbol.dimensions
    if vector and not pointers and not dimensions:
        return Input(symbol, "vector", vector[1], (), _leaves(scopes, symbol.name, vector[1]))
    leaves = _leaves(scopes, symbol.name, symbol.type_text)
    if dimensions and not pointers:
        is_parameter = symbol.kind == "parameter"
        form: Form = "pointer" if is_parameter else "array"
        return Input(symbol, form, symbol.type_text, dimensions[1:] if is_parameter else dimensions, leaves)
    if dimensions and pointers == 1 and is_pointer_to_array:
        return Input(symbol, "pointer", symbol.type_text, dimensions, leaves)
    if dimensions or pointers > 2:
        raise Unverifiable(f"the driver knows no value for {symbol.name}, an array of pointers")
    return Input(symbol, ("value", "pointer", "rows")[pointers], symbol.type_text, (), leaves)


def _leaves(scopes: ScopeTree, name: str, type_text: str) -> tuple[Leaf, ...]:
    """The numbers that a value of the type holds."""
    fields = scopes.fields(type_text)
    if not fields:
        if _NO_NUMBER.search(type_text) or type_text.startswith(("struct ", "union ", "class ")):
            raise Unverifiable(f"the driver knows no value for {name} of type {type_text}")
        return (Leaf("", type_text),)
    for field in fields:
        if field.pointers or field.reference or _NO_NUMBER.search(field.type_text) or scopes.fields(field.type_text):
            raise Unverifiable(f"the driver knows no value for {name}: its field {field.name} is no number")
    return tuple(Leaf(f".{field.name}", field.type_text) for field in fields)
