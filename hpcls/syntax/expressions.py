"""Expressions of C and C++ as analysis sees them: what is read, written, called, and with which subscripts.

`start` and `end` are byte offsets in the source.  Parentheses are gone; what has no meaning for analysis is `Opaque`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Expression:
    """Any expression."""

    start: int
    end: int

    @property
    def operands(self) -> tuple[Expression, ...]:
        """The expressions right inside, in source order."""
        return ()


@dataclass(frozen=True, slots=True)
class Name(Expression):
    """A variable, a function, an enumerator or an object-like macro; qualified names as written."""

    name: str


@dataclass(frozen=True, slots=True)
class Literal(Expression):
    """A number, character, string or truth value."""

    text: str


@dataclass(frozen=True, slots=True)
class Unary(Expression):
    """`- + ! ~`."""

    operator: str
    operand: Expression

    @property
    def operands(self) -> tuple[Expression, ...]:
        """See Expression."""
        return (self.operand,)


@dataclass(frozen=True, slots=True)
class Step(Expression):
    """`++` or `--`."""

    operator: str
    target: Expression

    @property
    def operands(self) -> tuple[Expression, ...]:
        """See Expression."""
        return (self.target,)


@dataclass(frozen=True, slots=True)
class Binary(Expression):
    """Two operands; `&&` and `||` evaluate the right one only sometimes, `,` both in order."""

    operator: str
    left: Expression
    right: Expression

    @property
    def operands(self) -> tuple[Expression, ...]:
        """See Expression."""
        return (self.left, self.right)


@dataclass(frozen=True, slots=True)
class Assign(Expression):
    """`=` or a compound assignment such as `+=`."""

    operator: str
    target: Expression
    value: Expression

    @property
    def operands(self) -> tuple[Expression, ...]:
        """See Expression."""
        return (self.target, self.value)


@dataclass(frozen=True, slots=True)
class Conditional(Expression):
    """`test ? yes : no`."""

    test: Expression
    yes: Expression
    no: Expression

    @property
    def operands(self) -> tuple[Expression, ...]:
        """See Expression."""
        return (self.test, self.yes, self.no)


@dataclass(frozen=True, slots=True)
class Subscript(Expression):
    """`base[index]`."""

    base: Expression
    index: Expression

    @property
    def operands(self) -> tuple[Expression, ...]:
        """See Expression."""
        return (self.base, self.index)


@dataclass(frozen=True, slots=True)
class Member(Expression):
    """`base.field`, or `base->field` with `arrow`."""

    base: Expression
    field: str
    arrow: bool

    @property
    def operands(self) -> tuple[Expression, ...]:
        """See Expression."""
        return (self.base,)


@dataclass(frozen=True, slots=True)
class Dereference(Expression):
    """`*operand`."""

    operand: Expression

    @property
    def operands(self) -> tuple[Expression, ...]:
        """See Expression."""
        return (self.operand,)


@dataclass(frozen=True, slots=True)
class AddressOf(Expression):
    """`&operand`."""

    operand: Expression

    @property
    def operands(self) -> tuple[Expression, ...]:
        """See Expression."""
        return (self.operand,)


@dataclass(frozen=True, slots=True)
class Call(Expression):
    """A call of a function, a member function (`function` is a Member) or a function-like macro."""

    function: Expression
    arguments: tuple[Expression, ...]

    @property
    def operands(self) -> tuple[Expression, ...]:
        """See Expression."""
        return (self.function, *self.arguments)


@dataclass(frozen=True, slots=True)
class Cast(Expression):
    """A conversion, in any of its spellings.  `type_text` is `(name)` where `(name)(x)` might be a call as well."""

    type_text: str
    operand: Expression

    @property
    def operands(self) -> tuple[Expression, ...]:
        """See Expression."""
        return (self.operand,)


@dataclass(frozen=True, slots=True)
class Items(Expression):
    """A braced list of values."""

    items: tuple[Expression, ...]

    @property
    def operands(self) -> tuple[Expression, ...]:
        """See Expression."""
        return self.items


@dataclass(frozen=True, slots=True)
class Opaque(Expression):
    """Something that analysis does not look into; `names` are the identifiers in it, `what` says why."""

    what: str
    names: tuple[str, ...]


def children(expression: Expression) -> tuple[Expression, ...]:
    """The operands of `expression`, in source order."""
    return expression.operands


def walk(expression: Expression) -> Iterator[Expression]:
    """`expression` and everything in it."""
    pending = [expression]
    while pending:
        current = pending.pop()
        yield current
        operands = current.operands
        if operands:
            pending.extend(operands[::-1])


def names_in(expression: Expression) -> frozenset[str]:
    """Every identifier that `expression` mentions, fields apart."""
    found: set[str] = set()
    for part in walk(expression):
        if isinstance(part, Name):
            found.add(part.name)
        elif isinstance(part, Opaque):
            found.update(part.names)
    return frozenset(found)
