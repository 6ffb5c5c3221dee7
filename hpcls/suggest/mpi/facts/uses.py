"""How a function uses its variables: what is read, what gets a value, and what never does."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Literal

from hpcls.syntax.declarations import Symbol
from hpcls.syntax.expressions import (
    AddressOf,
    Assign,
    Call,
    Dereference,
    Expression,
    Member,
    Name,
    Opaque,
    Step,
    Subscript,
)
from hpcls.syntax.range_for import is_unwritten
from hpcls.syntax.record import record
from hpcls.syntax.scopes import ScopeTree
from hpcls.syntax.statements import Block, Declare, Statement, Unreadable, expressions_of, walk

Access = Literal["read", "write", "address", "fill", "unclear"]
"""`fill`: an element, or what a pointer leads to, is written; `unclear`: it stands in text that could not be read."""


@record
class Use:
    """One place where a variable is used."""

    offset: int
    access: Access


@record
class Variable:
    """One variable of a function, with its uses there in source order."""

    name: str
    symbol: Symbol | None
    """Its declaration; None if that is not in view."""
    uses: tuple[Use, ...]

    @property
    def is_number(self) -> bool:
        """Whether it is no pointer and no array, as far as its declaration is in view."""
        return self.symbol is None or not (self.symbol.pointers or self.symbol.dimensions)

    @property
    def is_read(self) -> bool:
        """Whether somebody wants its value."""
        return any(use.access == "read" for use in self.uses)

    @property
    def first_read(self) -> int:
        """The offset of the first place that reads it; only where it is read."""
        return min(use.offset for use in self.uses if use.access == "read")

    @property
    def is_never_set(self) -> bool:
        """Whether nothing here gives it a value."""
        return all(use.access == "read" for use in self.uses) and not (self.symbol and self.symbol.kind == "parameter")

    @property
    def is_set_by_declaration_only(self) -> bool:
        """Whether it keeps the value that its declaration gives it, or never has any."""
        written = [use for use in self.uses if use.access != "read"]
        return self.symbol is not None and all(use.offset == self.symbol.start for use in written)


def variables_of(body: Block, scopes: ScopeTree) -> tuple[Variable, ...]:
    """Every variable that `body` uses or declares, by first mention; counters that no program has are none."""
    found: dict[str, tuple[str, Symbol | None, list[Use]]] = {}
    for name, offset, access in _mentions(body):
        if is_unwritten(name):
            continue
        symbol = scopes.by_place.get(offset) or scopes.lookup(name, offset)
        key = name if symbol is None else f"{name}@{symbol.start}"
        _, _, uses = found.setdefault(key, (name, symbol, []))
        if access is not None:
            uses.append(Use(offset, access))
    return tuple(
        Variable(name, symbol, tuple(sorted(uses, key=lambda use: use.offset)))
        for name, symbol, uses in found.values()
        if symbol is None or symbol.kind in ("variable", "parameter")
    )


def _mentions(body: Statement) -> Iterator[tuple[str, int, Access | None]]:
    """(name, offset, access); no access where a variable is declared without a value."""
    for statement in walk(body):
        if isinstance(statement, Unreadable):
            for name in statement.names:
                yield name, statement.start, "unclear"
        elif isinstance(statement, Declare):
            for one in statement.declarators:
                yield one.name, one.start, "write" if one.initial else None
        for expression in expressions_of(statement):
            yield from accesses(expression)


def names_in_statement(statement: Statement) -> frozenset[str]:
    """The variables that `statement` uses."""
    uses = (use for part in walk(statement) for expression in expressions_of(part) for use in accesses(expression))
    return frozenset(name for name, _, _ in uses)


def accesses(expression: Expression) -> Iterator[tuple[str, int, Access]]:
    """The variables in `expression`, each with its offset and how it is used; functions that are called are none."""
    pending: list[tuple[Expression, Access]] = [(expression, "read")]
    while pending:
        current, access = pending.pop()
        match current:
            case Name(name=name, start=start):
                yield name, start, access
            case Opaque(names=names, start=start):
                for name in names:
                    yield name, start, "unclear"
            case _:
                pending.extend(_operands(current, access))


def _operands(expression: Expression, access: Access) -> Iterable[tuple[Expression, Access]]:
    """The operands of `expression`, itself used as `access` says, each with how that uses it."""
    match expression:
        case Assign(operator=operator, target=target, value=value):
            is_read = operator != "=" and isinstance(target, Name)
            return ((value, "read"), (target, "write"), *(((target, "read"),) if is_read else ()))
        case Step(target=target):
            return ((target, "write"), (target, "read"))
        case AddressOf(operand=operand):
            return ((operand, "address"),)
        case Subscript(base=base, index=index):
            return ((index, "read"), (base, "read" if access == "read" else "fill"))
        case Member(base=base, arrow=arrow):
            return ((base, "fill" if arrow and access != "read" else access),)
        case Dereference(operand=operand):
            return ((operand, "read" if access == "read" else "fill"),)
        case Call(function=Name(), arguments=arguments):
            return [(argument, "read") for argument in arguments]
        case _:
            return [(child, "read") for child in expression.operands]
