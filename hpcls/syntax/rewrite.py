"""Statements with some of their expressions replaced."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from operator import is_
from typing import TypeVar, cast

from hpcls.syntax.expressions import (
    AddressOf,
    Assign,
    Binary,
    Call,
    Cast,
    Conditional,
    Dereference,
    Expression,
    Items,
    Member,
    Step,
    Subscript,
    Unary,
)
from hpcls.syntax.statements import (
    Alternatives,
    Block,
    Case,
    Declarator,
    Declare,
    Evaluate,
    If,
    Jump,
    Loop,
    Statement,
    Switch,
)

Change = Callable[[Expression], Expression]
"""What takes an expression's place."""
Node = TypeVar("Node", bound=Statement | Declarator)


def with_children(expression: Expression, parts: tuple[Expression, ...]) -> Expression:
    """`expression` with `parts` for its operands, in the order of `children`."""
    match expression, parts:
        case ((Unary() | Dereference() | AddressOf() | Cast()), (operand,)):
            return replace(expression, operand=operand)
        case Step(), (target,):
            return replace(expression, target=target)
        case Binary(), (left, right):
            return replace(expression, left=left, right=right)
        case Assign(), (target, value):
            return replace(expression, target=target, value=value)
        case Conditional(), (test, yes, no):
            return replace(expression, test=test, yes=yes, no=no)
        case Subscript(), (base, index):
            return replace(expression, base=base, index=index)
        case Member(), (base,):
            return replace(expression, base=base)
        case Call(), (function, *arguments):
            return replace(expression, function=function, arguments=tuple(arguments))
        case Items(), items:
            return replace(expression, items=items)
        case _:
            return expression


def rewritten(expression: Expression, change: Change) -> Expression:
    """`expression` with `change` made to every part of it, inner ones first; the same object where nothing changes."""
    parts = expression.operands
    changed = tuple([rewritten(part, change) for part in parts])
    return change(expression if all(map(is_, changed, parts)) else with_children(expression, changed))


def rewritten_statement(statement: Statement, change: Change) -> Statement:
    """`statement` with `change` made to every full expression in it; the same object where nothing changes."""

    def whole(expression: Expression | None) -> Expression | None:
        return None if expression is None else change(expression)

    def inner(part: Statement | None) -> Statement | None:
        return None if part is None else rewritten_statement(part, change)

    match statement:
        case Block(statements=parts):
            return _kept(statement, statements=tuple(rewritten_statement(part, change) for part in parts))
        case Alternatives(branches=branches):
            return _kept(statement, branches=tuple(rewritten_statement(part, change) for part in branches))
        case Evaluate(expression=expression):
            return _kept(statement, expression=whole(expression))
        case Declare(declarators=declarators):
            changed = tuple(_kept(one, initial=whole(one.initial)) for one in declarators)
            return _kept(statement, declarators=changed)
        case If():
            parts = {name: inner(getattr(statement, name)) for name in ("initial", "then", "otherwise")}
            return _kept(statement, test=whole(statement.test), **parts)
        case Loop():
            tests = {name: whole(getattr(statement, name)) for name in ("test", "update")}
            return _kept(statement, initial=inner(statement.initial), body=inner(statement.body), **tests)
        case Switch():
            return _kept(statement, test=whole(statement.test), body=inner(statement.body))
        case Jump() | Case():
            return _kept(statement, value=whole(statement.value))
        case _:
            return statement


def _kept(node: Node, **fields: object) -> Node:
    """`node` with new `fields`; itself where they are the old ones."""
    old = {name: getattr(node, name) for name in fields}
    return node if all(_same(old[name], new) for name, new in fields.items()) else replace(node, **fields)


def _same(old: object, new: object) -> bool:
    if isinstance(old, tuple) and isinstance(new, tuple):
        return all(map(is_, cast("tuple[object, ...]", old), cast("tuple[object, ...]", new)))
    return old is new
