"""What a pass over a tree knows at one place of the text: the scopes that are open there, and the symbols so far."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from tree_sitter import Node

from hpcls.syntax.declarations import Base, Symbol, SymbolKind
from hpcls.syntax.record import record
from hpcls.syntax.source import Source

MEMBERS = "field_declaration_list"
"""The body of a struct, union or class."""


@record
class ClassRange:
    """Bytes in which the members of `owner` are visible without a prefix."""

    start: int
    end: int
    owner: str


@record
class Scope:
    """One open scope; a struct's body has an owner."""

    node_type: str
    start: int
    end: int
    owner: str | None = None


@dataclass
class Sweep:
    """The state of one pass in document order."""

    source: Source
    open_namespaces: frozenset[str]
    """Namespaces whose names are taken to be visible to the end of what encloses them."""
    scopes: list[Scope] = field(default_factory=list[Scope])
    symbols: list[Symbol] = field(default_factory=list[Symbol])
    classes: list[ClassRange] = field(default_factory=list[ClassRange])
    bases: dict[str, tuple[str, ...]] = field(default_factory=dict[str, tuple[str, ...]])
    body_ends: dict[int, int] = field(default_factory=dict[int, int])
    """Parameter lists, by their start, whose names live on in a body: where that ends."""
    owners: dict[int, str] = field(default_factory=dict[int, str])
    """Names for unnamed structs, by the start of the specifier; of all structs, by the start of the body."""
    values: set[str] = field(default_factory=set[str])
    """Names of the variables, parameters and fields so far."""
    types: set[str] = field(default_factory=set[str])
    """Names of the types so far."""
    untyped: dict[str, int] = field(default_factory=dict[str, int])
    """Names of the last K&R parameter list that no declaration has given a type yet, by their place in `symbols`."""
    _macros: dict[str, int] = field(default_factory=dict[str, int])

    def __post_init__(self) -> None:
        self.root = self.source.tree.root_node
        self.scopes.append(Scope("translation_unit", 0, len(self.source.data) + 1))

    def leave(self, offset: int) -> None:
        """Closes the scopes that end before `offset`."""
        while self.scopes[-1].end <= offset and len(self.scopes) > 1:
            self.scopes.pop()

    def enter(self, node_type: str, start: int, end: int) -> None:
        """Opens the scope of a node that has just been handled."""
        owner = self.owners.get(start) if node_type == MEMBERS else None
        if owner is not None and self.source.language == "cpp":
            self.classes.append(ClassRange(start, end, owner))
        if node_type == "parameter_list":
            end = self.body_ends.get(start, end)
        self.scopes.append(Scope(node_type, start, end, owner))

    @property
    def scope(self) -> Scope:
        """The innermost scope that takes an ordinary declaration: a template's own scope holds its parameters only."""
        return next(scope for scope in reversed(self.scopes) if scope.node_type != "template_declaration")

    @property
    def tag_scope(self) -> Scope:
        """As `scope`, for structs, enums and enumerators: in C a struct's body declares nothing but fields."""
        if self.source.language == "cpp":
            return self.scope
        return next(scope for scope in reversed(self.scopes) if scope.node_type != MEMBERS)

    def function_scope(self) -> Scope:
        """The scope of a label."""
        return next(
            (scope for scope in reversed(self.scopes) if scope.node_type == "function_definition"), self.scopes[0]
        )

    def text_of(self, node: Node) -> str:
        """The text of `node`."""
        return self.source.text_of(node)

    def declare(self, name: Node, kind: SymbolKind, scope: Scope, base: Base = Base()) -> Symbol:  # noqa: B008 (frozen)
        """Adds a symbol with nothing but its name and type; `amend` says more of it."""
        start, end = name.start_byte, name.end_byte
        member = scope.node_type == MEMBERS
        visible = (start, scope.end)
        if member:
            visible = (scope.start, scope.end) if self.source.language == "cpp" else (start, end)
        elif kind == "label":
            visible = (scope.start, scope.end)
        text = self.text_of(name)
        owner = scope.owner if member else None
        symbol = Symbol(text, kind, start, end, *visible, base.type_text, base.storage, owner=owner)
        self.symbols.append(symbol)
        if kind in ("variable", "parameter", "field"):
            self.values.add(text)
        elif kind in ("type", "struct", "union", "enum", "template-parameter"):
            self.types.add(text)
        return symbol

    def amend(self, symbol: Symbol) -> None:
        """Puts `symbol` in the place of the last one."""
        self.symbols[-1] = symbol

    def settle(self) -> None:
        """The last symbol takes the place of the K&R parameter that it gives a type to."""
        symbol = self.symbols[-1]
        at = self.untyped.pop(symbol.name, None)
        if at is not None:
            self.symbols.pop()
            self.symbols[at] = replace(symbol, kind="parameter", scope_start=self.symbols[at].scope_start)

    def define(self, name: Node, parameters: tuple[str, ...], value: str | None) -> None:
        """A macro is visible from here to its `#undef`."""
        symbol = self.declare(name, "macro", self.scopes[0])
        self._macros[symbol.name] = len(self.symbols) - 1
        self.amend(replace(symbol, parameters=parameters, value=value))

    def undefine(self, name: str, offset: int) -> None:
        """The macro `name` is visible no longer."""
        at = self._macros.pop(name, None)
        if at is not None:
            self.symbols[at] = replace(self.symbols[at], scope_end=offset)
