"""What one does with the rank of a process and with their number: a sign where the names tell nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Literal

from hpcls.suggest.mpi.facts.program import Function
from hpcls.syntax.expressions import Binary, Expression, Name, Unary, walk
from hpcls.syntax.expressions import Literal as Constant
from hpcls.syntax.loops import induction_of
from hpcls.syntax.statements import If, Loop, expressions_of
from hpcls.syntax.statements import walk as walk_statements

Part = Literal["rank", "size"]


def used_like(function: Function) -> Mapping[Part, frozenset[str]]:
    """The variables that choose one process, and those that share something out or bound a loop."""
    found: dict[Part, set[str]] = {"rank": set(), "size": set()}
    for statement in walk_statements(function.body):
        if isinstance(statement, If):
            found["rank"] |= set(_chosen(statement.test))
        if isinstance(statement, Loop) and (counter := induction_of(statement)) and isinstance(counter.upper, Name):
            found["size"].add(counter.upper.name)
        for expression in expressions_of(statement):
            found["size"] |= set(_dividers(expression))
    return {part: frozenset(names) for part, names in found.items()}


def _chosen(test: Expression) -> Iterator[str]:
    match test:
        case Binary(operator="==" | "!=", left=Name(name=name), right=Constant()):
            yield name
        case Binary(operator="==" | "!=", left=Constant(), right=Name(name=name)):
            yield name
        case Name(name=name) | Unary(operator="!", operand=Name(name=name)):
            yield name
        case Binary(operator="&&" | "||", left=left, right=right):
            yield from _chosen(left)
            yield from _chosen(right)
        case _:
            pass


def _dividers(expression: Expression) -> Iterator[str]:
    for part in walk(expression):
        if isinstance(part, Binary) and part.operator in ("/", "%") and isinstance(part.right, Name):
            yield part.right.name
