"""Expressions of C and C++ as analysis sees them: what is read, written, called, and with which subscripts.

`start` and `end` are byte offsets in the source.  Parentheses are gone; what has no meaning for analysis is `Opaque`.
"""

from __future__ import annotations

from collections.abc import Iterator

from hpcls.syntax.record import record


@record
class Expression:
    """Any expression."""

    start: int
    end: int

    @property
    def operands(self) -> tuple[Expression, ...]:
        """The expressions right inside, in source order."""
        return ()


@record
class Name(Expression):
    """A variable, a function, an enumerator or an object-like macro; qualified names as written."""

    name: str


@record
class Literal(Expression):
    """A number, character, string or truth value."""

    text: str


@record
class Unary(Expression):
    """`- + ! ~`."""

    operator: str
    operand: Expression

    @property
    def operands(self) -> tuple[Expression, ...]:
        """See Expression."""
        return (self.operand,)


@record
class Step(Expression):
    """`++` or `--`."""

    operator: str
    target: Expression

    @property
    def operands(self) -> tuple[Expression, ...]:
        """See Expression."""
        return (self.target,)


@record
class Binary(Expression):
    """Two operands; `&&` and `||` evaluate the right one only sometimes, `,` both in order."""

    operator: str
    left: Expression
    right: Expression

    @property
    def operands(self) -> tuple[Expression, ...]:
        """See Expression."""
        return (self.left, self.right)


@record
class Assign(Expression):
    """`=` or a compound assignment such as `+=`."""

    operator: str
    target: Expression
    value: Expression

    @property
    def operands(self) -> tuple[Expression, ...]:
        """See Expression."""
        return (self.target, self.value)


@record
class Conditional(Expression):
    """`test ? yes : no`."""

    test: Expression
    yes: Expression
    no: Expression

    @property
    def operands(self) -> tuple[Expression, ...]:
        """See Expression."""
        return (self.test, self.yes, self.no)


@record
class Subscript(Expression):
    """`base[index]`."""

    base: Expression
    index: Expression

    @property
    def operands(self) -> tuple[Expression, ...]:
        """See Expression."""
        return (self.base, self.index)


@record
class Member(Expression):
    """`base.field`, or `base->field` with `arrow`."""

    base: Expression
    field: str
    arrow: bool

    @property
    def operands(self) -> tuple[Expression, ...]:
        """See Expression."""
        return (self.base,)


@record
class Dereference(Expression):
    """`*operand`."""

    operand: Expression

    @property
    def operands(self) -> tuple[Expression, ...]:
        """See Expression."""
        return (self.operand,)


@record
class AddressOf(Expression):
    """`&operand`."""

    operand: Expression

    @property
    def operands(self) -> tuple[Expression, ...]:
        """See Expression."""
        return (self.operand,)


@record
class Call(Expression):
    """A call of a function, a member function (`function` is a Member) or a function-like macro."""

    function: Expression
    arguments: tuple[Expression, ...]

    @property
    def operands(self) -> tuple[Expression, ...]:
        """See Expression."""
        return (self.function, *self.arguments)


@record
class Cast(Expression):
    """A conversion, in any of its spellings.  `type_text` is `(name)` where `(name)(x)` might be a call as well."""

    type_text: str
    operand: Expression

    @property
    def operands(self) -> tuple[Expression, ...]:
        """See Expression."""
        return (self.operand,)


@record
class Items(Expression):
    """A braced list of values."""

    items: tuple[Expression, ...]

    @property
    def operands(self) -> tuple[Expression, ...]:
        """See Expression."""
        return self.items


@record
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
