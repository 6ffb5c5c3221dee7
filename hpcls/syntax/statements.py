"""Statements of C and C++ as analysis sees them: control flow around expressions.

Loops keep their parts; `#if` halves become `Alternatives`, since either may be compiled.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

from hpcls.syntax.expressions import Expression
from hpcls.syntax.record import entity, record

LoopForm = Literal["for", "range-for", "while", "do"]
JumpKind = Literal["break", "continue", "return", "goto", "throw"]
_OPENMP = re.compile(r"\s*#\s*pragma\s+omp\b")


@entity
class Statement:
    """Any statement; two are the same only if they are one object."""

    start: int
    end: int

    @property
    def parts(self) -> tuple[Statement, ...]:
        """The statements right inside."""
        return ()

    @property
    def expressions(self) -> tuple[Expression, ...]:
        """The full expressions right inside, those of statements in it apart."""
        return ()


@entity
class Block(Statement):
    """Statements in order."""

    statements: tuple[Statement, ...]

    @property
    def parts(self) -> tuple[Statement, ...]:
        """See Statement."""
        return self.statements


@entity
class Evaluate(Statement):
    """An expression for its effects."""

    expression: Expression

    @property
    def expressions(self) -> tuple[Expression, ...]:
        """See Statement."""
        return (self.expression,)


@record
class Declarator:
    """One declared variable with its initialiser; `static` ones keep their value between executions."""

    name: str
    start: int
    initial: Expression | None
    extents: tuple[Expression, ...]
    is_static: bool
    is_reference: bool
    is_part: bool = False
    """It stands for a part of the initialiser's value: a name of a structured binding."""


@entity
class Declare(Statement):
    """A declaration of variables."""

    declarators: tuple[Declarator, ...]

    @property
    def expressions(self) -> tuple[Expression, ...]:
        """See Statement."""
        return tuple([one for each in self.declarators for one in (*each.extents, each.initial) if one])


@entity
class If(Statement):
    """A branch; `initial` is C++17's `if (init; test)`."""

    initial: Statement | None
    test: Expression
    then: Statement
    otherwise: Statement | None

    @property
    def parts(self) -> tuple[Statement, ...]:
        """See Statement."""
        branches = (self.then, self.otherwise) if self.otherwise else (self.then,)
        return (self.initial, *branches) if self.initial else branches

    @property
    def expressions(self) -> tuple[Expression, ...]:
        """See Statement."""
        return (self.test,)


@entity
class Alternatives(Statement):
    """The branches of an `#if`: one of them, or none unless `complete`, is compiled.  Also a `try` and its handlers."""

    branches: tuple[Block, ...]
    complete: bool

    @property
    def parts(self) -> tuple[Statement, ...]:
        """See Statement."""
        return self.branches


@entity
class Loop(Statement):
    """Any loop.  A range-for is written out: see `range_for`."""

    form: LoopForm
    initial: Statement | None
    test: Expression | None
    update: Expression | None
    body: Statement

    @property
    def parts(self) -> tuple[Statement, ...]:
        """See Statement."""
        return (self.initial, self.body) if self.initial else (self.body,)

    @property
    def expressions(self) -> tuple[Expression, ...]:
        """See Statement."""
        return tuple([part for part in (self.test, self.update) if part])


@entity
class Switch(Statement):
    """A switch; `Case` statements stand in its body."""

    test: Expression
    body: Statement

    @property
    def parts(self) -> tuple[Statement, ...]:
        """See Statement."""
        return (self.body,)

    @property
    def expressions(self) -> tuple[Expression, ...]:
        """See Statement."""
        return (self.test,)


@entity
class Case(Statement):
    """A `case` (with its value) or `default` (None) label."""

    value: Expression | None

    @property
    def expressions(self) -> tuple[Expression, ...]:
        """See Statement."""
        return (self.value,) if self.value else ()


@entity
class Label(Statement):
    """The target of a goto."""

    name: str


@entity
class Jump(Statement):
    """A statement that leaves its place."""

    kind: JumpKind
    value: Expression | None

    @property
    def expressions(self) -> tuple[Expression, ...]:
        """See Statement."""
        return (self.value,) if self.value else ()


@entity
class Pragma(Statement):
    """A pragma, verbatim."""

    text: str

    @property
    def is_openmp(self) -> bool:
        """Whether it is a directive of OpenMP."""
        return bool(_OPENMP.match(self.text))


@entity
class Unreadable(Statement):
    """A statement that analysis does not look into; `names` are the identifiers in it, `what` says why."""

    what: str
    names: tuple[str, ...]


def parts(statement: Statement) -> tuple[Statement, ...]:
    """The statements right inside `statement`."""
    return statement.parts


def expressions_of(statement: Statement) -> tuple[Expression, ...]:
    """The full expressions right inside `statement`, nested statements apart."""
    return statement.expressions


def walk(statement: Statement) -> Iterator[Statement]:
    """`statement` and every statement in it, in source order."""
    pending = [statement]
    while pending:
        current = pending.pop()
        yield current
        inner = current.parts
        if inner:
            pending.extend(inner[::-1])
